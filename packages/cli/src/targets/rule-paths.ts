import type { RulePaths } from '@lockstep/engine';
import { ANY_DEPTH, matchSegments, parseGlob, type Segment } from './glob.ts';

export type CompiledRulePaths =
  | { ok: true; isSelective: boolean; selects: (rulePath: string) => boolean }
  | { ok: false; list: 'include' | 'exclude'; glob: string; message: string };

/**
 * Compiles a rule's `paths` (semantics 01 §1.8). `selects` takes `Target.rulePath`, and is true if no `exclude` glob
 * matches and `include`, like every list that narrows it, is empty or has a match. A bad glob is returned with the list it
 * stands in; it spoils its rule, not the run.
 */
export function compileRulePaths({ include, exclude, narrowed }: RulePaths): CompiledRulePaths {
  const rejected = compileList(exclude, 'exclude');
  if (!Array.isArray(rejected)) return rejected;
  const asked: PathTest[][] = [];
  for (const list of [include, ...narrowed]) {
    const tests = compileList(list, 'include');
    if (!Array.isArray(tests)) return tests;
    if (tests.length > 0) asked.push(tests);
  }
  return {
    ok: true,
    isSelective: rejected.length + asked.length > 0,
    selects(rulePath) {
      const names = rulePath.split('/');
      if (rejected.some((test) => test(names))) return false;
      return asked.every((tests) => tests.some((test) => test(names)));
    },
  };
}

function compileList(globs: readonly string[], list: 'include' | 'exclude'): PathTest[] | CompiledRulePaths {
  const tests: PathTest[] = [];
  for (const glob of globs) {
    const parsed = compileGlob(glob);
    if (typeof parsed === 'string') return { ok: false, list, glob, message: parsed };
    tests.push(parsed);
  }
  return tests;
}

type PathTest = (names: string[]) => boolean;

/** A glob covers what it matches and, as a folder, everything below; it floats unless it starts with `/` or `./`. */
function compileGlob(text: string): PathTest | string {
  const parsed = parseGlob(text);
  if (!parsed.ok) return parsed.message;
  const { rooted, directoryOnly, segments } = parsed.glob;
  // Semgrep takes the empty glob as "everything", and `/` as a name no file has.
  if (segments.length === 0) return text === '' ? () => true : () => false;
  const self: Segment[] = rooted ? segments : [ANY_DEPTH, ...segments];
  const below: Segment[] = [...self, ANY_DEPTH, () => true];
  if (directoryOnly) return (names) => matchSegments(below, names);
  return (names) => matchSegments(self, names) || matchSegments(below, names);
}
