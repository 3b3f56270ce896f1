import { compareTexts } from '@lockstep/engine';
import { exceptionName, lapseOf } from '@lockstep/guardrails';
import { type LedgerScan, nameKeepers } from '../ledger/ledger-scan.ts';

/** An exception, wherever it is written. */
export interface ListedException {
  kind: 'guardrail' | 'inline';
  /** The guardrail, or the rule; of a comment that names none, empty. */
  guardrail: string;
  /** What it is for: a symbol, a path, a line of code. */
  for: string;
  /** Where it is written. */
  path: string;
  line: number;
  reason: string;
  owner: string | null;
  approvedBy: string | null;
  until: string | null;
  /** Whether anything was found that it is about; null where no rule of the scan is called so. */
  isUsed: boolean | null;
  /** Why it does not hold; null where it does. */
  lapse: string | null;
}

/** All exceptions of the guardrails of a scan and of the code that was scanned, by place. */
export function listExceptions(scan: LedgerScan, today: string): ListedException[] {
  const listed = [...guardrailExceptions(scan, today), ...inlineExceptions(scan)];
  return listed.sort(
    (a, b) => compareTexts(a.path, b.path) || a.line - b.line || compareTexts(a.guardrail, b.guardrail),
  );
}

function guardrailExceptions({ ruleSet, governance }: LedgerScan, today: string): ListedException[] {
  const listed = new Map<object, ListedException>();
  for (const { guardrail, file, exceptions } of ruleSet.guardrails.values()) {
    for (const exception of exceptions) {
      const { reason, owner, approvedBy, until, place } = exception;
      listed.set(exception, {
        kind: 'guardrail',
        guardrail: guardrail.id,
        for: exceptionName(exception),
        path: file,
        line: place.line,
        reason,
        owner,
        approvedBy,
        until,
        isUsed: governance.fitting.has(exception),
        lapse: lapseOf(exception, guardrail.policy, today),
      });
    }
  }
  return [...listed.values()];
}

function inlineExceptions(scan: LedgerScan): ListedException[] {
  const keeperOfName = nameKeepers(scan);
  return scan.governance.inline.map(({ path, name, allowance, status, isNeeded, lapse }) => {
    const { reason, owner, approvedBy, until, start } = allowance;
    return {
      kind: 'inline',
      guardrail: keeperOfName(name),
      for: `${path}:${start.line}`,
      path,
      line: start.line,
      reason,
      owner,
      approvedBy,
      until,
      isUsed: status === 'unknown' ? null : isNeeded,
      lapse: status === 'lapsed' ? lapse : null,
    };
  });
}
