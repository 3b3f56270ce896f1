import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allNodes } from '../../testing/find-nodes.ts';
import { anyPython, pythonProgram } from '../../testing/generate-python.ts';
import { lower } from '../../testing/load-engine.ts';
import { kindName, printNode, printTree } from '../../testing/print-tree.ts';
import { forEachChild, SHAPES } from '../../tree/fields.ts';
import { Kind, type Node, type Tree } from '../../tree/nodes.ts';

const FOLDER = new URL('../../../fixtures/python/', import.meta.url);
const SAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.py'));

function sample(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, FOLDER)), 'utf8');
}

test.each(SAMPLES)('the uniform tree of %s', async (name) => {
  const snapshot = fileURLToPath(new URL(name.replace(/py$/, 'tree'), FOLDER));
  await expect(`${printTree(lower(sample(name)))}\n`).toMatchFileSnapshot(snapshot);
});

/** Code, and the source of every node of a kind: what a finding on it would report (semantics 03 §1). */
const RANGES: [code: string, kind: keyof typeof Kind, sources: string[]][] = [
  ['(a)', 'Name', ['(a)']],
  ['((a) + b)', 'Operation', ['((a) + b)']],
  ['f(((a)))', 'Name', ['f', '((a))']],
  ['x = (yield a)', 'Yield', ['yield a']],
  ['(a, b)', 'Container', ['(a, b)']],
  ['a, b = c,', 'Container', ['a, b', 'c,']],
  ['f(x for x in y)', 'Comprehension', ['x for x in y']],
  ['(x for x in y)', 'Comprehension', ['(x for x in y)']],
  ['a < b < c', 'Other', ['< b < c']],
  ['del a, b', 'Delete', ['a, b']],
  ['raise A from b', 'Raise', ['raise A']],
  ['raise', 'Raise', ['raise']],
  ['with a as b, c: d', 'With', ['a as b, c: d', 'c: d']],
  ['async def f():\n  async with a: b', 'With', ['a: b']],
  ['async def f():\n  async for a in b: c', 'For', ['for a in b: c']],
  ['for a in b: c\nelse: d', 'For', ['for a in b: c']],
  ['while a: b\nelse: c', 'While', ['while a: b']],
  ['if a: b\nelif c: d\nelse: e', 'If', ['if a: b\nelif c: d\nelse: e', 'elif c: d\nelse: e']],
  ['@a\n@b.c(1)\ndef f(): pass', 'Function', ['@a\n@b.c(1)\ndef f(): pass']],
  ['@a\n@b.c(1)\nclass D: pass', 'Decorator', ['@a', '@b.c(1)']],
  ['@a\ndef f(): pass', 'Call', ['a']],
  ['import a, b.c as d', 'Import', ['import a', 'import a, b.c as d']],
  ['from a import (b, c)', 'ImportFrom', ['from a import (b, c']],
  ['def f():\n  global a, b', 'ScopeDeclaration', ['global a', 'global a, b']],
  ['type A = b', 'Other', ['A = b']],
  ['def f():\n  a  # comment\n\n\nb', 'Function', ['def f():\n  a']],
  ['"a" \\\n  "b"', 'Concat', ['"a" \\\n  "b"']],
  ['f"a{b!r:>{c}}d"', 'Str', ['a', 'd']],
  ['f"a{b!r:>{c}}d"', 'Hole', ['{b!r:>{c}}', '{c}']],
  ['x: int = 1', 'Assign', ['x: int = 1']],
  ['(x := 1)', 'Assign', ['(x := 1)']],
  ['print a', 'Call', ['print a']],
];

test.each(RANGES)('range in %j of every %s', (code, kind, sources) => {
  const nodes = allNodes(lower(code)).filter((node) => node.kind === Kind[kind]);
  const ranges = nodes.map(({ start, end }) => code.slice(start, end));
  expect(ranges.sort()).toEqual([...sources].sort());
});

/** Expressions and what they become. */
const EXPRESSIONS: [code: string, tree: string][] = [
  ['a and b and c', '(Operation Operator:and [Name:a Name:b Name:c])'],
  ['(a and b) and c', '(Operation Operator:and [(Operation Operator:and [Name:a Name:b]) Name:c])'],
  ['a + b + c', '(Operation Operator:+ [(Operation Operator:+ [Name:a Name:b]) Name:c])'],
  ['a is not b', '(Operation Operator:is not [Name:a Name:b])'],
  ['a <> b', '(Operation Operator:!= [Name:a Name:b])'],
  ['{1: 2, **a}', '(Container:dict [(Container:tuple [Int:1 Int:2]) (Spread:** Name:a)])'],
  ['a[1, b]', '(Index Name:a (Container:tuple [Int:1 Name:b]))'],
  ['a[1:2, b]', '(Other:subscripts [(Index Name:a (Slice Int:1 Int:2 -)) (Index Name:a Name:b)])'],
  ['a[b,]', '(Index Name:a (Container:tuple [Name:b]))'],
  ['a if b else c', '(Conditional Name:a Name:b Name:c)'],
  ['0x10', 'Int:16:0x10'],
  ['99999999999999999999', 'Int:null:99999999999999999999'],
  ['1e3', 'Float:1000:1e3'],
  ['2J', 'Float:NaN:2J'],
  ['rb"\\d"', 'Str:rb:"\\\\d"'],
  ['"a\\tb"', 'Str:"a\\tb"'],
  ['"\\x41"', 'Str:"\\\\x41"'],
  ['...', 'Name:...'],
];

test.each(EXPRESSIONS)('%s becomes %s', (code, expected) => {
  const [statement] = lower(code).root.statements;
  expect(statement?.kind === Kind.ExpressionStatement && printNode(statement.expression)).toBe(expected);
});

/** Children that lie outside of their parent's range, as the reference reports it. */
function isOutside(parent: Node, child: Node): boolean {
  if (parent.kind === Kind.For || parent.kind === Kind.While) return child === parent.alternative;
  return parent.kind === Kind.Raise && child === parent.cause;
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  forEachChild(node, (child) => children.push(child));
  return children;
}

function describeNode(node: Node, tree: Tree): string {
  return `${kindName(node)} ${JSON.stringify(tree.text.slice(node.start, node.end))}`;
}

describe('of any code', () => {
  test('ids are unique, ranges inside of the text', () => {
    fc.assert(
      fc.property(anyPython, (code) => {
        const tree = lower(code);
        const nodes = allNodes(tree);
        expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
        expect(nodes.every(({ id }) => id < tree.nodeCount)).toBe(true);
        expect(nodes.every(({ start, end }) => 0 <= start && start <= end && end <= code.length)).toBe(true);
        for (const { start, end } of tree.errors) expect(0 <= start && start <= end && end <= code.length).toBe(true);
      }),
    );
  });

  test('every field of a node is set', () => {
    fc.assert(
      fc.property(anyPython, (code) => {
        for (const node of allNodes(lower(code))) {
          const { children, value } = SHAPES[node.kind];
          expect(Object.keys(node)).toEqual(expect.arrayContaining(['id', 'start', 'end', ...children, ...value]));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('children lie in their parents and stand in source order where the code has no errors', () => {
    fc.assert(
      fc.property(pythonProgram, (code) => {
        const tree = lower(code);
        fc.pre(tree.errors.length === 0);
        for (const node of allNodes(tree)) {
          const inside = childrenOf(node).filter((child) => !isOutside(node, child));
          const escaped = inside.filter((child) => child.start < node.start || child.end > node.end);
          expect(escaped.map((child) => `${describeNode(child, tree)} of ${describeNode(node, tree)}`)).toEqual([]);
          // The operator is stored before the operands.
          const ordered = node.kind === Kind.Operation ? node.operands : inside;
          expect(ordered.map(({ start }) => start)).toEqual(ordered.map(({ start }) => start).sort((a, b) => a - b));
        }
      }),
    );
  });
});
