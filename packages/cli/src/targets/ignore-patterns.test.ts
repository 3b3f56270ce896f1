import { expect, test } from 'vitest';
import { matchesIgnorePattern, parseIgnoreFile } from './ignore-patterns.ts';

const noIncludes = () => null;

/** Of the given files, those that the ignore file's patterns match, taken one by one, negation aside. */
function matched(text: string, paths: string[]): string[] {
  const { patterns } = parseIgnoreFile(text, noIncludes);
  return paths.filter((path) => {
    const subject = { names: path.replace(/\/$/, '').split('/'), isFolder: path.endsWith('/') };
    return patterns.some((pattern) => matchesIgnorePattern(pattern, subject));
  });
}

// Folders end with a slash.
test.each<[string, string[], string[]]>([
  ['a.py', ['a.py', 's/a.py', 's/a.py/'], ['b.py']],
  ['/a.py', ['a.py'], ['s/a.py']],
  ['s/a.py', ['s/a.py'], ['t/s/a.py']],
  ['./a.py', ['a.py'], ['s/a.py']],
  ['d/', ['d/', 's/d/'], ['d']],
  ['/d/', ['d/'], ['s/d/', 'd']],
  ['s/d/', ['s/d/'], ['t/s/d/', 's/d']],
  ['**/s/d', ['s/d', 't/s/d'], ['s/x/d']],
  ['s/**', ['s/x', 's/x/y'], ['s', 's/', 't/s/x']],
  ['**/', ['a/', 'a/b/'], ['a', 'a/b']],
  ['\\#a', ['#a'], ['\\#a']],
  ['\\!a', ['!a'], ['a']],
  ['\\:include x', [':include x'], []],
  [':foo', [':foo'], ['foo']],
  ['#a', [], ['#a', 'a']],
  ['a#b', ['a#b'], ['a']],
  ['a  ', ['a'], ['a  ']],
  ['a\\ ', ['a '], ['a']],
  ['a\\\\ ', ['a\\'], ['a\\ ']],
  [' a', [' a'], ['a']],
  ['\uFEFF*.js', ['a.js'], []],
  ['*.js\r\n*.ts\r\n', ['a.js', 'b.ts'], []],
  ['\n\n/\n!\n', [], ['a', '/', '!']],
])('%j', (text, matching, others) => {
  expect(matched(text, [...matching, ...others])).toEqual(matching);
});

test('a bad line is reported and left out, the others count', () => {
  expect(parseIgnoreFile('*.js\n[a.py\nb\\', noIncludes)).toMatchObject({
    patterns: [{ source: '*.js' }],
    problems: [
      { line: 2, source: '[a.py', message: 'the [ is never closed' },
      { line: 3, source: 'b\\', message: 'the final \\ escapes nothing' },
    ],
  });
});

test('included patterns stand where the include stands; an include in an included file is a pattern', () => {
  const files: Record<string, string> = { 'sub/extra': '*.ts\n!a.ts\n:include more\n', more: '*.py' };
  const { patterns } = parseIgnoreFile(
    '*.js\n:include  sub/extra  \n:include missing\n*.go',
    (name) => files[name] ?? null,
  );
  expect(patterns.map((pattern) => pattern.source)).toEqual(['*.js', '*.ts', '!a.ts', ':include more', '*.go']);
});
