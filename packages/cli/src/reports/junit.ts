import type { Finding } from '@lockstep/engine';
import { activeFindings, type ScanReport } from './scan-report.ts';

/** JUnit XML: one suite, one failing case for each finding (semantics 11 §4). */
export function formatJunit(report: ScanReport): string {
  const findings = activeFindings(report);
  const counts = `disabled="0" errors="0" failures="${findings.length}"`;
  const suites = `<testsuites ${counts} tests="${findings.length}" time="0.0">`;
  const suite = `<testsuite ${counts} name="semgrep results" skipped="0" tests="${findings.length}" time="0">`;
  const cases = findings.map(testCase).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suites}${suite}${cases}</testsuite></testsuites>\n`;
}

function testCase({ ruleId, path, start, severity, message, lines }: Finding): string {
  const file = escapeAttribute(path);
  const where = `name="${escapeAttribute(ruleId)}" classname="${file}" file="${file}" line="${start.line}"`;
  const failure = `<failure type="${severity}" message="${escapeAttribute(message)}">${escapeXml(lines)}</failure>`;
  return `<testcase ${where}>${failure}</testcase>`;
}

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text between tags. XML 1.0 has no way at all to write most control characters and lone surrogates. */
export function escapeXml(text: string): string {
  const escaped = text.replace(UNWRITABLE, '\ufffd').replace(/[&<>"]/g, (character) => NAMED[character] ?? character);
  return escaped.replace(COMMAND_LINE, '$1&#58;').replace(COMMAND_WITHIN, '&#35;').replace(REORDERING, reference);
}

/** What a build log that shows the report would take for a command (see `workflow-commands.ts`), written otherwise. */
const COMMAND_LINE = /^([^\S\n]*):(?=:)/gm;
const COMMAND_WITHIN = /(?<=#)#(?=[[A-Za-z])/g;

/** Characters that reorder or break lines where the report is shown as it is. */
const REORDERING = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The value of an attribute, where a plain line break or tab would be read as a blank. */
export function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/[\n\r\t]/g, reference);
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

const UNWRITABLE = /(?![\n\r\t])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
