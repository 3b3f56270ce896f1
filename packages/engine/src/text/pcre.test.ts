import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Backtracker } from './pcre/backtracker.ts';
import { compileProgram } from './pcre/compile-program.ts';
import { groupBodies } from './pcre/first-set.ts';
import { type CompiledRegex, compileRegex, RegexLimitError } from './pcre.ts';
import { readFixtures } from './testing/read-fixtures.ts';

function compile(source: string, multiline = false): CompiledRegex {
  const regex = compileRegex(source, { multiline });
  if (regex.kind === 'problem') throw new Error(`${source}: ${regex.message}`);
  return regex;
}

/** The ranges of each match and its groups, as the fixtures give them. */
function ranges(regex: CompiledRegex, text: string): ([number, number] | null)[][] {
  return regex.findAll(text).map((match) => {
    const groups = Array.from({ length: regex.syntax.groupCount }, (_, i) => {
      const group = match.groups.find(({ index }) => index === i + 1);
      return group ? ([group.start, group.end] as [number, number]) : null;
    });
    return [[match.start, match.end], ...groups];
  });
}

interface Case {
  pattern: string;
  multiline: boolean;
  text: string;
  matches: ([number, number] | null)[][];
  invalid?: true;
}

describe('as PCRE2', () => {
  const cases = readFixtures<Case>('pcre2');

  test.each(cases.filter((one) => !one.invalid))('$pattern on $text', ({ pattern, multiline, text, matches }) => {
    expect(ranges(compile(pattern, multiline), text)).toEqual(matches);
  });

  test.each(cases.filter((one) => one.invalid))('$pattern is invalid', ({ pattern }) => {
    expect(compileRegex(pattern, { multiline: false })).toMatchObject({ kind: 'problem', unsupported: false });
  });
});

test('problems say what and where', () => {
  const sources = [
    '(a',
    'a)',
    'a**',
    '[z-a]',
    '[\\w-.]',
    '\\i',
    '(?<n>a)\\k<m>',
    '(?<=a+)b',
    '\\p{Foo}',
    '(*UCP)a',
    'a\\C',
  ];
  const problems = sources.map((source) => {
    const problem = compileRegex(source, { multiline: false });
    if (problem.kind !== 'problem') throw new Error(`${source} compiles`);
    return `${source} @${problem.offset}: ${problem.message}`;
  });
  expect(problems).toMatchInlineSnapshot(`
    [
      "(a @0: the parenthesis is not closed",
      "a) @1: unmatched closing parenthesis",
      "a** @2: nothing to repeat before the quantifier",
      "[z-a] @1: the range is out of order",
      "[\\w-.] @1: a range cannot start with a character type",
      "\\i @0: unknown escape \\i",
      "(?<n>a)\\k<m> @7: there is no group "m"",
      "(?<=a+)b @0: an alternative of the look-behind has no fixed length",
      "\\p{Foo} @0: unknown Unicode property "Foo"",
      "(*UCP)a @0: (*UCP) is not supported",
      "a\\C @1: \\C (a single code unit) is not supported",
    ]
  `);
});

test('nearly everything runs on the native engine', () => {
  const native = (source: string) => compile(source).native;
  expect(native('(?i)(?:pass|secret)\\s*=\\s*(["\'])(?<V>.*?)\\1')).toBe(true);
  expect(native('(?>a+)b++\\K(?(DEFINE)(?<n>\\d))(?&n)')).toBe(true);
  expect(native('(\\((?:[^()]|(?1))*\\))')).toBe(false);
  expect(native('(a)?\\1')).toBe(false);
});

describe('patterns that backtrack exponentially', () => {
  const text = `${'a'.repeat(5000)}!`;

  test.each(['(a+)+$', '(a|a)*b', '(a*)*b', '(?:a|aa)+$', '(\\w+\\s?)*;', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    '%s',
    (source) => {
      const regex = compile(source);
      expect(regex.native).toBe(false);
      expect(regex.test(text)).toBe(false);
    },
  );

  test('are told apart from harmless ones', () => {
    const harmless = ['(?:[A-Za-z0-9+/]{4})*', '(\\w+\\.)+', '(?:"[^"]*"|[^"])*', '(?:\\\\.|[^\\\\])*', '(a{2})+'];
    expect(harmless.filter((source) => !compile(source).native)).toEqual([]);
  });

  test('give up where remembering is not possible', () => {
    expect(() => compile('(?:(a+)\\1?)+b\\1').test(`${'a'.repeat(60)}cb`)).toThrow(RegexLimitError);
  });
});

test('a run at the start is searched once', () => {
  const text = 'x'.repeat(200_000);
  expect(compile('[^"]+"y').test(text)).toBe(false);
  expect(compile('(?s).*foo').test(text)).toBe(false);
  expect(ranges(compile('x+?y|x+?z'), 'xxy xz')).toEqual([[[0, 3]], [[4, 6]]]);
  expect(ranges(compile('a*b'), 'aab aab')).toEqual([[[0, 3]], [[4, 7]]]);
  expect(ranges(compile('a*?a'), 'aaa')).toEqual([[[0, 1]], [[1, 2]], [[2, 3]]]);
});

test.each([
  ['a|b', 'abcab', '0-1 1-2'],
  ['b', 'ab', ''],
  ['a?', 'bab', '0-0 1-2 2-2 3-3'],
  ['^a$', 'a\n', '0-1'],
  ['\\Ga', 'aab', '0-1 1-2'],
])('anchored matches of %s on %j follow each other', (source, subject, expected) => {
  const matches = compile(source).matchAnchored(subject);
  expect(matches.map(({ start, end }) => `${start}-${end}`).join(' ')).toBe(expected);
});

test('groups carry number, name and text', () => {
  const [match] = compile("(?<k>\\w+)=(?:(')|(?P<v>\\d+))").findAll('é k=42');
  expect(match).toEqual({
    start: 2,
    end: 6,
    groups: [
      { index: 1, name: 'k', start: 2, end: 3, text: 'k' },
      { index: 3, name: 'v', start: 4, end: 6, text: '42' },
    ],
  });
});

/** Patterns that mean the same to JavaScript (`gsu`) and to PCRE2 (`(?s)`). */
const sharedPattern = fc.letrec<{ pattern: string; atom: string }>((tie) => {
  const char = fc.constantFrom('a', 'b', 'é', '😀', '\\n', '.', '[ab]', '[^a]', '\\d', '\\x41', '-');
  const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '*?', '+?');
  return {
    atom: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(char, quantifier).map(([c, q]) => c + q) },
      fc.tuple(tie('pattern'), fc.constantFrom('(?:', '(')).map(([p, open]) => `${open}${p})`),
      fc.tuple(tie('pattern'), fc.constantFrom('(?=', '(?!')).map(([p, open]) => `${open}${p})`),
    ),
    pattern: fc
      .array(
        fc.array(tie('atom'), { maxLength: 3 }).map((atoms) => atoms.join('')),
        { minLength: 1, maxLength: 2 },
      )
      .map((branches) => branches.join('|')),
  };
}).pattern;

const text = fc
  .array(fc.constantFrom('a', 'b', 'é', '😀', '\n', 'A', '1', '-', 'ab'), { maxLength: 12 })
  .map((t) => t.join(''));

test('finds what JavaScript finds first', () => {
  fc.assert(
    fc.property(sharedPattern, text, (pattern, subject) => {
      const found = new RegExp(pattern, 'su').exec(subject);
      // V8 lets an empty match stand inside a surrogate pair.
      fc.pre(!found || found.index === 0 || !/^[\udc00-\udfff]/.test(subject.slice(found.index)));
      expect(compile(`(?s)${pattern}`).findFirst(subject)).toMatchObject(
        found ? { start: found.index, end: found.index + found[0].length } : {},
      );
    }),
  );
});

test('the native engine and our own matcher agree', () => {
  const pattern = fc
    .tuple(
      fc.constantFrom('', '(?i)', '(?m)', '(?<=a)', '^'),
      sharedPattern,
      fc.constantFrom('', '$', '\\b', '\\K', '++'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      const regex = compileRegex(source, { multiline: true });
      fc.pre(regex.kind === 'regex' && regex.native);
      const own = new Backtracker(compileProgram(regex.syntax, groupBodies(regex.syntax.root)));
      own.reset(subject);
      const first = own.find(0, { anchored: false, notEmpty: false });
      const native = regex.findFirst(subject);
      expect(native && [native.start, native.end]).toEqual(first && [first.start, first.end]);
    }),
  );
});

test('any pattern compiles or is refused, any text is searched', () => {
  const source = fc
    .array(fc.constantFrom(..."ab\\()[]{}?*+|^$.-<>=!:#&1,Pkgx'Q E\n"), { maxLength: 14 })
    .map((c) => c.join(''));
  fc.assert(
    fc.property(source, text, (pattern, subject) => {
      const regex = compileRegex(pattern, { multiline: true });
      if (regex.kind === 'problem') return;
      for (const match of regex.findAll(subject)) {
        expect(match.start).toBeGreaterThanOrEqual(0);
        expect(match.end).toBeGreaterThanOrEqual(match.start);
        expect(match.end).toBeLessThanOrEqual(subject.length);
      }
    }),
    { numRuns: 500 },
  );
});
