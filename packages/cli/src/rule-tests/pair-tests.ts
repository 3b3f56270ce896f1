import { posix } from 'node:path';
import { compareTexts } from '@lockstep/engine';
import { isGuardrailManifest, isRuleFileName } from '../config/rule-file-names.ts';
import type { TestProgram, TestSuite, TestTarget } from './test-suite.ts';

/** Paths with `/`, as found on disk; each side is a folder, or one file. */
export interface TestFiles {
  /** The folder that relative paths count from. */
  root: string;
  /** Paths below it, hidden files and folders left out, in any order. */
  files: string[];
}

/**
 * Which test files belong to which rules. Two layouts, side by side:
 * - Semgrep's (semantics 09 §1): `a/r.yaml` is tested by `a/r.py`, `a/r.test.yaml`, everything in `a/r/`, …
 * - a guardrail: the rules of a folder with a `guardrail.yaml` are tested by every file in its `tests/`.
 *
 * In both, a folder among the examples (`a/r/shop/`, `tests/shop/`) is one program. Semgrep tests each of its files by
 * itself, and finds what does not need the others.
 */
export function pairTests(rules: TestFiles, targets: TestFiles): TestSuite[] {
  const guardrails = rules.files.filter(isGuardrailFile).map((file) => posix.dirname(file));
  const insideGuardrail = (file: string) => guardrails.some((folder) => isInside(file, folder));
  const plain = rules.files.filter((file) => isRuleFile(file) && !insideGuardrail(file));
  const candidates = targets.files.filter((file) => !insideGuardrail(file) && isTestTarget(file));
  const fixedFiles = targets.files.filter(isFixedFile);
  const suites = [
    ...guardrails.map((folder) => guardrailSuite(folder, rules.files)),
    ...plain.map((config): TestSuite => {
      const own = candidates.filter((target) =>
        isNamedAlike(relative(target, targets.root), relative(config, rules.root)),
      );
      // The folder of examples is called like the rule file, so it lies as deep.
      const depth = relative(config, rules.root).split('/').length;
      return { config, ruleFiles: [config], ...parted(withFixedFiles(own, fixedFiles), targets.root, depth) };
    }),
  ];
  return suites.sort((a, b) => compareTexts(a.config, b.config));
}

/** One rule file and one target named outright, which belong together whatever their names. */
export function pairFiles(config: string, target: string, siblings: string[]): TestSuite {
  return { config, ruleFiles: [config], targets: withFixedFiles([target], siblings.filter(isFixedFile)), programs: [] };
}

function guardrailSuite(folder: string, files: string[]): TestSuite {
  const rules = files.filter((file) => posix.dirname(file) === folder && isRuleFile(file) && !isGuardrailFile(file));
  const examples = posix.join(folder, 'tests');
  const tests = files.filter((file) => isInside(file, examples));
  const targets = withFixedFiles(
    tests.filter((file) => !isFixedFile(file)),
    tests.filter(isFixedFile),
  );
  return { config: folder, ruleFiles: rules.sort(compareTexts), ...parted(targets, examples, 0) };
}

/** Sets apart what lies in folders among the examples, whose own folder is `depth` levels below the root. */
function parted(all: readonly TestTarget[], root: string, depth: number): Pick<TestSuite, 'targets' | 'programs'> {
  const targets: TestTarget[] = [];
  const programs = new Map<string, TestProgram>();
  for (const target of all) {
    const inProgram = relative(target.path, root)
      .split('/')
      .slice(depth + 1);
    if (inProgram.length === 0) {
      targets.push(target);
      continue;
    }
    const folder = target.path.split('/').slice(0, -inProgram.length).join('/');
    const program = programs.get(folder) ?? { folder, targets: [] };
    program.targets.push(target);
    programs.set(folder, program);
  }
  return { targets, programs: [...programs.values()] };
}

function withFixedFiles(targets: string[], fixedFiles: string[]): TestTarget[] {
  return targets.toSorted(compareTexts).map((path) => ({ path, fixed: fixedFileOf(path, fixedFiles) }));
}

/** `r.fixed.py` for `r.py`; failing that, one with the same name up to the first dot and the same extension. */
function fixedFileOf(target: string, fixedFiles: string[]): string | null {
  const exact = fixedFiles.find((file) => file.replace(/\.fixed(?=\.[^/]*$)/, '') === target);
  if (exact !== undefined) return exact;
  const alike = (file: string) => stem(file) === stem(target) && posix.extname(file) === posix.extname(target);
  return fixedFiles.filter(alike).sort(compareTexts)[0] ?? null;
}

/** `a/b/r.yaml` and `a/b/r.py`, `a/b/r.test.js`, `a/b/r/any/file`: the last component counts up to its first dot. */
function isNamedAlike(target: string, config: string): boolean {
  const parts = config.split('/');
  const own = target.split('/').slice(0, parts.length);
  const last = parts.length - 1;
  return (
    own.length === parts.length &&
    own.slice(0, last).join('/') === parts.slice(0, last).join('/') &&
    stem(own[last] ?? '') === stem(parts[last] ?? '')
  );
}

/** A path up to the first dot of its last component. */
function stem(path: string): string {
  return posix.join(posix.dirname(path), posix.basename(path).split('.', 1)[0] ?? '');
}

function isTestTarget(path: string): boolean {
  return (!isYaml(path) || isTestYaml(path)) && !isFixedFile(path);
}

function isGuardrailFile(path: string): boolean {
  return isGuardrailManifest(posix.basename(path));
}

function isRuleFile(path: string): boolean {
  return isRuleFileName(posix.basename(path));
}

function isFixedFile(path: string): boolean {
  return /\.fixed(?:\.|$)/.test(posix.basename(path));
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

function isTestYaml(path: string): boolean {
  return /\.test\.ya?ml$/.test(path);
}

function isInside(file: string, folder: string): boolean {
  return folder === '.' || file.startsWith(`${folder}/`);
}

function relative(file: string, root: string): string {
  return posix.relative(root, file);
}
