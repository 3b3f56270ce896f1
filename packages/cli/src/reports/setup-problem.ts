import type { RuleProblem } from '@lockstep/engine';
import type { ConfigProblem } from '../config/config-problem.ts';
import type { GitProblem } from '../git/git-problem.ts';
import type { TargetProblem } from '../targets/target-problem.ts';

/** Something wrong before any file was scanned: with rules, `--config` values, scan roots or git. */
export interface SetupProblem {
  /** Where it went wrong, which decides the exit code and Semgrep's error type. */
  stage: 'config' | RuleProblem['stage'] | 'target' | 'git';
  code: string;
  level: 'error' | 'warning';
  message: string;
  /** What to do about it; empty where there is nothing to say. */
  remedy: string;
  /** The `--config` value, scan root, rule file or flag; null where there is none to name. */
  subject: string | null;
  /** In the rule file: 1-based, columns in characters, end exclusive. */
  place: { line: number; column: number; endLine: number; endColumn: number } | null;
  ruleId: string | null;
}

export function fromRuleProblem(problem: RuleProblem): SetupProblem {
  const { stage, code, level, message, suggestion, file, line, column, endLine, endColumn, ruleId } = problem;
  const place = { line, column, endLine, endColumn };
  return { stage, code, level, message, remedy: suggestion, subject: file, place, ruleId };
}

export function fromConfigProblem(problem: ConfigProblem): SetupProblem {
  return fromSubject('config', problem);
}

export function fromTargetProblem(problem: TargetProblem): SetupProblem {
  return fromSubject('target', problem);
}

export function fromGitProblem({ code, message, remedy }: GitProblem): SetupProblem {
  return { stage: 'git', code, level: 'error', message, remedy, subject: null, place: null, ruleId: null };
}

function fromSubject(stage: 'config' | 'target', problem: ConfigProblem | TargetProblem): SetupProblem {
  const { code, level, subject, message, remedy } = problem;
  const ownLevel = level === 'fatal' ? 'error' : 'warning';
  return { stage, code, level: ownLevel, message, remedy, subject, place: null, ruleId: null };
}

/** True where nothing can be scanned after it (semantics 01 §10); a broken rule stops no other rule. */
export function isFatal({ stage, level }: SetupProblem): boolean {
  return level === 'error' && stage !== 'rule';
}

/** Warnings about rules are for those who ask (`--verbose`); everything else is always told. */
export function isAlwaysTold({ stage, level }: SetupProblem): boolean {
  return level === 'error' || stage === 'config' || stage === 'target';
}

/** `rules.yaml:6:5`, or the subject alone; empty where there is none. */
export function problemPlace({ subject, place }: SetupProblem): string {
  if (subject === null) return '';
  return place === null ? subject : `${subject}:${place.line}:${place.column}`;
}

/** A guardrail whose description is faulty still has sound rules: that is no reason not to scan. */
export function asWarning(problem: SetupProblem): SetupProblem {
  return { ...problem, stage: 'config', level: 'warning' };
}
