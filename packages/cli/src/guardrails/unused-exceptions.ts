import { type Exception, exceptionName } from '@lockstep/guardrails';
import type { SetupProblem } from '../reports/setup-problem.ts';
import type { RuleGuardrail } from './apply-exceptions.ts';

/**
 * Warnings of exceptions that fitted no finding, for those who ask (`--verbose`): a scan of a part of the code leaves
 * most of them without work.
 */
export function unusedExceptions(
  guardrails: ReadonlyMap<string, RuleGuardrail>,
  fitting: ReadonlySet<Exception>,
): SetupProblem[] {
  const unused = new Map<Exception, string>();
  for (const { exceptions, file } of guardrails.values()) {
    for (const exception of exceptions) if (!fitting.has(exception)) unused.set(exception, file);
  }
  return [...unused].map(([exception, file]): SetupProblem => {
    const { line, column, start, end } = exception.place;
    return {
      stage: 'rule',
      code: 'unused-exception',
      level: 'warning',
      message: `the exception for ${exceptionName(exception)} fitted nothing that was found`,
      remedy: 'where all of the code was scanned, remove it',
      subject: file,
      place: { line, column, endLine: line, endColumn: column + (end - start) },
      ruleId: null,
    };
  });
}
