import { tell } from '../../reports/print.ts';
import { projectNote } from '../../reports/project-note.ts';
import { ThreadStartError } from '../../workers/thread-start-error.ts';
import { UsageError } from '../usage-error.ts';
import { createProgressBar, NO_PROGRESS } from './progress-bar.ts';
import { reportScan } from './report-scan.ts';
import { runScan } from './run-scan.ts';
import type { ScanSettings } from './settings.ts';

/** Scans and reports; answers with the exit code. */
export async function runAndReport(settings: ScanSettings): Promise<number> {
  const isQuiet = settings.verbosity === 'quiet';
  if (!isQuiet) tell(ruleSourceNote(settings));
  const showsBar = !isQuiet && process.stderr.isTTY;
  const observer = showsBar ? createProgressBar(process.stderr, () => performance.now()) : NO_PROGRESS;
  try {
    return await runScan(settings, observer, (outcome) => reportScan(outcome, settings));
  } catch (error) {
    if (!(error instanceof ThreadStartError)) throw error;
    throw new UsageError(`there is too little memory to scan anything (--max-memory): ${error.message}`);
  }
}

/** Says where rules come from that nobody named on the command line. */
function ruleSourceNote({ rules }: ScanSettings): string {
  if (rules.kind === 'project') return projectNote(rules.project);
  if (rules.kind === 'pattern' || !rules.isDefault) return '';
  return 'No lockstep.yaml, no --config: using lockstep:default, the guardrails that come with Lockstep.\n';
}
