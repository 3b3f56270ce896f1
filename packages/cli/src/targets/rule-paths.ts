import { ANY_DEPTH, matchSegments, parseGlob, type Segment } from './glob.ts';

export type CompiledRulePaths =
  | { ok: true; selects: (rulePath: string) => boolean }
  | { ok: false; list: 'include' | 'exclude'; glob: string; message: string };

/**
 * Compiles a rule's `paths` (semantics 01 §1.8). `selects` takes `Target.rulePath`, and is true if no `exclude` glob
 * matches and `include` is empty or has a match. A bad glob is returned with the list it stands in; it spoils its rule,
 * not the run.
 */
export function compileRulePaths(paths: { include: readonly string[]; exclude: readonly string[] }): CompiledRulePaths {
  const compiled: { include: PathTest[]; exclude: PathTest[] } = { include: [], exclude: [] };
  for (const list of ['include', 'exclude'] as const) {
    for (const glob of paths[list]) {
      const parsed = compileGlob(glob);
      if (typeof parsed === 'string') return { ok: false, list, glob, message: parsed };
      compiled[list].push(parsed);
    }
  }
  const { include, exclude } = compiled;
  if (include.length === 0 && exclude.length === 0) return { ok: true, selects: () => true };
  return {
    ok: true,
    selects(rulePath) {
      const names = rulePath.split('/');
      if (exclude.some((test) => test(names))) return false;
      return include.length === 0 || include.some((test) => test(names));
    },
  };
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
