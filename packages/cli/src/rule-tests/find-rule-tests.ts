import { readdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pairFiles, pairTests, type TestFiles } from './pair-tests.ts';
import type { TestSuite } from './test-suite.ts';

/**
 * The test suites below a folder, or of a rule file and its targets. `config` is null where rules and targets lie
 * together. Throws where a path does not exist, or where a single file comes without its rules.
 */
export async function findRuleTests(target: string, config: string | null): Promise<TestSuite[]> {
  const rules = await listFiles(config ?? target);
  if (config === null && rules.isFile) throw new Error(`Say with --config which rules ${target} tests`);
  const targets = config === null ? rules : await listFiles(target);
  const [rule] = rules.files;
  const [only] = targets.files;
  if (rules.isFile && targets.isFile && rule !== undefined && only !== undefined) {
    return [pairFiles(rule, only, (await listFiles(dirname(target))).files)];
  }
  // A target named alone keeps its fixed file, which lies beside it.
  if (targets.isFile)
    targets.files.push(...(await listFiles(targets.root)).files.filter((file) => /\.fixed\./.test(file)));
  return pairTests(rules, targets);
}

async function listFiles(path: string): Promise<TestFiles & { isFile: boolean }> {
  const name = toPosix(path);
  if ((await stat(path)).isFile()) return { root: toPosix(dirname(path)), files: [name], isFile: true };
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => toPosix(join(entry.parentPath, entry.name)))
    .filter((file) => !isHiddenBelow(file, toPosix(join(path))));
  return { root: toPosix(join(path)), files: files.sort(), isFile: false };
}

function isHiddenBelow(file: string, root: string): boolean {
  const below = root === '.' ? file : file.slice(root.length);
  return below.split('/').some((component) => /^\.[^.]/.test(component));
}

function toPosix(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
