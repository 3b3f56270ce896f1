import { describe, expect, test } from 'vitest';
import type { ConstantValue } from '../match/target.ts';
import { allNodes, nodesOf } from '../testing/find-nodes.ts';
import { lower } from '../testing/load-engine.ts';
import { Kind, type Node, type Tree } from '../tree/nodes.ts';
import { createConstants } from './constants.ts';
import { resolveNames } from './resolve-names.ts';

function resolved(code: string): Tree {
  const tree = lower(code);
  resolveNames(tree);
  return tree;
}

/** The argument of the `f(…)` that starts last. */
function argument(tree: Tree): Node {
  const calls = allNodes(tree).filter((node) => node.kind === Kind.Call && tree.text.startsWith('f(', node.start));
  const last = calls.sort((a, b) => a.start - b.start).at(-1);
  if (last?.kind !== Kind.Call || last.args[0] === undefined) throw new Error('no f(…)');
  return last.args[0];
}

function valueText(value: ConstantValue): string {
  if (value.kind === 'unknown') return `some ${value.type}`;
  return value.kind === 'string' ? JSON.stringify(value.value) : `${value.kind} ${value.value}`;
}

/** Code that ends in `f(E)`, and the constant value of E there; `-`: it has none. Semantics 03 §8 say why. */
const VALUES: Record<string, [code: string, value: string][]> = {
  literals: [
    ['f("a")', '"a"'],
    ['f(b"a")', '"a"'],
    ['f("a\\n")', '"a\\n"'],
    ['f(r"\\n")', '"\\\\n"'],
    ['f("a" "b")', '"ab"'],
    ['f(f"a")', '"a"'],
    ['f(0x10)', 'int 16'],
    ['f(1_000)', 'int 1000'],
    ['f(99999999999999999999)', '-'],
    ['f(1.5)', 'float 1.5'],
    ['f(2j)', '-'],
    ['f(True)', 'bool true'],
    ['f(None)', 'null null'],
    ['f([1])', '-'],
    ['f(x)', '-'],
  ],
  operators: [
    ['f(1 + 2)', 'int 3'],
    ['f(7 // 2)', 'int 3'],
    ['f(-7 // 2)', 'int -4'],
    ['f(-7 % 3)', 'int 2'],
    ['f(2 ** 10)', 'int 1024'],
    ['f(1 / 2)', '-'],
    ['f(1 // 0)', '-'],
    ['f(6 & 3 | 8)', 'int 10'],
    ['f(1 << 4)', 'int 16'],
    ['f(~1)', 'int -2'],
    ['f(9223372036854775807 + 1)', 'some int'],
    ['f(1 < 2)', 'bool true'],
    ['f(1 == 2)', 'bool false'],
    ['f(not True)', 'bool false'],
    ['f(True and False)', 'bool false'],
    ['f("a" + "b")', '"ab"'],
    ['f("a" + x)', '-'],
    ['f("a" * 3)', 'some string'],
    ['f("%s" % "a")', 'some string'],
    ['f("%s" % x)', '-'],
    ['f("{}".format("a"))', '-'],
    ['f("a" if c else "a")', '"a"'],
    ['f("a" if c else "b")', 'some string'],
    ['f("a" if c else 1)', '-'],
    ['x = "b"\nf(f"a{x}")', '"ab"'],
    ['f(f"a{y}")', '-'],
  ],
  globals: [
    ['x = "a"\nf(x)', '"a"'],
    ['x = "a"\ndef g():\n    f(x)', '"a"'],
    ['def g():\n    f(x)\nx = "a"\nf(x)', '"a"'],
    ['x = "a"\nx = "b"\ndef g():\n    f(x)', '-'],
    ['x = "a"\nx += "b"\ndef g():\n    f(x)', '-'],
    ['x = "a"\ndef h():\n    global x\n    x = "b"\ndef g():\n    f(x)', '-'],
    ['x = "a"\ndef h():\n    x = "b"\ndef g():\n    f(x)', '"a"'],
    ['if c:\n    x = "a"\ndef g():\n    f(x)', '"a"'],
    ['x: str = "a"\ndef g():\n    f(x)', '-'],
    ['x = y = "a"\nf(x)', '-'],
    ['x, y = "a", "b"\nf(x)', '-'],
    ['class A:\n    x = "a"\n    f(x)', '-'],
  ],
  'from statement to statement': [
    ['def g():\n    x = "a"\n    f(x)', '"a"'],
    ['def g():\n    x = "a"\n    x = h()\n    f(x)', '-'],
    ['def g():\n    x = "a"\n    x += "b"\n    f(x)', '"ab"'],
    ['def g():\n    x: str = "a"\n    f(x)', '"a"'],
    ['def g():\n    if (x := "a"):\n        f(x)', '"a"'],
    ['def g():\n    x = "a"\n    y = x\n    f(y)', '"a"'],
    ['def g(x="a"):\n    f(x)', '-'],
    ['def g():\n    x = "a"\n    def h():\n        f(x)', '-'],
    ['def g():\n    x = "a"\n    h = lambda: f(x)', '"a"'],
    ['def g():\n    x = "a"\n    x.append(1)\n    f(x)', '-'],
    ['def g():\n    x = "a"\n    y = x.lower()\n    f(x)', '"a"'],
    ['def g():\n    x = "a"\n    h(x)\n    f(x)', '"a"'],
    ['def g():\n    x = "a"\n    x[0] = 1\n    f(x)', '-'],
    ['def g():\n    x = "a"\n    x.y = 1\n    f(x)', '-'],
    ['def g():\n    x = "a"\n    del x\n    f(x)', '"a"'],
  ],
  branches: [
    ['def g():\n    if c:\n        x = "a"\n    else:\n        x = "a"\n    f(x)', '"a"'],
    ['def g():\n    if c:\n        x = "a"\n    else:\n        x = "b"\n    f(x)', 'some string'],
    ['def g():\n    if c:\n        x = "a"\n    else:\n        x = 1\n    f(x)', '-'],
    ['def g():\n    x = "a"\n    if c:\n        x = "b"\n    f(x)', 'some string'],
    ['def g():\n    x = "a"\n    if c:\n        x = h()\n    f(x)', '-'],
    ['def g():\n    x = "a"\n    if c:\n        x = h()\n        return\n    f(x)', '"a"'],
    ['def g():\n    x = "a"\n    for i in y:\n        f(x)', '-'],
    ['def g():\n    x = "a"\n    while c:\n        pass\n    f(x)', '-'],
    ['x = "a"\ndef g():\n    for i in y:\n        f(x)', '"a"'],
    ['def g():\n    for i in y:\n        x = "a"\n        f(x)', '"a"'],
    ['def g():\n    for x in ["a"]:\n        f(x)', '-'],
  ],
};

describe.each(Object.entries(VALUES))('value: %s', (_topic, rows) => {
  test.each(rows)('%j: %s', (code, expected) => {
    const tree = resolved(code);
    const known = createConstants(tree).valueOf(argument(tree));
    expect(known === null ? '-' : valueText(known.value)).toBe(expected);
  });
});

/** Code that ends in `f(x)`, and the expression that x stands for there. */
const SYMBOLS: [code: string, source: string][] = [
  ['x = a.b\nf(x)', 'a.b'],
  ['x = g(1)\nf(x)', 'g(1)'],
  ['x = a[0]\nf(x)', 'a[0]'],
  ['x = a + 1\nf(x)', 'a + 1'],
  ['x = f"{a}"\nf(x)', 'f"{a}"'],
  ['x = [1]\nf(x)', '-'],
  ['x = a if b else c\nf(x)', '-'],
  ['x = "a"\nf(x)', '-'],
  ['with open(p) as x:\n    f(x)', 'open(p)'],
  ['def g():\n    x = a.b\n    x = c.d\n    f(x)', 'c.d'],
  ['def g():\n    x = a.b\n    if c:\n        x = d.e\n    f(x)', '-'],
  ['def g():\n    x = a.b\n    for i in y:\n        f(x)', '-'],
  ['def g():\n    x = a.b\n    x.append(1)\n    f(x)', '-'],
  ['def g():\n    x = a.b\n    y = x\n    f(y)', 'a.b'],
];

test.each(SYMBOLS)('symbolic value in %j: %s', (code, expected) => {
  const tree = resolved(code);
  const name = argument(tree);
  const source = name.kind === Kind.Name ? createConstants(tree).symbolicOf(name) : null;
  expect(source === null ? '-' : code.slice(source.start, source.end)).toBe(expected);
});

test('a value knows the literal it comes from', () => {
  const code = 'x = "a"\ny = x + "b"\nf(y)';
  const tree = resolved(code);
  const known = createConstants(tree).valueOf(argument(tree));
  expect([known?.literal && code.slice(known.literal.start, known.literal.end), known?.isJoined]).toEqual([
    '"a"',
    true,
  ]);
});

test('names without propagation have no literal value', () => {
  const tree = resolved('x = "a"\nf(x)');
  const constants = createConstants(tree);
  const [literal] = nodesOf(tree, '"a"');
  expect([constants.literalValue(argument(tree)), literal && constants.literalValue(literal)]).toEqual([
    null,
    { kind: 'string', value: 'a' },
  ]);
});
