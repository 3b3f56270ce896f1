import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseComparison } from './comparison-expression.ts';
import { comparisonHolds } from './comparison-interpreter.ts';
import { bool, float, int, string, type Value } from './comparison-value.ts';

const VALUES: Record<string, Value> = {
  $I: int(5n),
  $F: float(5),
  $H: float(5.5),
  $S: string('ab'),
  $B: bool(true),
  $L: { kind: 'list', items: [int(1n), int(2n)] },
  $C: { kind: 'code', text: 'x.y' },
  $D: string('2020-01-01'),
  '$...A': { kind: 'code', text: '1, 2' },
};
const NOON = new Date(2024, 0, 1, 12).getTime() / 1000;
const SCOPE = { valueOf: (name: string) => VALUES[name] ?? null, now: () => NOON };

function holds(comparison: string, strip = false): boolean {
  const parsed = parseComparison(comparison, strip);
  if (!parsed.ok) throw new Error(`${parsed.message} at ${parsed.offset}`);
  return comparisonHolds(parsed.expression, SCOPE);
}

/** What Semgrep 1.182 makes of them; both a comparison and its negation are false where evaluation fails. */
const COMPARISONS: Record<'holds' | 'false' | 'fails', string[]> = {
  holds: [
    // numbers
    '$I == 5',
    '$I == 5.0',
    '$F == 5',
    '$I == 0x5 and $I == 0b101 and $I == 0o5',
    '0x10 == 16',
    '0o17 == 15',
    '1_0 == 10',
    '1e3 == 1000',
    '$I < 5.1',
    '$H > 5',
    '$I - 1 == 4.0',
    '+5 == 5',
    '-(-5) == 5',
    '~5 == -6',
    '$I / 2 == 2',
    '$F / 2 == 2.5',
    '-7 / 2 == -3',
    '-7 % 3 == -1',
    '$F % 2 == 1',
    '$I ** 2 == 25',
    '-2 ** 2 == -4',
    '2 ** 3 ** 2 == 512',
    '2 ** 63 == -9223372036854775807 - 1',
    '9223372036854775807 + 1 < 0',
    '1 << 64 == 1',
    '-1 >> 1 == -1',
    '$I << 1 == 10',
    '$I & 4 == 4',
    '$I | 2 == 7',
    '$I ^ 1 == 4',
    '1 + 2 * 3 - 4 / 2 == 5',
    // truth
    'True',
    '$B',
    'not not $B',
    'True and True or False',
    'not True == False',
    '(1 == 1) == True',
    'True != 1',
    // strings
    '$S == "ab"',
    "$S == 'ab'",
    '"a" "b" == "ab"',
    '"\\n" == """\n"""',
    '"" in "abc"',
    '$S in "cabd"',
    '"5" != 5',
    '"a" != 5',
    'f"{$S}c" == "abc"',
    'f"{$I}b" == "5b"',
    'f"{$C}" == "x.y"',
    'f"{{{$I}}}" == "{5}"',
    // lists
    '$L == [1, 2]',
    '[$L] == [[1, 2]]',
    '[1, "a"] == [1, "a"]',
    '[1, 2] != [1, 3]',
    '$I in [1, 5]',
    '$I not in [1, 2,]',
    '$F not in [5]',
    '1 in $L',
    'not (1 in [1.0])',
    'not ($I in 5)',
    'not ($I not in 5)',
    'not (5 in "a")',
    // functions
    'int($I) == 5',
    'int("5") == 5',
    'int("0x10") == 16',
    'int("0b11") == 3 and int("0o17") == 15 and int("0u5") == 5',
    'int("1_000") == 1000',
    'int("-5") == -5',
    'int("+5") == 5',
    'int("0777") == 777',
    'int("9223372036854775807") > 5',
    'str($I) == "5"',
    'str($F) == "5."',
    'str(5.0 + 0.5) == "5.5"',
    'str(0.1 + 0.2) == "0.3"',
    'str(1e20) == "1e+20"',
    'str(1e-7) == "1e-07"',
    'str(1e3) == "1000."',
    'str(-5.5) == "-5.5"',
    'str(0.0001) == "0.0001"',
    'str($B) == "true"',
    'str($C) == "x.y"',
    'str(str(5)) == "5"',
    'str($...A) == "1, 2"',
    're.match("a", $S)',
    're.match("", "")',
    're.match("a\\d", "a5")',
    're.match(r"a\\d", "a5")',
    'not re.match("b", $S)',
    're.match(".*b$", str($S)) and not re.match("z", str($S))',
    'today() > 0',
    'strptime($D) < today()',
    'today() - strptime("2024-01-01") == 43200',
    'strptime("2020-1-5") == strptime("2020-01-05")',
    'parse_promql_duration("1h30m") == 5400000',
    'parse_promql_duration("1m1h") == 3660000.0',
    'parse_promql_duration("5ms") == 5',
    'str(parse_promql_duration("1y1w1d")) == "32227200000"',
    // layout
    '$I == 5 # a comment',
    '$I == 1 or\n  $I == 5',
    '($I ==\n 5)',
  ],
  false: [
    '$I == 6',
    '"5" == 5',
    'True == 1',
    '$F in [5]',
    '$I not in 5',
    '5 in "a"',
    '$S == "abc"',
    'False',
    're.match("b", "ab")',
    'str(1) == "1."',
    '"\\x41" == "A"',
  ],
  fails: [
    // types
    '$I',
    'not 1',
    '$S > 5',
    '"a" < "b"',
    'True < False',
    '$S + "b" == "abb"',
    '-"a" == 1',
    '~5.0 == 1',
    '1 and True',
    '1.0 << 2 == 4',
    // code of unknown value
    '$C == $C',
    '$C in [1]',
    '$I in [1, $C]',
    '-$C == 1',
    '$C',
    // what is not bound, and what else is evaluated all the same
    '$Y == 1 or 1 == 1',
    '1 == 1 or $C > 1',
    'str($Y) == "x"',
    // numbers
    '1 / 0 == 0',
    '1 % 0 == 0',
    '2 ** -1 == 0',
    '99999999999999999999 == 99999999999999999999',
    '1 < 99999999999999999999',
    '5j == 5',
    // functions
    'int(5.0) == 5',
    'int(True) == 1',
    'int("") == 0',
    'int(" 5") == 5',
    'int("0b12") == 1',
    'int("99999999999999999999") == 5',
    'int("ff") == 255',
    'int("5", 10) == 5',
    'str([1]) == "[1]"',
    'f"{$L}" == "[1, 2]"',
    're.match("5", 5)',
    're.match($S, "ab")',
    're.search("5", "5")',
    'strptime("2020-02-30") > 0',
    'strptime(" 2020-01-05") > 0',
    'strptime("2020-01-05T00:00:00") > 0',
    'parse_promql_duration("1.5h") > 0',
    'parse_promql_duration("") > 0',
    'float(5) == 5',
    'len("a") == 1',
    'today(1) > 0',
    // the rest of Python
    '1 < $I < 9',
    '1 < 2 == True',
    '$I // 2 == 2',
    '$I is 5',
    '$I is not None',
    'None',
    'not None',
    '$I == None',
    '$I in (1, 5)',
    '1, 2',
    '1 if $I > 1 else 0',
    '5 == 5 if True else 6',
    '$S.lower() == "ab"',
    '$S[0] == "a"',
    '$S[1:2] == "a"',
    '{1: 2} == {1: 2}',
    '{5} == {5}',
    '(lambda: 1) == 1',
    '[x for x in [1]] == [1]',
    'f"{$I!r}" == "5"',
    'f"{$I:5}" == "5"',
    'b"a" == "a"',
    'x == "x"',
    'str(x) == "x"',
    'print("a", end="") == 5 or True',
    'f(*a, **b) == 1',
    '(y := 5) == 5',
    '()  == ()',
  ],
};

describe('comparisons', () => {
  test.each(COMPARISONS.holds)('%s holds', (comparison) => {
    expect(holds(comparison)).toBe(true);
  });

  test.each(COMPARISONS.false)('%s is false', (comparison) => {
    expect([holds(comparison), holds(`not (${comparison})`)]).toEqual([false, true]);
  });

  test.each(COMPARISONS.fails)('%j fails', (comparison) => {
    expect([holds(comparison), holds(`not (${comparison})`)]).toEqual([false, false]);
  });

  test('strip reads every metavariable as an integer', () => {
    VALUES['$N'] = string('0x10');
    expect(holds('$N == 16', /* strip */ true)).toBe(true);
    expect(holds('$N == 16')).toBe(false);
    expect(holds('$F == 5', /* strip */ true)).toBe(false);
    expect(holds('int($N) == 16', /* strip */ true)).toBe(true);
  });
});

test.each([
  ['', 'a value is missing', 0],
  ['$I >', 'a value is missing', 4],
  ['$I == 1\n$I == 2', 'the expression should end here', 8],
  ['$1 > 5', '$1 is not allowed in a comparison; name the group, as in (?<NAME>…)', 0],
  ['$x > 5', '$x is not a metavariable; they are written in capitals', 0],
  ['($I > 5', '`)` is missing', 7],
  ['[1, 2', '`,` is missing', 5],
  ['$I ? 5', 'this is not part of a Python expression', 3],
  ['$I == "a', 'this is not part of a Python expression', 6],
  ['$I not 5', '`in` is missing after `not`', 7],
  ['1 if $I', '`else` is missing', 7],
  ['re.match("[", $S)', 'invalid regular expression: the character class is not closed', 9],
  ['f"{1 +}" == 2', 'a value is missing', 0],
  ['f"{1" == 2', 'a brace of the f-string has no partner', 0],
  ['('.repeat(200), 'the expression is nested too deeply', 100],
])('%j is a syntax error', (comparison, message, offset) => {
  expect(parseComparison(comparison, false)).toEqual({ ok: false, message, offset });
});

test('what a comparison does not know is listed', () => {
  expect(parseComparison('$X // 2 == len($Y) or $Z.a is None or $X // 3 == 1', false)).toMatchObject({
    unsupported: ['`//`', '`len(…)`', 'an attribute', '`None`', '`is`'],
  });
});

const words = fc.constantFrom(
  ...['$I', '$S', '$L', '$C', '$Y', '1', '0', '2.5', '"a"', 'f"{$I}"', 'True', 'x', '(', ')', '[', ']', ',', '{', '}'],
  ...['and', 'or', 'not', 'in', 'is', 'if', 'else', 'for', 'lambda', '+', '-', '*', '/', '%', '**', '//', '<<', '>>'],
  ...['&', '|', '^', '~', '==', '!=', '<', '>=', '.', ':', ':=', '=', 'int(', 'str(', 're.match("a",', 'today()'],
);

test('never throws, whatever the text', () => {
  const check = (text: string): void => {
    const parsed = parseComparison(text, false);
    if (parsed.ok) comparisonHolds(parsed.expression, SCOPE);
    else expect(parsed.offset).toBeLessThanOrEqual(text.length);
  };
  fc.assert(fc.property(fc.array(words, { maxLength: 12 }), (parts) => check(parts.join(' '))));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), check));
  fc.assert(fc.property(fc.integer({ min: 1, max: 1500 }), (n) => check(Array(n).fill('1').join('+'))));
});
