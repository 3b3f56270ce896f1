import { semgrepError } from '../reports/semgrep-errors.ts';
import { stringifyJson } from '../reports/stringify-json.ts';
import type { SuiteResult } from './run-rule-tests.ts';

/**
 * The results in the shape of `semgrep test --json` (semantics 09 §2). `absolute` makes the path of a target absolute,
 * as consumers expect below `matches`.
 */
export function formatTestJson(results: readonly SuiteResult[], absolute: (path: string) => string): string {
  const tested = results.filter(({ missingTests }) => !missingTests);
  return stringifyJson({
    config_missing_tests: results.filter(({ missingTests }) => missingTests).map(({ config }) => config),
    config_missing_fixtests: results.filter(({ missingFixTests }) => missingFixTests).map(({ config }) => config),
    config_with_errors: results.flatMap(({ config, errors }) =>
      errors
        .filter(({ path }) => path === null)
        .map(({ message }) => ({ filename: config, error: message, output: {} })),
    ),
    results: Object.fromEntries(tested.map((result) => [result.config, { checks: checksOf(result, absolute) }])),
    fixtest_results: Object.fromEntries(
      results.flatMap(({ fixTests }) => fixTests.map(({ target, passed }) => [target, { passed }])),
    ),
  });
}

/** Rules that were neither expected nor seen to find anything have no check; an unknown id has one that failed. */
function checksOf({ checks, unknownIds, errors }: SuiteResult, absolute: (path: string) => string): object {
  const entries = checks
    .filter(({ matches }) => matches.size > 0)
    .map(({ ruleId, passed, matches }) => ({
      ruleId,
      passed,
      matches: Array.from(matches, ([path, lines]) => ({ path, expected: lines.expected, reported: lines.reported })),
    }));
  const unknown = unknownIds.map(({ id, path, line }) => ({
    ruleId: id,
    passed: false,
    matches: [{ path, expected: [line + 1], reported: [] }],
  }));
  return Object.fromEntries(
    [...entries, ...unknown].map(({ ruleId, passed, matches }) => [
      ruleId,
      {
        passed: passed && errors.length === 0,
        matches: Object.fromEntries(
          matches.map(({ path, expected, reported }) => [
            absolute(path),
            { expected_lines: expected, reported_lines: reported },
          ]),
        ),
        errors: errors.map((issue) => semgrepError(issue)),
      },
    ]),
  );
}
