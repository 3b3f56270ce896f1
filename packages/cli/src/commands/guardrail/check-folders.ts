import { realpathSync } from 'node:fs';
import { type CheckProblem, checkGuardrail } from '../../guardrails/check-guardrail.ts';
import { readCodeOwners } from '../../guardrails/codeowners.ts';
import { type FoundGuardrail, findGuardrails } from '../../guardrails/find-guardrails.ts';
import { rulesOf } from '../../guardrails/rules-of.ts';
import { neutralize, neutralizeLine } from '../../reports/neutralize.ts';
import type { Palette } from '../../reports/palette.ts';
import { quantity } from '../../reports/quantity.ts';
import { formatTestFailures } from '../../rule-tests/format-test-text.ts';
import { runRuleTests, type SuiteResult } from '../../rule-tests/run-rule-tests.ts';
import { findProject } from '../../targets/project.ts';
import { loadModelSet, type ModelSet } from '../scan/load-model-set.ts';
import { ScanTestHost } from '../test/scan-test-host.ts';
import { suiteOf } from './suite-of.ts';
import { today } from './today.ts';

export interface Verdict {
  isInOrder: boolean;
  /** For people: everything that is wrong, then the counts. */
  text: string;
}

/** Checks all guardrails of some folders. */
export async function checkFolders(
  folders: readonly string[],
  modelFolders: readonly string[],
  palette: Palette,
): Promise<Verdict> {
  const found = await findGuardrails(folders, process.cwd());
  const models = await loadModelSet(modelFolders, { cwd: process.cwd(), withBundled: true });
  const tests = await testResults(found, models);
  const checked = found.map((each) => ({ each, lines: problemLines(each, found, tests, models, palette) }));
  const faulty = checked.filter(({ lines }) => lines.length > 0);
  const blocks = faulty.map(({ each, lines }) => [palette.bold(neutralizeLine(each.folder)), ...lines].join('\n'));
  const verdict =
    faulty.length === 0
      ? palette.green(`✓ ${quantity(found.length, 'guardrail')} checked`)
      : palette.red(`✖ ${faulty.length} of ${quantity(found.length, 'guardrail')} not in order`);
  return { isInOrder: faulty.length === 0, text: `${[...blocks, verdict].join('\n\n')}\n` };
}

function problemLines(
  found: FoundGuardrail,
  all: readonly FoundGuardrail[],
  tests: ReadonlyMap<FoundGuardrail, SuiteResult>,
  { models }: ModelSet,
  palette: Palette,
): string[] {
  const result = tests.get(found);
  const problems = [...twins(found, all), ...(found.guardrail === null ? [] : ownProblems(found, models))];
  return [
    ...found.problems.flatMap(({ text }) =>
      neutralize(text)
        .split('\n')
        .map((line) => `  ${line}`),
    ),
    ...problems.flatMap(({ place, message, remedy }) => [
      `  ${palette.red('✖')} ${neutralizeLine(place)}: ${neutralize(message)}`,
      ...(remedy === '' ? [] : [palette.dim(`      ${neutralize(remedy)}`)]),
    ]),
    // Where the description is faulty its rules are missing, and tests would only say that again.
    ...(result === undefined || found.guardrail === null ? [] : testLines(result, palette)),
  ];
}

function ownProblems(found: FoundGuardrail, models: ModelSet['models']): CheckProblem[] {
  if (found.guardrail === null) return [];
  const root = findProject(realpathSync(found.absoluteFolder), new Map())?.root ?? null;
  return checkGuardrail(found, found.guardrail, {
    rules: rulesOf(found, models),
    codeOwners: root === null ? null : readCodeOwners(root),
    root,
    today: today(),
  });
}

function twins(found: FoundGuardrail, all: readonly FoundGuardrail[]): CheckProblem[] {
  return all
    .filter((other) => other !== found && other.name === found.name)
    .map((other) => ({
      place: found.folder,
      message: `there is another guardrail of this name: ${other.folder}`,
      remedy: 'rename one of them',
    }));
}

function testLines(result: SuiteResult, palette: Palette): string[] {
  if (result.missingTests) {
    const remedy = palette.dim('      write examples into its folder tests/: one wrong, one right');
    return [...formatTestFailures(result, palette), `  ${palette.red('✖')} nothing tests its rules`, remedy];
  }
  return formatTestFailures(result, palette);
}

/** The tests of some guardrails, whatever the form of their descriptions. */
export async function testResults(
  found: readonly FoundGuardrail[],
  models: ModelSet,
): Promise<Map<FoundGuardrail, SuiteResult>> {
  const host = new ScanTestHost(null, models.models);
  try {
    const suites = await Promise.all(found.map(suiteOf));
    const tested = found.flatMap((each, at) => {
      const suite = suites[at];
      return suite === undefined ? [] : [{ each, suite }];
    });
    const results = await runRuleTests(
      tested.map(({ suite }) => suite),
      host,
    );
    return new Map(tested.flatMap(({ each }, at) => (results[at] === undefined ? [] : [[each, results[at]]])));
  } finally {
    await host.close();
  }
}
