import type { Bindings } from '../match/bindings.ts';
import { adaptTemplate } from './fix-template.ts';
import { lineStartAt } from './line-start.ts';

/** Replaces the metavariables of a template by what they hold, as messages do (semantics 04 §7). */
export type Interpolate = (template: string) => string;

export interface FixRequest {
  /** The rule's `fix`, or that of the sub-formula that matched. */
  fix: string;
  /** The scanned text; `start` is the UTF-16 offset in it where the replaced range begins. */
  text: string;
  start: number;
  bindings: Bindings;
  /** Canonical name of the language the text was matched in. */
  language: string;
  interpolate: Interpolate;
}

/**
 * The replacement text of a `fix` (semantics 08 §1). It is a textual renderer: holes are filled with source text.
 *
 * Every line of the template after the first is indented by as much as stands before the match on its line (tabs
 * stay tabs). The further lines of code that spans several lines were indented for the place they come from: they
 * are moved by the difference between that indentation and the new one, not indented a second time.
 */
export function renderFix(request: FixRequest): string {
  const { text, start, bindings, interpolate } = request;
  const template = adaptTemplate(request.fix.trim(), bindings, text, request.language);
  const margin = textBefore(text, start).replace(/[^\t]/g, ' ');
  const own = indentationAt(text, start);
  return template
    .split('\n')
    .map((line, at) => {
      const [head = '', ...rest] = interpolate(line).split('\n');
      const indentation = at === 0 ? own : margin + leadingBlanks(line);
      const origin = indentationAt(text, firstMultilineBinding(line, bindings, text) ?? start);
      return [at === 0 ? head : margin + head, ...rest.map((part) => reindent(part, origin, indentation))].join('\n');
    })
    .join('\n');
}

function textBefore(text: string, offset: number): string {
  return text.slice(lineStartAt(text, offset), offset);
}

function leadingBlanks(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The blanks at the start of the line that an offset is on. */
function indentationAt(text: string, offset: number): string {
  return leadingBlanks(textBefore(text, offset));
}

/** Source offset of the first binding named in a line of the template whose source text spans several lines. */
function firstMultilineBinding(line: string, bindings: Bindings, text: string): number | null {
  for (const [name] of line.matchAll(/\$(?:\.\.\.)?[A-Z_0-9]+/g)) {
    const binding = bindings.get(name);
    if (binding !== undefined && binding.start >= 0 && text.slice(binding.start, binding.end).includes('\n')) {
      return binding.start;
    }
  }
  return null;
}

function reindent(line: string, origin: string, indentation: string): string {
  if (origin === indentation || !line.startsWith(origin)) return line;
  return indentation + line.slice(origin.length);
}
