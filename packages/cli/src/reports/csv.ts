import type { Finding } from '@lockstep/engine';
import { neutralize, neutralizeLine } from './neutralize.ts';
import { textsOf } from './sarif-rule.ts';
import { activeFindings, type ScanReport } from './scan-report.ts';
import { defuseCommands } from './workflow-commands.ts';

const COLUMNS = [
  'severity',
  'rule',
  'path',
  'line',
  'column',
  'end_line',
  'end_column',
  'message',
  'code',
  'fix',
  'cwe',
  'fingerprint',
];

/** Comma-separated values (RFC 4180), a row for each finding, to open in a spreadsheet. */
export function formatCsv(report: ScanReport): string {
  const rows = [COLUMNS, ...activeFindings(report).map(cells)];
  return defuseCommands(rows.map((row) => `${row.map(escapeCell).join(',')}\r\n`).join(''));
}

function cells(finding: Finding): string[] {
  const { severity, ruleId, path, start, end, message, lines, fix, metadata, fingerprint } = finding;
  return [
    severity,
    neutralizeLine(ruleId),
    neutralizeLine(path),
    ...[start.line, start.column, end.line, end.column].map(String),
    neutralize(message),
    neutralize(lines.trim()),
    neutralize(fix ?? ''),
    neutralize(textsOf(metadata['cwe']).join('\n')),
    fingerprint,
  ];
}

/**
 * A cell in quotation marks. A spreadsheet takes what begins like a formula for one, and runs it; an apostrophe before
 * it says that it is text.
 */
export function escapeCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Wide forms too: a spreadsheet in a Japanese or Chinese setting reads them like the others. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
