import fc from 'fast-check';

/**
 * Python of any shape for property tests: programs out of a small grammar, which parse but for the odd construct that
 * Python forbids where it stands, and what is left of such programs after the damage that files suffer.
 */

const NAMES = ['a', 'b', 'd', 'a.b.c', 'os', 'os.system', 'self.x', 'f', 'g', 'request', 'é', 'X', '_'];
const LITERALS = [
  '0',
  '42',
  '0x1F',
  '1_000',
  '99999999999999999999',
  '1.5',
  '2j',
  '"s"',
  "'%s'",
  'b"b"',
  'r"\\d"',
  '"""t"""',
  '"a" "b"',
  'True',
  'None',
  '...',
];
const OPERATORS = ['+', '-', '*', '%', '//', '@', '|', '&', '==', '!=', '<', 'in', 'not in', 'is not', 'and', 'or'];

export const pythonName = fc.constantFrom(...NAMES);
const identifier = fc.constantFrom('a', 'b', 'f', 'g', 'x', 'Foo');
const operator = fc.constantFrom(...OPERATORS);

interface Syntax {
  expression: string;
  arguments: string;
  clause: string;
  statement: string[];
  body: string[];
}

const hole = fc.constantFrom('a', 'b.c', 'f(a, k=1)', "'s'", 'g(x for x in a)', 'lambda: 0');
const parameters = fc
  .uniqueArray(fc.constantFrom('a', 'b: int', 'c=1', 'd: str = "s"', '*e', '**f', '*', '/'), { maxLength: 4 })
  .map((items) => items.join(', '));
const target = fc.constantFrom('a', 'self.x', 'a["k"]', 'a, b', '(a, *b)', '[a, os.system]', 'a = b', 'a: Foo');
const decorators = fc.constantFrom<string[]>(['@a'], ['@f(1)'], ['@os.system'], ['@a.b(x, k=0)', '@g']);
const casePattern = fc.constantFrom('_', '1 | 2', '[a, *b]', 'Foo(x=1) as c', '{"k": v}', 'a if b', 'os.x');

function line(...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string[]> {
  return fc.tuple(...parts).map((texts) => [texts.join('')]);
}

const word = fc.constant<string>;

function indented(lines: readonly string[]): string[] {
  return lines.map((text) => `    ${text}`);
}

/** A header and its body. `leaf` is what stands for an expression or a statement that goes no deeper. */
function compound(header: fc.Arbitrary<string>, body: fc.Arbitrary<string[]>): fc.Arbitrary<string[]> {
  return fc.tuple(header, body).map(([head, lines]) => [head, ...indented(lines)]);
}

function joined(...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((texts) => texts.join(''));
}

/**
 * The grammar over the given leaves: `leaves` besides names and literals (`$X`, `...`), `statements` besides those of
 * Python.
 */
export function pythonSyntax(
  leaves: readonly string[] = [],
  statements: readonly string[] = [],
): {
  expression: fc.Arbitrary<string>;
  lines: fc.Arbitrary<string[]>;
} {
  const leaf = fc.oneof(
    pythonName,
    fc.constantFrom(...LITERALS),
    ...(leaves.length === 0 ? [] : [{ arbitrary: fc.constantFrom(...leaves), weight: 3 }]),
  );
  const { expression, body } = fc.letrec<Syntax>((tie: fc.LetrecTypedTie<Syntax>) => {
    const e = tie('expression');
    const block = tie('body');
    const list = fc.array(e, { minLength: 1, maxLength: 3 }).map((items) => items.join(', '));
    const expression = fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { arbitrary: leaf, weight: 12 },
      joined(e, word('('), tie('arguments'), word(')')),
      joined(e, word('.'), identifier),
      joined(e, fc.constantFrom('[', '[1:', '[::'), e, word(']')),
      joined(word('('), e, word(' '), operator, word(' '), e, word(')')),
      joined(fc.constantFrom('not ', '-', '~', 'await '), e),
      joined(word('['), list, fc.constantFrom(']', ', *a]')),
      joined(word('('), list, word(',)')),
      joined(word('{'), e, word(': '), e, fc.constantFrom('}', ', **a}')),
      joined(word('['), e, tie('clause'), word(']')),
      joined(word('f('), e, tie('clause'), word(')')),
      joined(word('f"x {'), hole, fc.constantFrom('', '!r', ':>3', '='), word('}"')),
      joined(word('('), e, word(' if '), e, word(' else '), e, word(')')),
      joined(word('(lambda '), identifier, word(': '), e, word(')')),
      joined(word('('), identifier, word(' := '), e, word(')')),
    );
    const argument = fc.oneof(e, joined(identifier, word('='), e), joined(fc.constantFrom('*', '**'), e));
    const simple = fc.oneof(
      line(e),
      line(target, word(' = '), e),
      line(identifier, fc.constantFrom(': int = ', ' += ', ' = a = '), e),
      line(fc.constantFrom('return ', 'raise ', 'assert ', 'del ', 'yield ', 'print '), e),
      line(fc.constantFrom('pass', 'break', 'import os', 'from a.b import c as d', 'from os import *', 'global a')),
      ...(statements.length === 0 ? [] : [line(fc.constantFrom(...statements))]),
    );
    const statement = fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { arbitrary: simple, weight: 8 },
      compound(joined(word('if '), e, word(':')), block),
      compound(joined(fc.constantFrom('for a in ', 'async for a, b in ', 'while '), e, word(':')), block),
      compound(joined(fc.constantFrom('with ', 'async with '), e, fc.constantFrom(':', ' as a:')), block),
      compound(joined(fc.constantFrom('def f', 'async def g', 'def Foo'), word('('), parameters, word('):')), block),
      compound(joined(word('class A('), e, word('):')), block),
      fc
        .tuple(compound(word('try:'), block), compound(joined(word('except '), e, word(' as a:')), block))
        .map(([a, b]) => [...a, ...b]),
      fc.tuple(decorators, compound(word('def f(a, b=1):'), block)).map(([a, b]) => [...a, ...b]),
      compound(joined(word('match '), e, word(':')), compound(joined(word('case '), casePattern, word(':')), block)),
    );
    return {
      expression,
      arguments: fc.array(argument, { maxLength: 3 }).map((items) => items.join(', ')),
      clause: joined(word(' for a in '), e, fc.constantFrom('', ' if a', ' for b in a')),
      statement,
      body: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((parts) => parts.flat()),
    };
  });
  return { expression, lines: body };
}

const python = pythonSyntax();

/** A program of a few statements. */
export const pythonProgram: fc.Arbitrary<string> = fc
  .array(python.lines, { minLength: 1, maxLength: 4 })
  .map((parts) => `${parts.flat().join('\n')}\n`);

/** One piece of damage; `at` and `to` are fractions of the text's length. */
interface Damage {
  kind: 'delete' | 'duplicate' | 'swap' | 'insert' | 'truncate';
  unit: 'token' | 'line';
  at: number;
  to: number;
  text: string;
}

const NASTY = [
  '(',
  ')',
  '"""',
  "'",
  '\\',
  '\t',
  '\0',
  '\r',
  '\ufeff',
  '\ud800',
  '😀',
  '\u2028',
  '$X',
  '...',
  '#',
  ':=',
  '{',
  '`',
  '\n\n',
];

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('delete', 'duplicate', 'swap', 'insert', 'truncate'),
  unit: fc.constantFrom('token', 'line'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  text: fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 })),
});

/** Tokens with the blanks before them, or lines; joined they are the text again. */
function unitsOf(text: string, unit: Damage['unit']): string[] {
  return (unit === 'line' ? text.match(/[^\n]*\n|[^\n]+/g) : text.match(/\s*([\p{L}\p{N}_]+|.)|\s+/gsu)) ?? [];
}

function apply(text: string, { kind, unit, at, to, text: inserted }: Damage): string {
  const units = unitsOf(text, unit);
  const from = Math.floor(at * units.length);
  const other = Math.floor(to * units.length);
  const [first, second] = [units[from] ?? '', units[other] ?? ''];
  switch (kind) {
    case 'delete':
      units.splice(from, 1);
      break;
    case 'duplicate':
      units.splice(from, 0, first);
      break;
    case 'swap':
      if (from < units.length && other < units.length) [units[from], units[other]] = [second, first];
      break;
    case 'insert':
      units.splice(from, 0, inserted);
      break;
    case 'truncate':
      units.length = from;
  }
  return units.join('');
}

/** Damages a text a few times. */
export function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.array(damage, { minLength: 1, maxLength: 6 }))
    .map(([whole, pieces]) => pieces.reduce(apply, whole));
}

/** Programs, most of them damaged. */
export const anyPython: fc.Arbitrary<string> = fc.oneof(
  pythonProgram,
  { arbitrary: damaged(pythonProgram), weight: 3 },
  fc.string({ unit: 'binary', maxLength: 60 }),
);
