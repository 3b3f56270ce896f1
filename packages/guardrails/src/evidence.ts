import type { EvidenceDemand, Guardrail, Stage } from './guardrail.ts';
import { STAGES } from './guardrail.ts';
import type { Precision } from './ledger/triage.ts';

/** What speaks for moving a guardrail on, and what against. */
export interface Evidence {
  /** Checks of its rules. */
  tests: { passed: number; failed: number };
  /** Findings of today that no baseline knows; `known`: those that one does. */
  findings: { open: number; known: number };
  precision: Precision;
  /** Exceptions, of the guardrail and in the code; `lapsed`: those among them that do not hold. */
  exceptions: { all: number; lapsed: number };
  /** Everything was looked at. */
  isComplete: boolean;
}

/** A stage that a guardrail is promoted to. */
export type HigherStage = Exclude<Stage, 'monitor'>;

/**
 * What it takes at least. At `comment` a wrong finding costs its reader a minute: four of five right is what people put
 * up with, and five verdicts are enough to see a rule that is wrong as often as not (one in five of those would pass by
 * chance). At `block` a wrong finding stops somebody's work, so hardly any may be wrong; below ten verdicts, no share is
 * a measurement. A guardrail's policy may ask for more, never for less.
 */
export const USUAL_DEMANDS: Readonly<Record<HigherStage, EvidenceDemand>> = {
  comment: { triaged: 5, precision: 0.8 },
  block: { triaged: 10, precision: 0.95 },
};

/** What it takes for this guardrail to reach a stage. */
export function demandOf({ policy }: Pick<Guardrail, 'policy'>, to: HigherStage): EvidenceDemand {
  const usual = USUAL_DEMANDS[to];
  const own = policy[to];
  return {
    triaged: Math.max(usual.triaged, own?.triaged ?? 0),
    precision: Math.max(usual.precision, own?.precision ?? 0),
  };
}

/** What is missing for a guardrail to reach a stage; empty where nothing is. */
export function missingEvidence(guardrail: Guardrail, to: HigherStage, evidence: Evidence): string[] {
  const { tests, findings, precision, exceptions, isComplete } = evidence;
  const demand = demandOf(guardrail, to);
  const missing: (string | false)[] = [
    tests.passed + tests.failed === 0 && 'nothing tests its rules',
    tests.failed > 0 && `${count(tests.failed, 'test')} of its rules failed`,
    !isComplete && 'the scan was incomplete: findings may be missing',
    precision.triaged < demand.triaged &&
      `${count(precision.triaged, 'finding has', 'findings have')} a verdict, and it takes ${demand.triaged} (lockstep triage)`,
    precision.precision !== null &&
      precision.precision < demand.precision &&
      `${share(precision.precision)} of its findings were right, and it takes ${share(demand.precision)}`,
    exceptions.lapsed > 0 &&
      `${count(exceptions.lapsed, 'exception does', 'exceptions do')} not hold (lockstep exceptions)`,
    isOneOwner(guardrail) && 'both of its owners are the same',
    to === 'block' &&
      findings.open > 0 &&
      `${count(findings.open, 'finding is', 'findings are')} open and would fail builds: fix, except or baseline them`,
  ];
  return missing.filter((text) => text !== false);
}

/** Security and engineering agree on a guardrail; somebody who is both agrees with himself. */
function isOneOwner({ owners }: Guardrail): boolean {
  return owners.security.toLowerCase() === owners.engineering.toLowerCase();
}

/** The evidence in a line, for the history of the guardrail. */
export function evidenceSummary({ tests, findings, precision, exceptions }: Evidence): string {
  const right = precision.precision === null ? '' : `, ${share(precision.precision)} right`;
  return [
    `${tests.passed} of ${count(tests.passed + tests.failed, 'test')} passed`,
    `${precision.triaged} triaged${right}`,
    `${findings.open} open, ${findings.known} known`,
    `${count(exceptions.all, 'exception')}`,
  ].join('; ');
}

/** The stage above; null for the last. */
export function stageAbove(stage: Stage): HigherStage | null {
  const next = STAGES[STAGES.indexOf(stage) + 1];
  return next === undefined || next === 'monitor' ? null : next;
}

/** The stage below; null for the first. */
export function stageBelow(stage: Stage): Stage | null {
  return STAGES[STAGES.indexOf(stage) - 1] ?? null;
}

/** Rounded down to a tenth: 94.99 % is not 95 %. */
function share(value: number): string {
  return `${Math.floor(value * 1000 + 1e-9) / 10} %`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
