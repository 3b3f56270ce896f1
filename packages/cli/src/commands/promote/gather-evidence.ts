import { existsSync } from 'node:fs';
import { compareBaseline, EMPTY_BASELINE, type Evidence, type Guardrail, precisionOf } from '@lockstep/guardrails';
import { listExceptions } from '../../guardrails/exception-list.ts';
import type { FoundGuardrail } from '../../guardrails/find-guardrails.ts';
import { usualBaseline } from '../../ledger/baseline-file.ts';
import { scanForLedger, scopeOf } from '../../ledger/ledger-scan.ts';
import { readTriageFile, triageFile } from '../../ledger/triage-file.ts';
import { soundBaseline } from '../baseline/shared.ts';
import { testResults } from '../guardrail/check-folders.ts';
import { today } from '../guardrail/today.ts';
import { loadModelSet } from '../scan/load-model-set.ts';

/** What is known of a guardrail: its tests, its findings of today, the verdicts on them, and its exceptions. */
export async function gatherEvidence(
  found: FoundGuardrail,
  guardrail: Guardrail,
  targets: readonly string[],
  modelFolders: readonly string[],
): Promise<Evidence> {
  const cwd = process.cwd();
  const models = await loadModelSet(modelFolders, { cwd, withBundled: true });
  const result = (await testResults([found], models)).get(found);
  const checks = result?.checks ?? [];
  const broken = result !== undefined && result.errors.length + result.unknownIds.length > 0 ? 1 : 0;
  const scan = await scanForLedger(targets, { config: [found.absoluteFolder], models: [...modelFolders] });
  const file = usualBaseline(cwd);
  const baseline = existsSync(file) ? soundBaseline(file) : EMPTY_BASELINE;
  const { isKnown } = compareBaseline(baseline, scan.places, scopeOf(scan));
  const known = isKnown.filter(Boolean).length;
  const exceptions = listExceptions(scan, today()).filter((each) => each.guardrail === guardrail.id);
  return {
    tests: {
      passed: checks.filter(({ passed }) => passed).length,
      failed: checks.filter(({ passed }) => !passed).length + broken,
    },
    findings: { open: isKnown.length - known, known },
    precision: precisionOf(readTriageFile(triageFile(cwd)), guardrail.id),
    exceptions: { all: exceptions.length, lapsed: exceptions.filter(({ lapse }) => lapse !== null).length },
    isComplete: scan.isComplete,
  };
}
