import type { SemgrepError } from './semgrep-errors.ts';
import { isAlwaysTold, problemPlace, type SetupProblem } from './setup-problem.ts';

/**
 * What is wrong with the setup as Semgrep would put it into `errors` (semantics 01 §10). Warnings about rules are for
 * people only: consumers of the JSON take an entry there for a failure.
 */
export function setupErrors(problems: readonly SetupProblem[]): SemgrepError[] {
  const broken = new Set(problems.filter(breaksConfig).map(({ subject }) => subject));
  return [
    ...problems.filter(isAlwaysTold).map(setupError),
    ...(broken.size === 0
      ? []
      : [
          {
            code: 7,
            level: 'error' as const,
            type: 'SemgrepError',
            message: `invalid configuration file found (${broken.size} configs were invalid)`,
          },
        ]),
  ];
}

function breaksConfig({ stage, level }: SetupProblem): boolean {
  return level === 'error' && (stage === 'config' || stage === 'yaml' || stage === 'schema');
}

function setupError(problem: SetupProblem): SemgrepError {
  const { stage, level, code, ruleId } = problem;
  const message = [problemPlace(problem), problem.message].filter((part) => part !== '').join(': ');
  const full = problem.remedy === '' ? message : `${message}\n${problem.remedy}`;
  if (level === 'warning') return { code: 2, level: 'warn', type: 'SemgrepWarning', message: full };
  const ruleKey = ruleId === null ? {} : { rule_id: ruleId };
  switch (stage) {
    case 'schema':
      return { code: 4, level: 'error', type: 'InvalidRuleSchemaError', ...ruleKey, ...schemaTexts(problem, full) };
    case 'language':
      return { code: 8, level: 'error', type: 'UnknownLanguageError', ...ruleKey, ...schemaTexts(problem, full) };
    case 'rule':
      return { code: 2, level: 'error', type: 'Rule parse error', ...ruleKey, message: full, ...spans(problem) };
    case 'yaml':
      return { code: code === 'not-a-mapping' ? 2 : 5, level: 'error', type: 'SemgrepError', message: full };
    default:
      return { code: 2, level: 'error', type: 'SemgrepError', message: full };
  }
}

function schemaTexts(
  problem: SetupProblem,
  full: string,
): Pick<SemgrepError, 'message' | 'long_msg' | 'short_msg' | 'spans'> {
  const shortMessage = problem.stage === 'language' ? 'invalid language' : 'Invalid rule schema';
  return { message: full, long_msg: problem.message, short_msg: shortMessage, ...spans(problem) };
}

/** Offsets in rule files are not known; Semgrep writes -1 for that. */
function spans({ subject, place }: SetupProblem): Pick<SemgrepError, 'spans'> {
  if (subject === null || place === null) return {};
  const start = { line: place.line, col: place.column, offset: -1 };
  const end = { line: place.endLine, col: place.endColumn, offset: -1 };
  return { spans: [{ file: subject, start, end }] };
}
