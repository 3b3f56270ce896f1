import { relative } from 'node:path';
import { type IgnorePattern, parseIgnorePattern } from './ignore-patterns.ts';
import { resolveScanRoot, type ScanRoot } from './scan-root.ts';
import type { TargetOptions, TargetReport } from './target.ts';
import { TargetCollector } from './target-collector.ts';
import { fatal, type TargetProblem } from './target-problem.ts';

export const defaultTargetOptions: Omit<TargetOptions, 'cwd'> = {
  include: [],
  exclude: [],
  maxTargetBytes: 1_000_000,
  excludeMinifiedFiles: false,
  excludeBinaryFiles: true,
  useGitIgnore: true,
  projectRoot: null,
  noVersionControl: false,
  scanUnknownExtensions: false,
  forceExclude: false,
  ignoreFileNames: ['.semgrepignore', '.lockstepignore'],
  readStandardInput: readProcessInput,
};

/**
 * Finds the files to scan (semantics 10). `roots` are scan roots as typed (none: the current folder): folders, files,
 * named pipes, `-` for standard input. Everything that was left out has a reason in `skipped`, everything that went
 * wrong an entry in `problems`.
 */
export async function findTargets(
  roots: readonly string[],
  partialOptions: Partial<TargetOptions> = {},
): Promise<TargetReport> {
  const options = { cwd: process.cwd(), ...defaultTargetOptions, ...partialOptions };
  const patterns = parsePatterns(options);
  const resolved = roots.length === 0 ? ['.'] : roots;
  const realFolders = new Map<string, string>();
  const lookups = resolved.map((root) => resolveScanRoot(root, options.cwd, realFolders));
  const projectRoot =
    options.projectRoot === null ? null : resolveScanRoot(options.projectRoot, options.cwd, realFolders);
  const problems = [...patterns.problems];
  for (const lookup of projectRoot === null ? lookups : [...lookups, projectRoot]) {
    if (!lookup.ok) problems.push(lookup.problem);
  }
  const found = lookups.flatMap((lookup) => (lookup.ok ? [lookup.root] : []));
  const forcedRoot = projectRoot?.ok && 'absolutePath' in projectRoot.root ? projectRoot.root.absolutePath : null;
  problems.push(...rootsOutside(forcedRoot, found));
  if (problems.length > 0) return { targets: [], skipped: [], problems, temporaryFolder: null };

  const collector = new TargetCollector({ ...options, ...patterns, projectRoot: forcedRoot });
  for (const root of found) await collector.collect(root);
  return collector.report();
}

function parsePatterns(options: TargetOptions): {
  include: IgnorePattern[];
  exclude: IgnorePattern[];
  problems: TargetProblem[];
} {
  const result = { include: [] as IgnorePattern[], exclude: [] as IgnorePattern[], problems: [] as TargetProblem[] };
  for (const list of ['include', 'exclude'] as const) {
    for (const source of options[list]) {
      const pattern = parseIgnorePattern(source);
      if ('message' in pattern) {
        result.problems.push(fatal('bad-pattern', source, `Invalid --${list} pattern ${source}: ${pattern.message}`));
      } else if (list === 'include' && pattern.negated) {
        const message = `Invalid --include pattern ${source}: it starts with !`;
        result.problems.push(fatal('bad-pattern', source, message, 'Use --exclude to leave files out.'));
      } else {
        result[list].push(pattern);
      }
    }
  }
  return result;
}

function rootsOutside(projectRoot: string | null, roots: readonly ScanRoot[]): TargetProblem[] {
  if (projectRoot === null) return [];
  return roots.flatMap((root) => {
    if (root.kind !== 'folder' || isWithin(projectRoot, root.absolutePath)) return [];
    const message = `Invalid scanning root: ${root.path || '.'} is not inside the project root ${projectRoot}`;
    return [fatal('outside-project-root', root.path, message, 'Pass a --project-root that contains all scan roots.')];
  });
}

function isWithin(folder: string, path: string): boolean {
  const route = relative(folder, path);
  return route !== '..' && !route.startsWith('../');
}

async function readProcessInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
