import { messageOf } from '@lockstep/engine';
import { exitCode } from '../../reports/exit-code.ts';
import { formatJson } from '../../reports/json.ts';
import { processWriter } from '../../reports/outputs.ts';
import { tell } from '../../reports/print.ts';
import { quantity } from '../../reports/quantity.ts';
import { activeFindings, type ScanReport } from '../../reports/scan-report.ts';
import { isFatal } from '../../reports/setup-problem.ts';
import { reportScan } from '../scan/report-scan.ts';
import type { CiSettings } from './ci-settings.ts';
import { monitorPayload } from './monitor-payload.ts';
import { blockingNote } from './notes.ts';
import { postReview } from './review/post-review.ts';
import type { CiOutcome } from './run-ci.ts';
import { splitReport } from './split-report.ts';
import { stageOf } from './stages.ts';
import { sendWebhook } from './webhook.ts';

/** Reports to the author, and to security what is for security alone. Answers with the exit code. */
export async function reportCi(outcome: CiOutcome, settings: CiSettings): Promise<number> {
  const { author, monitor } = splitReport(outcome.scan.report);
  const isAborted = author.problems.some(isFatal);
  const report = isAborted ? author : { ...author, notes: [...author.notes, blockingNote(author)] };
  const code = await reportScan({ ...outcome.scan, report }, settings.scan, codeOf(author, settings));
  const lines = [
    ...(isAborted ? [] : await postReview(report, outcome, settings)),
    ...(isAborted ? [] : await tellSecurity(monitor, outcome, settings)),
    ...(outcome.idleRules === 0 ? [] : [idleLine(outcome.idleRules)]),
  ];
  const outcomeCode = finalCode(code, settings, lines);
  if (settings.scan.verbosity !== 'quiet') for (const line of lines) tell(`${line}\n`);
  return outcomeCode;
}

/** Findings that block are what findings are to `scan --error`; all others fail nothing. */
function codeOf(author: ScanReport, { scan }: CiSettings): number {
  const blocking = author.findings.filter((finding) => stageOf(finding) === 'block');
  return exitCode({ ...author, findings: blocking }, { failOnFindings: true, strict: scan.strict });
}

/** As in Semgrep, what goes wrong does not fail the build unless somebody asks for it; `--strict` asks. */
function finalCode(code: number, { dryRun, suppressErrors, scan }: CiSettings, lines: string[]): number {
  if (code === 0) return 0;
  if (dryRun) {
    lines.push(`--dry-run: without it, the exit code would be ${code}`);
    return 0;
  }
  if (code === 1 || !suppressErrors || scan.strict) return code;
  lines.push(`The build is not failed over this (exit code ${code}); --no-suppress-errors fails it.`);
  return 0;
}

/** What could not be delivered is told, and never fails the build; nor does the author learn what it was. */
async function tellSecurity(report: ScanReport, outcome: CiOutcome, settings: CiSettings): Promise<string[]> {
  const { monitorOutput, webhook, run } = settings;
  const lines: string[] = [];
  if (monitorOutput !== null) {
    const text = formatJson(report, { verbose: false, time: false, fixedLines: false });
    const reason = await processWriter.save(monitorOutput, text).then(() => null, messageOf);
    if (reason !== null) lines.push(`warning: ${monitorOutput} could not be written: ${reason}`);
  }
  if (webhook === null || activeFindings(report).length === 0 || settings.dryRun) return lines;
  const { change } = outcome;
  const context = { run, head: change?.head ?? '', base: change?.base?.commit ?? null };
  const reason = await sendWebhook(monitorPayload(report, context, webhook.format), webhook);
  if (reason !== null) lines.push(`warning: the webhook could not be delivered: ${reason}`);
  return lines;
}

function idleLine(count: number): string {
  return `${quantity(count, 'rule')} at stage monitor not run: nobody would get the findings (--monitor-output, LOCKSTEP_WEBHOOK_URL)`;
}
