import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AliengrepOptions, aliengrepRequirement, compileAliengrep, matchAliengrep } from './aliengrep.ts';
import { readFixtures } from './testing/read-fixtures.ts';
import type { TextMatch } from './text-match.ts';

const DEFAULTS: AliengrepOptions = {
  multiline: true,
  caseless: false,
  braces: null,
  extraBraces: [],
  extraWordCharacters: [],
};

function match(pattern: string, text: string, options: Partial<AliengrepOptions> = {}): TextMatch[] {
  const compiled = compileAliengrep(pattern, { ...DEFAULTS, ...options });
  if (compiled.kind === 'problem') throw new Error(compiled.message);
  return matchAliengrep(compiled, text);
}

interface Case {
  pattern: string;
  options: Partial<AliengrepOptions>;
  text: string;
  matches: [number, number, Record<string, string>][];
}

test.each(readFixtures<Case>('aliengrep'))('as Semgrep: $pattern on $text', ({ pattern, options, text, matches }) => {
  const bindings = (one: TextMatch) => Object.fromEntries([...one.bindings].map(([name, taken]) => [name, taken.text]));
  expect(match(pattern, text, options).map((one) => [one.start, one.end, bindings(one)])).toEqual(matches);
});

describe('what patterns mean', () => {
  const line = { multiline: false };
  test.each<[string, string, string, Partial<AliengrepOptions>, string[]]>([
    ['brackets balance', 'f(...)', 'f(g(1), 2) f(', {}, ['f(g(1), 2)']],
    ['an unpaired bracket is a character', 'a ... z', 'a ( z', {}, ['a ( z']],
    ['what the pattern closes is not crossed', '( a ... b )', '( a ) b )', {}, []],
    ['words are whole', 'foo', 'foo_bar foo-bar', {}, ['foo']],
    ['words can be extended', 'foo', 'foo-bar foo', { extraWordCharacters: ['-'] }, ['foo']],
    ['case can be ignored', '$X = $X', 'a = A', { caseless: true }, ['a = A']],
    ['three dots stay on the line', 'a ... b', 'a x\nb a y b', line, ['a y b']],
    ['four dots leave it', 'a .... b', 'a x\ny b', line, ['a x\ny b']],
    ['dots at the start go back to the line start', '... b', 'x\n a b', line, [' a b']],
    ['or to that of the text', '... b', 'x\n a b', {}, ['x\n a b']],
    ['a newline is one', 'a\nb', 'a b a\nb', line, ['a\nb']],
  ])('%s', (_, pattern, text, options, expected) => {
    expect(match(pattern, text, options).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });
});

test('one name cannot be a word and an ellipsis', () => {
  expect(compileAliengrep('a $X b $...X', DEFAULTS)).toEqual({
    kind: 'problem',
    message: '"$X" and "$...X" cannot stand in one pattern',
  });
});

test('words of a pattern are required', () => {
  const pattern = compileAliengrep('Foo($X)', { ...DEFAULTS, caseless: true });
  if (pattern.kind === 'problem') throw new Error(pattern.message);
  expect(aliengrepRequirement(pattern)).toEqual({
    kind: 'all',
    parts: [{ kind: 'literal', text: 'foo', caseless: true }],
  });
});

test('unbalanced brackets and missing ends cost no more than the text is long', () => {
  expect(match('f(...) end', `${'f( [ { '.repeat(20_000)} end`)).toEqual([]);
  expect(match('a ... b ... end', `${'a b '.repeat(50_000)}endless end_`)).toEqual([]);
});

const token = fc.constantFrom('a', 'b', 'A', '(', ')', '[', ']', '"', 'é', ' ', '\n', '\r\n', '\t', '\v', '-');
const text = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(''));
const node = fc.oneof(token, fc.constantFrom('$X', ' $Y ', '...', ' ... ', '....', '$...Z', '$....W'));
const pattern = fc.array(node, { minLength: 1, maxLength: 8 }).map((nodes) => nodes.join(' '));
const options = fc.record({
  multiline: fc.boolean(),
  caseless: fc.boolean(),
  extraBraces: fc.constantFrom([], [['"', '"'] as [string, string]]),
  extraWordCharacters: fc.constantFrom([], ['-']),
});

test('matches lie inside the text, do not overlap, and hold their bindings', () => {
  fc.assert(
    fc.property(pattern, text, options, (source, subject, chosen) => {
      let last = 0;
      for (const { start, end, bindings } of match(source, subject, chosen)) {
        expect(last <= start && start <= end && end <= subject.length).toBe(true);
        last = end;
        for (const taken of bindings.values()) expect(subject.slice(taken.start, taken.end)).toBe(taken.text);
      }
    }),
    { numRuns: 300 },
  );
});
