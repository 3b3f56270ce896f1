import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IgnoreFilter } from './ignore-filter.ts';
import { type IgnorePattern, parseIgnorePattern } from './ignore-patterns.ts';
import { addFiles, git, makeFolder } from './testing/temporary-folder.ts';

function pattern(source: string): IgnorePattern {
  const parsed = parseIgnorePattern(source);
  if ('message' in parsed) throw new Error(parsed.message);
  return parsed;
}

/** Makes the files, and says of each why it is skipped. Ignore files themselves are left out of the answer. */
function reasons(
  files: Record<string, string>,
  flags: { exclude?: string[]; include?: string[] } = {},
): Record<string, string | null> {
  const filter = new IgnoreFilter({
    projectRoot: makeFolder(files),
    ignoreFileNames: ['.semgrepignore', '.lockstepignore'],
    exclude: (flags.exclude ?? []).map(pattern),
    include: (flags.include ?? []).map(pattern),
  });
  const paths = Object.keys(files).filter((path) => !path.endsWith('ignore'));
  return Object.fromEntries(paths.map((path) => [path, filter.reasonToSkipFile(path)]));
}

function kept(...args: Parameters<typeof reasons>): string[] {
  const all = reasons(...args);
  return Object.keys(all).filter((path) => all[path] === null);
}

function empty(...paths: string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, '']));
}

test('defaults apply only without an ignore file at the project root', () => {
  const files = empty(
    'a.py',
    'b/tests/c.py',
    'x.min.js',
    'f_test.go',
    '.env',
    'vendor',
    'vendor2/x',
    '.hidden/a',
    'target/a',
  );
  expect(kept(files)).toEqual(['a.py', '.env', 'vendor', 'vendor2/x', '.hidden/a', 'target/a']);
  expect(kept({ '.semgrepignore': '', ...files })).toEqual(Object.keys(files));
  expect(kept({ '.lockstepignore': '*.js', ...files })).toEqual(
    Object.keys(files).filter((path) => path !== 'x.min.js'),
  );
  expect(kept({ 'b/.semgrepignore': '!tests/', ...files })).not.toContain('b/tests/c.py');
});

test('an ignored folder cannot be entered again', () => {
  expect(kept({ '.semgrepignore': 'd/\n!d/f.py', ...empty('d/f.py', 'd/g.py') })).toEqual([]);
  expect(kept({ '.semgrepignore': 'd/*\n!d/f.py', ...empty('d/f.py', 'd/g.py') })).toEqual(['d/f.py']);
});

test('the last match counts, and inner files come after outer ones', () => {
  const files = empty('a.js', 's/a.js', 's/b.js', 's/t/b.js');
  expect(kept({ '.semgrepignore': '*.js\n!b.js', ...files })).toEqual(['s/b.js', 's/t/b.js']);
  expect(kept({ '.semgrepignore': '!b.js\n*.js', ...files })).toEqual([]);
  expect(kept({ '.semgrepignore': '*.js', 's/.semgrepignore': '!/b.js', ...files })).toEqual(['s/b.js']);
  expect(
    kept({ '.semgrepignore': '*.js', 's/.semgrepignore': '!b.js', 's/t/.semgrepignore': 'b.js', ...files }),
  ).toEqual(['s/b.js']);
});

test('a whitelist of one file type works in sub-folders', () => {
  const files = empty('a.py', 'a.js', 's/b.py', 's/b.js');
  expect(kept({ '.semgrepignore': '*\n!*/\n!*.py', ...files })).toEqual(['a.py', 's/b.py']);
});

test('both ignore files of a folder are read, ours last', () => {
  const files = empty('a.js', 'b.js');
  expect(kept({ '.semgrepignore': '*.js', '.lockstepignore': '!b.js', ...files })).toEqual(['b.js']);
});

test('included patterns are anchored at the including file', () => {
  const files = { 's/extra': '/a.ts\n*.go', ...empty('a.ts', 's/a.ts', 's/b.go', 't/b.go') };
  expect(kept({ 's/.semgrepignore': ':include extra', ...files })).toEqual(['s/extra', 'a.ts', 't/b.go']);
  expect(kept({ '.semgrepignore': ':include s/extra', ...files })).toEqual(['s/extra', 's/a.ts']);
});

test('--exclude outranks ignore files and has its own !', () => {
  const files = { '.semgrepignore': 'ign.py', ...empty('a.py', 's/a.py', 's/b.py', 's/t/c.py', 'ign.py') };
  const excluding = (...exclude: string[]) => kept(files, { exclude });
  expect(excluding('/s')).toEqual(['a.py']);
  expect(excluding('s/*.py')).toEqual(['a.py', 's/t/c.py']);
  expect(excluding('t/')).toEqual(['a.py', 's/a.py', 's/b.py']);
  expect(excluding('*.py', '!a.py')).toEqual(['a.py', 's/a.py']);
  expect(excluding('!a.py', '*.py')).toEqual([]);
  expect(excluding('!ign.py')).toEqual(['a.py', 's/a.py', 's/b.py', 's/t/c.py']);
});

test('--include keeps a file by its own name or a folder above it, and revives nothing', () => {
  const files = { '.semgrepignore': 'ign.py', ...empty('a.py', 'a.js', 's/a.py', 's/t/b.js', 't/c.py', 'ign.py') };
  const including = (...include: string[]) => kept(files, { include });
  expect(including('*.py')).toEqual(['a.py', 's/a.py', 't/c.py']);
  expect(including('s')).toEqual(['s/a.py', 's/t/b.js']);
  expect(including('s/')).toEqual(['s/a.py', 's/t/b.js']);
  expect(including('./s/')).toEqual(['s/a.py', 's/t/b.js']);
  expect(including('/a.py', 's/t')).toEqual(['a.py', 's/t/b.js']);
  expect(including('t/b.js')).toEqual([]);
  expect(including('**/t')).toEqual(['s/t/b.js', 't/c.py']);
  expect(including('')).toEqual([]);
  expect(kept(files, { include: ['s'], exclude: ['s/t'] })).toEqual(['s/a.py']);
});

test('every reason has its name', () => {
  expect(
    reasons({ '.semgrepignore': 'b', ...empty('a.js', 'b', 'c.js', 'd.py') }, { exclude: ['c.js'], include: ['*.js'] }),
  ).toEqual({
    'a.js': null,
    b: 'semgrepignore_patterns_match',
    'c.js': 'cli_exclude_flags_match',
    'd.py': 'cli_include_flags_do_not_match',
  });
});

test('what an ignore file cannot say is a problem, not a failure', () => {
  const filter = new IgnoreFilter({
    projectRoot: makeFolder({ '.semgrepignore': '[a\n*.js', 's/.semgrepignore/x': '' }),
    ignoreFileNames: ['.semgrepignore'],
    exclude: [],
    include: [],
  });
  expect(filter.reasonToSkipFile('s/a.js')).toBe('semgrepignore_patterns_match');
  expect(filter.problems).toEqual([
    {
      code: 'bad-ignore-pattern',
      level: 'warning',
      subject: '.semgrepignore',
      message: '.semgrepignore:1: the [ is never closed in [a; the line has no effect',
      remedy: '',
    },
  ]);
});

// Git is started 200 times, which takes 2 s, and more than the usual limit where other work goes on.
test('gitignore syntax means what git takes it to mean', { timeout: 60_000 }, () => {
  const names = ['a', 'b', 'ab', 'a.x', '.x', '#a', '!a', 'a b', 'A'];
  const folders = ['', 'a/', 'ab/', 'a/b/', '.x/'];
  const taken = new Set(folders);
  const paths = folders
    .flatMap((folder) => names.map((name) => folder + name))
    .filter((path) => !taken.has(`${path}/`));
  const root = makeFolder();
  git(root, 'init', '--quiet');
  addFiles(root, empty(...paths));

  const piece = fc.constantFrom(
    'a',
    'b',
    'ab',
    '*',
    '?',
    '.x',
    '*.x',
    '[ab]',
    '[!a]',
    '[]a]',
    '[a-b]',
    '\\a',
    '**',
    '#a',
    'a b',
    'A',
  );
  const line = fc
    .tuple(
      fc.constantFrom('', '', '', '!', '\\!', '#', ' '),
      fc.constantFrom('', '', '/', '**/'),
      fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('/')),
      fc.constantFrom('', '', '/', '/**', '/**/', ' ', '\\ ', '\\'),
    )
    .map((parts) => parts.join(''));
  const ignoreFile = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(ignoreFile, ignoreFile, ignoreFile, (top, inA, inAb) => {
      writeFileSync(join(root, '.gitignore'), top);
      writeFileSync(join(root, 'a/.gitignore'), inA);
      writeFileSync(join(root, 'a/b/.gitignore'), inAb);
      const options = { projectRoot: root, ignoreFileNames: ['.gitignore'], exclude: [], include: [] };
      const filter = new IgnoreFilter(options);
      const ours = paths.filter((path) => filter.reasonToSkipFile(path) !== null);
      expect(ours.sort()).toEqual(ignoredByGit(root, paths).sort());
    }),
    { numRuns: 200 },
  );
});

function ignoredByGit(root: string, paths: string[]): string[] {
  try {
    const input = paths.map((path) => `${path}\0`).join('');
    const output = execFileSync('git', ['check-ignore', '-z', '--stdin', '--no-index'], {
      cwd: root,
      input,
      encoding: 'utf8',
    });
    return output.split('\0').filter((path) => path !== '');
  } catch (error) {
    // 1: none of them is ignored.
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}
