import { describe, expect, test } from 'vitest';
import type { Binding } from '../match/bindings.ts';
import { TreeBuilder } from '../tree/builder.ts';
import type { Node } from '../tree/nodes.ts';
import { renderFix } from './fixes.ts';

/** `~x + 1`: the operation `x + 1` of the code; a list: the arguments of a `$...X`; else any other construct. */
type Bound = string | string[];

interface Case {
  fix: string;
  /** The match starts at `@`, which is no part of the code. */
  code: string;
  bind: Record<string, Bound>;
  language?: string;
  expected: string;
}

function nodeFor(code: string, text: string): Node {
  const build = new TreeBuilder();
  const source = code.replace(/^~/, '');
  const start = text.indexOf(source);
  const end = start + source.length;
  const leaf = build.name(start, end, source);
  if (code.startsWith('~')) return build.operation(start, end, build.operator(start, start, '+'), [leaf]);
  if (code.startsWith('**')) return build.spread(start, end, '**', leaf);
  return /^\w+=/.test(code) ? build.keyword(start, end, leaf, leaf) : leaf;
}

function binding(bound: Bound, text: string): Binding {
  if (typeof bound === 'string') {
    const node = nodeFor(bound, text);
    return { kind: 'node', node, start: node.start, end: node.end };
  }
  const nodes = bound.map((code) => nodeFor(code, text));
  return { kind: 'nodes', nodes, start: nodes[0]?.start ?? -1, end: nodes.at(-1)?.end ?? -1 };
}

function render({ fix, code, bind, language = 'python' }: Case): string {
  const start = code.indexOf('@');
  const text = code.replace('@', '');
  const bindings = new Map(Object.entries(bind).map(([name, bound]) => [name, binding(bound, text)]));
  const interpolate = (template: string) =>
    template.replace(/\$(?:\.\.\.)?[A-Z]+/g, (name) => {
      const found = bindings.get(name);
      return found === undefined || found.start < 0 ? name : text.slice(found.start, found.end);
    });
  return renderFix({ fix, text, start, bindings, language, interpolate });
}

const check = (cases: Case[]) => test.each(cases)('$fix on $code', (row) => expect(render(row)).toBe(row.expected));

describe('holes', () => {
  check([
    { fix: '  safe($X) \n', code: '@foo(bar(1))', bind: { $X: 'bar(1)' }, expected: 'safe(bar(1))' },
    { fix: '', code: '@foo(1)', bind: {}, expected: '' },
    { fix: 'f($Y)', code: '@foo(1)', bind: { $X: '1' }, expected: 'f($Y)' },
  ]);
});

describe('empty sequences take a comma along', () => {
  const bind = { '$...A': [], '$...B': [], '$...AB': ['z'] };
  check(
    [
      ['g($...A)', 'g()'],
      ['g($...A, x=1)', 'g(x=1)'],
      ['g(x=1, $...A)', 'g(x=1)'],
      ['g(1 , $...A, 2)', 'g(1 , 2)'],
      ['g(1, $...A, $...B)', 'g(1)'],
      ['g($...A, $...B)', 'g()'],
      ['g($...A, $...B, 2)', 'g(2)'],
      ['[$...A]', '[]'],
      ['g(\n  1,\n  $...A\n)', 'g(\n  1\n)'],
      ['g(\n  $...A,\n  1\n)', 'g(\n  1\n)'],
      ['g($...A, $...AB, $...B)', 'g(z)'],
      ['g($...C, 1)', 'g($...C, 1)'],
    ].map(([fix = '', expected = '']) => ({ fix, code: '@foo(z)', bind, expected })),
  );
});

describe('Python wants positional arguments before keywords', () => {
  const code = '@foo(u, v=3, **k)';
  check([
    { fix: 'g(x=1, $...A)', code, bind: { '$...A': ['u'] }, expected: 'g(u, x=1)' },
    {
      fix: 'g(x=1, y=h(2, z=3), $...A)',
      code,
      bind: { '$...A': ['u', 'v=3'] },
      expected: 'g(u, v=3, x=1, y=h(2, z=3))',
    },
    { fix: 'g(0, x=1, $...A, 5)', code, bind: { '$...A': ['u'] }, expected: 'g(0, u, x=1, 5)' },
    { fix: 'g(x=1, $...A)', code, bind: { '$...A': ['v=3', '**k'] }, expected: 'g(x=1, v=3, **k)' },
    { fix: 'g(a == 1, $...A)', code, bind: { '$...A': ['u'] }, expected: 'g(a == 1, u)' },
    { fix: 'h(x=1)[$...A]', code, bind: { '$...A': ['u'] }, expected: 'h(x=1)[u]' },
    { fix: 'g(x=1, $...A)', code, bind: { '$...A': ['u'] }, language: 'javascript', expected: 'g(x=1, u)' },
  ]);
});

describe('operations keep their meaning', () => {
  const bind = { $X: '~a + b', $Y: '~(a) + (b)', $Z: '~(a + b)', $N: 'n' };
  check(
    [
      ['g($X)', 'g(a + b)'],
      ['g($X, k=$X)', 'g(a + b, k=a + b)'],
      ['$X', 'a + b'],
      ['x = $X', 'x = a + b'],
      ['x += $X', 'x += a + b'],
      ['$X * 2', '(a + b) * 2'],
      ['$X.get()', '(a + b).get()'],
      ['$X[0]', '(a + b)[0]'],
      ['$X()', '(a + b)()'],
      ['$X?.get()', '(a + b)?.get()'],
      ['!$X', '!(a + b)'],
      ['not $X', 'not (a + b)'],
      ['1 == $X', '1 == (a + b)'],
      ['$X in y', '(a + b) in y'],
      ['for i in $X:', 'for i in a + b:'],
      ['() => $X', '() => a + b'],
      ['$Y.get()', '((a) + (b)).get()'],
      ['$Z.get()', '(a + b).get()'],
      ['$N.get()', 'n.get()'],
      ['"$X.get"', '"a + b.get"'],
      ['return $X;', 'return a + b;'],
    ].map(([fix = '', expected = '']) => ({ fix, code: '@foo(a + b, (a) + (b), (a + b), n)', bind, expected })),
  );
});

describe('indentation', () => {
  check([
    { fix: 'if $X:\n    f($X)', code: 'if 1:\n    @foo(x)', bind: { $X: 'x' }, expected: 'if x:\n        f(x)' },
    { fix: 'a\nb', code: 'if 1:\n\t@foo(x)', bind: {}, expected: 'a\n\tb' },
    { fix: 'a\nb', code: '\tx = @foo(x)', bind: {}, expected: 'a\n\t    b' },
    { fix: 'a\nb', code: '\n@foo(x)', bind: {}, expected: 'a\nb' },
    // Code that spans lines stays as it was where its place does not move.
    {
      fix: 'g($X)',
      code: 'if 1:\n    @foo(b(\n        3))',
      bind: { $X: 'b(\n        3)' },
      expected: 'g(b(\n        3))',
    },
    {
      fix: 'with g():\n    $...B',
      code: 'class X:\n    @with foo():\n        a = 1\n        return 2',
      bind: { '$...B': ['a = 1\n        return 2'] },
      expected: 'with g():\n        a = 1\n        return 2',
    },
    {
      fix: '$...B',
      code: '    @with foo():\n        a = 1\n\n        return 2',
      bind: { '$...B': ['a = 1\n\n        return 2'] },
      expected: 'a = 1\n\n    return 2',
    },
    {
      fix: 'if ok:\n    with g():\n        $...B',
      code: '@with foo():\n    a = 1\n    return 2',
      bind: { '$...B': ['a = 1\n    return 2'] },
      expected: 'if ok:\n    with g():\n        a = 1\n        return 2',
    },
  ]);
});
