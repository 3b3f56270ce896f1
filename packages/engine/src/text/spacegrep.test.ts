import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchSpacegrep, parseSpacegrepDocument, parseSpacegrepPattern, spacegrepRequirement } from './spacegrep.ts';
import { readFixtures } from './testing/read-fixtures.ts';
import type { TextMatch } from './text-match.ts';

function match(pattern: string, text: string, maxSpan = 10): TextMatch[] {
  const parsed = parseSpacegrepPattern(pattern);
  if (parsed.kind === 'problem') throw new Error(parsed.message);
  return matchSpacegrep(parsed, parseSpacegrepDocument(text), { maxSpan });
}

/** The matched pieces of the text. */
function pieces(pattern: string, text: string): string[] {
  return match(pattern, text).map(({ start, end }) => text.slice(start, end));
}

interface Case {
  pattern: string;
  options: { maxSpan?: number };
  text: string;
  matches: [number, number, Record<string, string>][];
}

test.each(readFixtures<Case>('spacegrep'))('as Semgrep: $pattern on $text', ({ pattern, options, text, matches }) => {
  const found = match(pattern, text, options.maxSpan);
  const bindings = (one: TextMatch) => Object.fromEntries([...one.bindings].map(([name, taken]) => [name, taken.text]));
  expect(found.map((one) => [one.start, one.end, bindings(one)])).toEqual(matches);
});

describe('what patterns mean', () => {
  test.each<[string, string, string, string[]]>([
    ['words are whole', 'foo', 'foo foobar foo_bar foo-bar', ['foo', 'foo']],
    ['blanks and newlines are free', 'f ( x )', 'f(x)\nf (\nx )', ['f(x)', 'f (\nx )']],
    ['a metavariable is one word', 'k = $X', 'k = v\nk = "v"', ['k = v']],
    ['dots take little and do not see brackets', 'f(...)', 'f(g(1), 2)', ['f(g(1)']],
    ['a match stays in the block of its first token', 'a c', '(a) c\n  a\nc', []],
    ['and may enter others', 'a b c', 'a (b) c\na\n  b\nc', ['a\n  b\nc']],
    ['four dots are dots', 'a .... b', 'a ... b\na .... b', ['a .... b']],
    ['an indented block is matched whole', 'a:\n  b', 'a:\n  b\na:\n  b\n  c', ['a:\n  b']],
    ['unless it ends with dots', 'a:\n  b\n  ...', 'a:\n  b\n  c', ['a:\n  b\n  c']],
    ['bigger first letters make a name', 'f $Foo', 'f bar', ['f bar']],
    ['other dollars do not', 'f $foo $_', 'f bar $_\nf $foo $_', ['f $foo $_']],
  ])('%s', (_, pattern, text, expected) => {
    expect(pieces(pattern, text)).toEqual(expected);
  });
});

test('adjacent named ellipses are refused', () => {
  expect(parseSpacegrepPattern('a $...X $...Y')).toEqual({
    kind: 'problem',
    message: '"$...X" cannot be followed by "$...Y"',
  });
});

test('words of a pattern are required', () => {
  const pattern = parseSpacegrepPattern('foo $X bar ... if');
  if (pattern.kind === 'problem') throw new Error(pattern.message);
  expect(spacegrepRequirement(pattern)).toEqual({
    kind: 'all',
    parts: [
      { kind: 'literal', text: 'foo', caseless: false },
      { kind: 'literal', text: 'bar', caseless: false },
    ],
  });
});

test('many dots over many lines do not multiply', () => {
  const text = `${Array.from({ length: 400 }, (_, i) => `a b c d ${i % 7}`).join('\n')}${'\n'.repeat(15)}end`;
  expect(match('$A ... $B ... $C ... $D ... end', text)).toEqual([]);
  expect(match('a ... $X ... b ... $X ... c ... end', text)).toEqual([]);
});

const token = fc.constantFrom('a', 'b', '(', ')', '[', ']', '.', 'é', '😀', ' ', '\n', '\n  ', '\n    ', '\r\n', '\t');
const text = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(''));
const step = fc.oneof(token, fc.constantFrom('$X', ' $Y ', '...', ' ... ', '$...X', '$x', '....'));
const pattern = fc.array(step, { maxLength: 8 }).map((steps) => steps.join(' '));

test('ranges lie inside the text, share no end, and hold their bindings', () => {
  fc.assert(
    fc.property(pattern, text, fc.nat(4), (source, subject, maxSpan) => {
      const parsed = parseSpacegrepPattern(source);
      if (parsed.kind === 'problem') return;
      const matches = matchSpacegrep(parsed, parseSpacegrepDocument(subject), { maxSpan });
      for (const { start, end, bindings } of matches) {
        expect(0 <= start && start <= end && end <= subject.length).toBe(true);
        for (const taken of bindings.values()) expect(subject.slice(taken.start, taken.end)).toBe(taken.text);
      }
      const ends = matches.filter(({ start, end }) => end > start).map(({ end }) => end);
      expect(new Set(ends).size).toBe(ends.length);
    }),
    { numRuns: 300 },
  );
});

test('a text without metavariables matches itself', () => {
  const words = fc.array(fc.constantFrom('foo', 'bar', '=', ';', '1', '\n', '\n  '), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(words, (parts) => {
      const subject = parts.join(' ').trim();
      fc.pre(subject !== '');
      expect(pieces(subject, subject)).toContain(subject);
    }),
  );
});
