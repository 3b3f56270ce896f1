import { neutralize, neutralizeLine } from './neutralize.ts';

/** Text between tags, of any number of lines. */
export function escapeHtml(text: string): string {
  return neutralize(text).replace(/[&<>"']/g, entity);
}

/** Text on one line, such as a path; also the value of an attribute in quotation marks. */
export function escapeHtmlLine(text: string): string {
  return neutralizeLine(text).replace(/[&<>"']/g, entity);
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
