import { expect, test } from 'vitest';
import { lower } from '../testing/load-engine.ts';
import { printNode } from '../testing/print-tree.ts';
import { forEachChild, forEachVisibleChild, SHAPES } from './fields.ts';
import { Kind, type Node } from './nodes.ts';

function children(code: string, each: typeof forEachChild): string[] {
  const [statement] = lower(code).root.statements;
  if (statement === undefined) throw new Error('no statement');
  const top = statement.kind === Kind.ExpressionStatement ? statement.expression : statement;
  const found: Node[] = [];
  each(top, (child) => found.push(child));
  return found.map(printNode);
}

/** Statement or expression, and those of its children that expression patterns do not reach (semantics 03 §2). */
test.each([
  ['a.b', ['Ident:b']],
  ['a += 1', ['Operator:+=']],
  ['for a in b: c', ['Name:a']],
  ['with a as b: c', ['Name:b']],
  ['def f(x): y', ['Ident:f']],
  ['class A(B): y', ['Ident:A']],
  ['global a', ['Ident:a']],
  ['import a.b as c', ['(ModulePath [Ident:a Ident:b])', 'Ident:c']],
  ['a: int', ['Name:a']],
  ['a: int = 1', []],
  ['f(a, k=b)', []],
  ['a if b else c', []],
  ['[a for b in c]', []],
])('hidden in %j: %j', (code, hidden) => {
  const visible = children(code, forEachVisibleChild);
  expect(children(code, forEachChild).filter((child) => !visible.includes(child))).toEqual(hidden);
});

test('hidden and body fields are fields of children', () => {
  for (const { children, hidden, body } of Object.values(SHAPES)) {
    expect(children).toEqual(expect.arrayContaining([...hidden, ...body]));
  }
});

test('every kind has a shape', () => {
  expect(Object.keys(SHAPES).map(Number).sort()).toEqual(Object.values(Kind).sort());
});
