import type { Finding } from '@lockstep/engine';
import { neutralize, neutralizeLine } from './neutralize.ts';
import { activeFindings, COMMAND_LINE_RULE, type ScanReport } from './scan-report.ts';
import { defuseCommands } from './workflow-commands.ts';

/** `path:line:column:severity(rule):code:message`, for Emacs' compilation mode (semantics 11 §4). */
export function formatEmacs(report: ScanReport): string {
  const lines = activeFindings(report).map((finding) => `${emacsLine(finding)}\n`);
  return defuseCommands(lines.join(''));
}

function emacsLine({ path, start, severity, ruleId, lines, message }: Finding): string {
  const rule = ruleId === COMMAND_LINE_RULE ? '' : `(${ruleId.split('.').at(-1)})`;
  const [code = ''] = lines.split('\n', 1);
  const place = `${neutralizeLine(path)}:${start.line}:${start.column}`;
  return `${place}:${severity.toLowerCase()}${rule}:${neutralize(code.trimEnd())}:${neutralize(message)}`;
}
