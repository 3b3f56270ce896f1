import type { ScanIssue } from '@lockstep/engine';
import { prepareLine } from '../reports/code-line.ts';
import { neutralize, neutralizeLine } from '../reports/neutralize.ts';
import type { Palette } from '../reports/palette.ts';
import type { LineMatches } from './judge-target.ts';
import type { CheckResult, SuiteResult } from './run-rule-tests.ts';
import type { FixTestResult } from './test-fix.ts';

/** The results for people: what failed, with the code of every wrong line; then the counts. */
export function formatTestText(results: readonly SuiteResult[], palette: Palette): string {
  const failures = results.filter(({ passed }) => !passed).map((result) => failureLines(result, palette));
  return [...failures, totalLines(results, palette)].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** 1 where any suite failed; missing tests fail nothing (semantics 09 §2). */
export function testExitCode(results: readonly SuiteResult[]): 0 | 1 {
  return results.every(({ passed }) => passed) ? 0 : 1;
}

function failureLines(result: SuiteResult, palette: Palette): string[] {
  return [palette.bold(neutralizeLine(result.config)), ...formatTestFailures(result, palette)];
}

/** What is wrong in one suite, without its name. */
export function formatTestFailures(result: SuiteResult, palette: Palette): string[] {
  const failedChecks = result.checks.filter(({ passed }) => !passed);
  const failedFixes = result.fixTests.filter(({ passed }) => !passed);
  return [
    ...result.errors.flatMap((issue) => errorLines(issue, palette)),
    ...result.unknownIds.map(({ id, path, line }) => {
      const place = `${neutralizeLine(path)}:${line}`;
      return `  ${palette.red('✖')} ${place} names '${neutralizeLine(id)}', and none of the rules has that id`;
    }),
    ...failedChecks.flatMap((check) => checkLines(check, result.texts, palette)),
    ...failedFixes.flatMap((fix) => fixLines(fix, palette)),
  ];
}

function errorLines({ message, ruleId, path, remedy }: ScanIssue, { red, dim }: Palette): string[] {
  const subject = [ruleId, path].filter((part) => part !== null).map(neutralizeLine);
  const [first = '', ...rest] = neutralize(message).split('\n');
  return [
    `  ${red('✖')} ${[...subject, first].join(': ')}`,
    ...rest.map((line) => `      ${line}`),
    ...(remedy === '' ? [] : [dim(`      ${neutralizeLine(remedy)}`)]),
  ];
}

function checkLines(check: CheckResult, texts: Map<string, string>, palette: Palette): string[] {
  const files = [...check.matches].filter(([, lines]) => lines.missed.length + lines.incorrect.length > 0);
  return [
    `  ${palette.red('✖')} ${neutralizeLine(check.ruleId)}`,
    ...files.flatMap(([path, lines]) => [
      `    ${neutralizeLine(path)}`,
      ...wrongLines(lines, (texts.get(path) ?? '').split('\n'), palette),
    ]),
  ];
}

/** Missed and incorrect lines in the order of the file. */
function wrongLines({ missed, incorrect }: LineMatches, source: string[], palette: Palette): string[] {
  const rows = [
    ...missed.map((line) => ({ line, label: palette.yellow('missed   ') })),
    ...incorrect.map((line) => ({ line, label: palette.red('incorrect') })),
  ].sort((a, b) => a.line - b.line);
  const width = String(rows.at(-1)?.line ?? 0).length;
  return rows.map(({ line, label }) => {
    const code = prepareLine((source[line - 1] ?? '').replace(/\r$/, ''), 0, 0, MAX_CODE_CHARS).after;
    return `      ${label} ${String(line).padStart(width)} │ ${code}`.trimEnd();
  });
}

const MAX_CODE_CHARS = 160;

function fixLines({ target, fixed, diff }: FixTestResult, palette: Palette): string[] {
  return [
    `  ${palette.red('✖')} ${neutralizeLine(target)} with its fixes applied is not ${neutralizeLine(fixed)}`,
    ...neutralize(diff)
      .split('\n')
      .map((line) => `    ${paintDiffLine(line, palette)}`.trimEnd()),
  ];
}

function paintDiffLine(line: string, { red, green, dim }: Palette): string {
  if (/^(?:---|\+\+\+|@@)/.test(line)) return dim(line);
  if (line.startsWith('-')) return red(line);
  return line.startsWith('+') ? green(line) : line;
}

function totalLines(results: readonly SuiteResult[], palette: Palette): string[] {
  const checks = results.flatMap((result) => result.checks);
  const fixTests = results.flatMap((result) => result.fixTests);
  const faulty = results.filter(({ errors, unknownIds }) => errors.length + unknownIds.length > 0);
  const untested = results.filter(({ missingTests }) => missingTests).map(({ config }) => config);
  const unfixed = results.filter(({ missingFixTests }) => missingFixTests).map(({ config }) => config);
  return [
    total(checks, 'rule checks', palette),
    ...(fixTests.length === 0 ? [] : [total(fixTests, 'fix tests', palette)]),
    ...(faulty.length === 0 ? [] : [palette.red(`✖ ${faulty.length} with errors`)]),
    ...missing(untested, 'without tests', palette),
    ...missing(unfixed, 'with a fix that no test covers', palette),
  ];
}

function total(tests: readonly { passed: boolean }[], noun: string, { red, green, yellow }: Palette): string {
  if (tests.length === 0) return yellow(`No ${noun} found`);
  const passed = tests.filter((test) => test.passed).length;
  const text = `${passed}/${tests.length} ${noun} passed`;
  return passed === tests.length ? green(`✓ ${text}`) : red(`✖ ${text}`);
}

function missing(configs: string[], what: string, { yellow }: Palette): string[] {
  if (configs.length === 0) return [];
  return [yellow(`${configs.length} ${what}:`), ...configs.map((config) => `  ${neutralizeLine(config)}`)];
}
