import type { Finding } from '../../../engine/src/findings/finding.ts';
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
  const file = escapeXml(path);
  const where = `name="${escapeXml(ruleId)}" classname="${file}" file="${file}" line="${start.line}"`;
  const failure = `<failure type="${severity}" message="${escapeXml(message)}">${escapeXml(lines)}</failure>`;
  return `<testcase ${where}>${failure}</testcase>`;
}

const NAMED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // In an attribute these would be read as a blank.
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text or attribute value. XML 1.0 has no way at all to write most control characters and lone surrogates. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\n\r\t]/g, (character) => NAMED[character] ?? character).replace(UNWRITABLE, '\ufffd');
}

const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/gu;
