import { resolve } from 'node:path';
import type { FlowDepth } from '@lockstep/engine';
import { neutralize } from '../../reports/neutralize.ts';
import { createPalette } from '../../reports/palette.ts';
import { print, tell } from '../../reports/print.ts';
import { findRuleTests } from '../../rule-tests/find-rule-tests.ts';
import { formatTestJson } from '../../rule-tests/format-test-json.ts';
import { formatTestText, testExitCode } from '../../rule-tests/format-test-text.ts';
import { runRuleTests } from '../../rule-tests/run-rule-tests.ts';
import type { TestSuite } from '../../rule-tests/test-suite.ts';
import { readColor } from '../scan/environment.ts';
import { loadModelSet } from '../scan/load-model-set.ts';
import { projectTests, type TestPair } from './project-tests.ts';
import { ScanTestHost } from './scan-test-host.ts';

export interface TestOptions {
  /** Where the rules are, if not with the examples. */
  configs: readonly string[];
  /** Of rules in taint mode; null: as deep as examples ask for, each by itself or several as a program. */
  depth: FlowDepth | null;
  /** Folders of models, besides those that come with Lockstep. */
  models: readonly string[];
  /** Nothing may be fetched. */
  offline: boolean;
  json: boolean;
  color: boolean;
}

/** Runs the tests of rules (semantics 09) and writes the results to standard output; answers with the exit code. */
export async function runTest(paths: readonly string[], options: TestOptions): Promise<number> {
  const named = paths.length > 0 || options.configs.length > 0 ? null : await projectTests(options.offline);
  const pairs = named?.pairs ?? pairsOf(paths.length === 0 ? ['.'] : paths, options.configs);
  const suites = await findSuites(pairs);
  if (typeof suites === 'string') {
    tell(`error: ${neutralize(suites)}\n`);
    return 2;
  }
  const { models, problems } = await loadModelSet([...(named?.models ?? []), ...options.models], {
    cwd: process.cwd(),
    withBundled: true,
  });
  const faults = problems.filter(({ problem }) => problem.level === 'error');
  for (const { problem, explanation } of faults) {
    tell(`${explanation ?? neutralize(`error: ${problem.message}`)}\n`);
  }
  if (faults.length > 0) return 2;
  const host = new ScanTestHost(options.depth, models);
  try {
    const results = await runRuleTests(suites, host);
    const palette = createPalette(readColor(options.color, process.env) ?? process.stdout.isTTY);
    const text = options.json ? formatTestJson(results, (path) => resolve(path)) : formatTestText(results, palette);
    print(text);
    return testExitCode(results);
  } finally {
    await host.close();
  }
}

/** Each path with each of the places where its rules may be. */
function pairsOf(paths: readonly string[], configs: readonly string[]): TestPair[] {
  return paths.flatMap((target) => (configs.length === 0 ? [null] : configs).map((config) => ({ target, config })));
}

/** All suites of the paths, each once; or what is wrong. */
async function findSuites(pairs: readonly TestPair[]): Promise<TestSuite[] | string> {
  const suites = new Map<string, TestSuite>();
  try {
    for (const { target, config } of pairs) {
      for (const suite of await findRuleTests(target, config)) suites.set(JSON.stringify(suite), suite);
    }
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `there is no such file or folder: ${path}` : message;
  }
  return [...suites.values()];
}
