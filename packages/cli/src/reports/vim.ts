import type { Finding } from '@lockstep/engine';
import { neutralize, neutralizeLine } from './neutralize.ts';
import { activeFindings, type ScanReport } from './scan-report.ts';
import { defuseCommands } from './workflow-commands.ts';

/** `path:line:column:E:rule:message`, for Vim's quickfix list (semantics 11 §4). */
export function formatVim(report: ScanReport): string {
  const lines = activeFindings(report).map((finding) => `${vimLine(finding)}\n`);
  return defuseCommands(lines.join(''));
}

function vimLine({ path, start, severity, ruleId, message }: Finding): string {
  const place = `${neutralizeLine(path)}:${start.line}:${start.column}`;
  return `${place}:${severity.charAt(0)}:${ruleId}:${neutralize(message)}`;
}
