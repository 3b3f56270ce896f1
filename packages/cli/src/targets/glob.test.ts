import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchSegments, parseGlob } from './glob.ts';

function matches(glob: string, path: string): boolean {
  const parsed = parseGlob(glob);
  if (!parsed.ok) throw new Error(parsed.message);
  return matchSegments(parsed.glob.segments, path.split('/'));
}

test.each([
  // glob, matches, does not match
  ['a.py', ['a.py'], ['b.py', 'x/a.py', 'a.py/x', 'A.py']],
  ['*.py', ['a.py', '.py', 'a b.py', 'new\nline.py'], ['a.pyc', 'x/a.py']],
  ['a*b*c', ['abc', 'aXbYc', 'abbbcc'], ['ab', 'acb', 'a/bc']],
  ['?.py', ['a.py', 'é.py', '😀.py'], ['.py', 'ab.py', '/.py']],
  ['[a-c]x', ['ax', 'bx', 'cx'], ['dx', 'x', '-x']],
  ['[!a-c]x', ['dx', '😀x'], ['ax', 'x']],
  ['[^a]x', ['bx'], ['ax']],
  ['[]a]x', [']x', 'ax'], ['bx']],
  ['[!]a]x', ['bx'], [']x', 'ax']],
  ['[a-]x', ['ax', '-x'], ['bx']],
  ['[a\\-c]x', ['ax', '-x', 'cx'], ['bx']],
  ['[a/b]x', ['ax', 'bx'], ['a/bx']],
  ['{a,b}', ['{a,b}'], ['a', 'b']],
  ['+(a)', ['+(a)'], ['a', 'aa']],
  ['st\\*r', ['st*r'], ['star', 'st\\*r']],
  ['\\[x\\]', ['[x]'], ['x']],
  ['a\\\\b', ['a\\b'], ['ab']],
  ['**/x', ['x', 'a/x', 'a/b/x'], ['xx', 'a/x/b']],
  ['a/**', ['a/x', 'a/b/x'], ['a', 'b/a/x']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'ab', 'a/b/c']],
  ['**/a/**/b/*.py', ['a/b/x.py', 'q/a/a/c/b/x.py'], ['a/b/c/x.py', 'b/a/x.py']],
  ['**', ['a', 'a/b'], []],
  ['***/x', ['b/x'], ['x', 'b/c/x']],
  ['x**y', ['xy', 'xaby'], ['xa/by']],
  ['//a', ['a'], ['b/a']],
  ['a//b', ['a/b'], ['a/x/b']],
  ['./a', ['a'], ['x/a']],
])('%s', (glob, matching, others) => {
  expect(matching.filter((path) => !matches(glob, path))).toEqual([]);
  expect(others.filter((path) => matches(glob, path))).toEqual([]);
});

test.each([
  ['[a', 'the [ is never closed'],
  ['[]', 'the [ is never closed'],
  ['[!]', 'the [ is never closed'],
  ['[a\\]', 'the [ is never closed'],
  ['x[z-a]', 'the range z-a runs backwards'],
  ['a\\', 'the final \\ escapes nothing'],
])('%s is refused: %s', (glob, message) => {
  expect(parseGlob(glob)).toEqual({ ok: false, message });
});

test('a hostile pattern does not hang', () => {
  const name = 'a'.repeat(200);
  expect(matches(`${'*a'.repeat(60)}b`, name)).toBe(false);
  expect(matches(`${'**/a/'.repeat(60)}b`, Array(200).fill('a').join('/'))).toBe(false);
});

test('matching agrees with a regular expression for the same glob', () => {
  const part = fc.constantFrom('a', 'b', 'c', '*', '?', '[ab]', '[!a]');
  const globSegment = fc.oneof(
    { weight: 1, arbitrary: fc.constant('**') },
    { weight: 3, arbitrary: joined(part, 1, 4) },
  );
  const path = fc.array(joined(fc.constantFrom('a', 'b', 'c'), 1, 4), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(globSegment, { minLength: 1, maxLength: 4 }), path, (segments, names) => {
      const expected = new RegExp(`^${regexOf(segments)}$`).test(names.join('/'));
      expect(matches(segments.join('/'), names.join('/'))).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

function joined(part: fc.Arbitrary<string>, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(part, { minLength, maxLength }).map((parts) => parts.join(''));
}

function regexOf(segments: string[]): string {
  let regex = '';
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '**') regex += isLast ? '.+' : '(?:[^/]+/)*';
    else
      regex += segment
        .replace(/\*+/g, '[^/]*')
        .replace(/\?/g, '[^/]')
        .replace(/\[!a\]/g, '[^a/]');
    if (!isLast && segment !== '**') regex += '/';
  }
  return regex;
}
