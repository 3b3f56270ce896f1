import type { FileReport, Rule } from '@lockstep/engine';
import { exceptionIn } from '@lockstep/guardrails';
import { quantity } from '../../reports/quantity.ts';
import type { ReportNote, ScanReport } from '../../reports/scan-report.ts';
import { activeFindings } from '../../reports/scan-report.ts';
import type { Change } from './find-change.ts';
import type { CiRun } from './providers.ts';
import { stageOf } from './stages.ts';

/** What was looked at, and what it was compared with. */
export function scopeNote({ base, head, isStaged }: Change, { provider, trigger }: CiRun): ReportNote {
  const here = head.slice(0, 12);
  if (base !== null) {
    const files = quantity(base.entries.length, 'changed file');
    const what = isStaged ? 'What is staged' : `What ${here}`;
    return info('scope', `${what} introduces since ${base.commit.slice(0, 12)}: ${files}`);
  }
  const why =
    trigger.kind === 'push'
      ? `${provider ?? 'this run'} is for no change`
      : 'there is no origin/HEAD to compare it with';
  return info('scope', `All of ${here}, as ${why}; --base names what to compare with`);
}

/**
 * Code that the change adds with a comment that suppresses what it would be told. `before` are the same reports before
 * comments that allow findings were applied: what is excepted there, a guardrail excepts.
 */
export function suppressedNote(reports: readonly FileReport[], before: readonly FileReport[]): ReportNote[] {
  const items = reports.flatMap(({ findings }, file) =>
    findings
      .filter((finding, at) => {
        const excepted = exceptionIn(before[file]?.findings[at]?.metadata ?? {}) !== null;
        return finding.ignored && !excepted && stageOf(finding) !== 'monitor';
      })
      .map(({ path, start, ruleId }) => `${path}:${start.line} ${ruleId}`),
  );
  if (items.length === 0) return [];
  const title = `${quantity(items.length, 'new finding')} suppressed by comments in the code`;
  return [{ code: 'suppressed', level: 'notice', title, items }];
}

/** Rules that follow data across files, and were run within each: the other files are those of another commit. */
export function withinFilesNote(rules: readonly Rule[]): ReportNote[] {
  if (rules.length === 0) return [];
  const verb = rules.length === 1 ? 'follows' : 'follow';
  const title = `${quantity(rules.length, 'rule')} that ${verb} data across files looked within each changed file only, as another commit is checked out`;
  return [info('interfile', title)];
}

/** Which findings fail the build. */
export function blockingNote(report: ScanReport): ReportNote {
  const blocking = activeFindings(report).filter((finding) => stageOf(finding) === 'block');
  const items = blocking.map(({ path, start, ruleId }) => `${path}:${start.line} ${ruleId}`);
  if (blocking.length === 0) return info('blocking', 'Nothing blocks this change');
  const title = `${quantity(blocking.length, 'finding')} ${blocking.length === 1 ? 'blocks' : 'block'} this change`;
  return { ...info('blocking', title), items };
}

function info(code: string, title: string): ReportNote {
  return { code, level: 'info', title, items: [] };
}
