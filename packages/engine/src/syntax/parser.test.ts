import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';
import { anyPython } from '../testing/generate-python.ts';
import { python, readWasm } from '../testing/load-engine.ts';
import type { ConcreteTree } from './concrete-tree.ts';

const publicParser = new Parser();
publicParser.setLanguage(await Language.load(readWasm('tree-sitter-python.wasm')));

interface FlatNode {
  type: number;
  start: number;
  end: number;
  field: number;
  next: number;
}

/** What the public cursor says, node by node in pre-order. */
function byPublicCursor(text: string): { nodes: FlatNode[]; hasError: boolean } {
  const tree = publicParser.parse(text);
  if (tree === null) throw new Error('no tree');
  const nodes: FlatNode[] = [];
  const cursor = tree.walk();
  visit(cursor, nodes);
  const hasError = tree.rootNode.hasError;
  cursor.delete();
  tree.delete();
  return { nodes, hasError };
}

function visit(cursor: TreeCursor, nodes: FlatNode[]): void {
  const { nodeTypeId: type, startIndex: start, endIndex: end, currentFieldId: field } = cursor;
  const node = { type, start, end, field, next: 0 };
  nodes.push(node);
  if (cursor.gotoFirstChild()) {
    do visit(cursor, nodes);
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  node.next = nodes.length;
}

function asNodes({ size, type, start, end, field, next }: ConcreteTree): FlatNode[] {
  return Array.from({ length: size }, (_, i) => ({
    type: type[i] ?? -1,
    start: start[i] ?? -1,
    end: end[i] ?? -1,
    field: field[i] ?? -1,
    next: next[i] ?? -1,
  }));
}

function expectSame(text: string): void {
  const flat = python.parser.parse(text);
  expect({ nodes: asNodes(flat), hasError: flat.hasError }).toEqual(byPublicCursor(text));
}

const SAMPLES = fileURLToPath(new URL('../../fixtures/python/', import.meta.url));

describe('the flat tree is what the public cursor says', () => {
  test.each(readdirSync(SAMPLES).filter((name) => name.endsWith('.py')))('%s', (name) => {
    expectSame(readFileSync(SAMPLES + name, 'utf8'));
  });

  test.each(['', '\n', '# only a comment', '\ufeffx = 1\n', 'é = "😀" + b\n', 'a\r\nif b:\r\n\tc\r\n'])(
    '%j',
    expectSame,
  );

  test('generated and damaged code', () => {
    fc.assert(fc.property(anyPython, expectSame), { numRuns: 100 });
  });

  test('more nodes than the arrays hold at first, and few again', () => {
    expectSame('f(a, b)[c].d\n'.repeat(3000));
    expectSame('f(a, b)');
  });
});

test('a tree is not overwritten by the next one', () => {
  const first = python.parser.parse('a = 1');
  const before = asNodes(first);
  python.parser.parse('some_other = call("text")');
  expect(asNodes(first)).toEqual(before);
});

test('the grammar is known by name', () => {
  const { typeNames, isNamed, fieldNames } = python.parser.grammar;
  const call = typeNames.indexOf('call');
  expect([isNamed[call], isNamed[typeNames.indexOf('(')], fieldNames.includes('arguments')]).toEqual([
    true,
    false,
    true,
  ]);
});
