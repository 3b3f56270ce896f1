import { tell } from '../../reports/print.ts';
import { ThreadStartError } from '../../workers/thread-start-error.ts';
import { createProgressBar, NO_PROGRESS } from '../scan/progress-bar.ts';
import { UsageError } from '../usage-error.ts';
import type { CiFlags } from './ci-flags.ts';
import { readCiSettings } from './read-ci-settings.ts';
import { reportCi } from './report-ci.ts';
import { runCi } from './run-ci.ts';

/** Runs `lockstep ci`; answers with the exit code. */
export async function runCommand(flags: CiFlags): Promise<number> {
  const settings = readCiSettings(flags, process.env);
  const showsBar = settings.scan.verbosity !== 'quiet' && process.stderr.isTTY;
  const observer = showsBar ? createProgressBar(process.stderr, () => performance.now()) : NO_PROGRESS;
  try {
    return await runCi(settings, observer, (outcome) => reportCi(outcome, settings));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof ThreadStartError) {
      tell(`There is too little memory to scan anything (--max-memory): ${error.message}\n`);
    } else {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      tell(`Lockstep failed, and this is a defect of Lockstep:\n${text}\n`);
    }
    return settings.suppressErrors && !settings.scan.strict ? 0 : 2;
  }
}
