import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pythonProgram } from '../testing/generate-python.ts';
import { lower } from '../testing/load-engine.ts';
import { equalLists, equalNodes } from './equal.ts';
import { Kind, type Node } from './nodes.ts';

function expression(code: string): Node {
  const [statement] = lower(code).root.statements;
  if (statement?.kind !== Kind.ExpressionStatement) throw new Error(`${code} is no expression`);
  return statement.expression;
}

describe('equal', () => {
  test.each([
    ['f(a, b=1)', 'f( a,b = 1 )'],
    ['(a)', 'a'],
    ['0x10', '16'],
    ['1_000', '1000'],
    ['1.0', '1.00'],
    ['"a"', "'a'"],
    ['"a"', '"""a"""'],
    ['"\\n"', '"""\n"""'],
    ['[a for b in c]', '[a  for b in c]'],
    ['lambda x: y', 'lambda x : y'],
    ['2j', '2j'],
    ['99999999999999999999', '99999999999999999999'],
    ['a[1:]', 'a[ 1 : ]'],
  ])('%s and %s', (a, b) => {
    expect(equalNodes(expression(a), expression(b), true)).toBe(true);
  });
});

describe('different', () => {
  test.each([
    ['a', 'b'],
    ['f(a)', 'f(a, b)'],
    ['f(a)', 'f(k=a)'],
    ['f(*a)', 'f(**a)'],
    ['1', '1.0'],
    ['1', 'True'],
    ['"a"', 'b"a"'],
    ['"ab"', '"a" "b"'],
    ['f"a"', '"a"'],
    ['f"{a}"', 'f"{a!r}"'],
    ['[a]', '(a,)'],
    ['a + b', 'a - b'],
    ['a + b', 'b + a'],
    ['a[1:]', 'a[:1]'],
    ['a.b', 'a.c'],
    ['yield a', 'yield from a'],
    ['99999999999999999999', '99999999999999999998'],
  ])('%s and %s', (a, b) => {
    expect(equalNodes(expression(a), expression(b), true)).toBe(false);
  });
});

test('one name of two declarations is equal only where identities do not count', () => {
  const [a, b] = ['x', 'x'].map((name, i): Node => {
    return { ...expression(name), reference: { declaration: i + 1, canonical: null } } as Node;
  });
  if (a === undefined || b === undefined) throw new Error('unreachable');
  expect([equalNodes(a, b, true), equalNodes(a, b, false)]).toEqual([false, true]);
  expect(equalNodes(a, expression('x'), true), 'one of them unresolved').toBe(true);
});

test('a program equals itself read again, and lists of different lengths differ', () => {
  fc.assert(
    fc.property(pythonProgram, (code) => {
      const [first, again] = [lower(code).root.statements, lower(`\n${code}`).root.statements];
      expect(equalLists(first, again, true)).toBe(true);
      expect(equalLists(first, again.slice(1), true)).toBe(again.length === 0);
    }),
  );
});
