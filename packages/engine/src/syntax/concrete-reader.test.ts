import { expect, test } from 'vitest';
import { python } from '../testing/load-engine.ts';
import { ConcreteReader, GrammarIndex } from './concrete-reader.ts';

const { grammar } = python.parser;
const CODES = { call: 1, type: 2, ',': 3, no_such_symbol: 4 };
const index = new GrammarIndex(grammar, CODES);
const { arguments: args, left, name, absent } = index.fields(['arguments', 'left', 'name', 'absent']);

/** A reader, and the first node whose text is `part`. */
function find(text: string, part: string): { read: ConcreteReader; node: number } {
  const tree = python.parser.parse(text);
  const read = new ConcreteReader(tree, text, index);
  let node = 0;
  while (node < tree.size && read.slice(node) !== part) node++;
  expect(node).toBeLessThan(tree.size);
  return { read, node };
}

test('a symbol has the code of its name, the node and the keyword of one name alike', () => {
  const codes = grammar.typeNames.flatMap((typeName, type) => (index.codes[type] === 2 ? [typeName] : []));
  expect(codes).toEqual(['type', 'type']);
});

test('a table by symbol has the value of its name everywhere and nothing elsewhere', () => {
  const table = index.bySymbol({ call: 'c', no_such_symbol: 'n' });
  expect(table.flatMap((value, type) => (value === undefined ? [] : [[grammar.typeNames[type], value]]))).toEqual([
    ['call', 'c'],
  ]);
});

test('parts leave out tokens, comments and line continuations', () => {
  const { read, node } = find('f(a, # why\n  \\\n  *b)', '(a, # why\n  \\\n  *b)');
  expect(read.parts(node).map((part) => read.slice(part))).toEqual(['a', '*b']);
  expect(read.slice(read.firstPart(node))).toBe('a');
  expect(read.slice(read.lastChild(node))).toBe(')');
  expect(read.slice(read.child(node, CODES[',']))).toBe(',');
  expect(read.lonePart(node)).toBe(-1);
});

test.each([
  ['f(a)', 'a'],
  ['f(*a)', '*a'],
  ['f()', undefined],
  ['f(# none\n)', undefined],
])('the first part between the parentheses of %s is %s', (text, part) => {
  const { read, node } = find(text, text);
  const list = read.field(read.lonePart(node + 1), args);
  const first = read.firstPart(list);
  expect(first < 0 ? undefined : read.slice(first)).toBe(part);
});

test('fields are found by number; one that the grammar lacks is filled by no node', () => {
  const { read, node } = find('import a, b as c', 'import a, b as c');
  const statement = node + 1;
  expect(absent).toBe(-1);
  expect(read.fields(statement, name).map((child) => read.slice(child))).toEqual(['a', 'b as c']);
  expect(read.slice(read.field(statement, name))).toBe('a');
  expect(read.field(statement, left)).toBe(-1);
  expect(read.fields(statement, absent)).toEqual([]);
});

test('no node has no children, no name and no code', () => {
  const { read } = find('x', 'x');
  expect([read.parts(-1), read.firstPart(-1), read.field(-1, left), read.typeName(-1), read.isPart(-1)]).toEqual([
    [],
    -1,
    -1,
    '',
    false,
  ]);
});

test.each([
  ['x = 1\n', []],
  ['', []],
  ['f(a\nx = 1\n', ['f(a\nx = 1']],
  ['if a:\n    pass\n)\n', [')']],
])('error spans of %j', (text, spans) => {
  const read = new ConcreteReader(python.parser.parse(text), text, index);
  expect(read.errors().map(({ start, end }) => text.slice(start, end))).toEqual(spans);
});
