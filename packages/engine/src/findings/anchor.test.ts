import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanText } from '../testing/load-engine.ts';

const RULES = `rules:
  - {id: pack.run, languages: [python], severity: ERROR, message: m, pattern: 'run(...)'}
  - {id: bare, languages: [python], severity: ERROR, message: m, patterns: [{pattern: 'def $F(...): ...'}, {pattern-not: 'def $F(self, ...): ...'}]}
  - {id: word, languages: [regex], severity: ERROR, message: m, pattern-regex: 'TODO\\s+\\w+'}
`;

function anchors(code: string, path = 'a.py') {
  const { findings, issues } = scanText(RULES, path, code);
  expect(issues).toEqual([]);
  return findings.map(({ ruleId, anchor }) => ({ ruleId, ...anchor }));
}

function only(code: string) {
  const found = anchors(code);
  expect(found).toHaveLength(1);
  return found[0];
}

test('identities are stored in repositories: these must stay as they are', () => {
  expect(
    anchors('run("a", b=1.5)\ndef f(a): pass\nclass C:\n  def m(self):\n    x = run(f"{a!r}", *b)  # TODO this\n'),
  ).toEqual([
    { ruleId: 'pack.run', identity: 'aa32d5a2df866d75', symbol: '', lastLine: 1 },
    { ruleId: 'bare', identity: '94e58e1e97a00bee', symbol: 'f', lastLine: 2 },
    { ruleId: 'pack.run', identity: 'cb288950e25581d1', symbol: 'C.m', lastLine: 5 },
    { ruleId: 'word', identity: '57b330e731dbcd38', symbol: '', lastLine: 5 },
  ]);
});

describe('the same code', () => {
  test.each([
    ["run('a', b)", 'run( "a",b, )'],
    ['run("it\'s")', "run('it\\'s')"],
    ['run(a, b)', 'run(\n    a,  # first\n    b,\n)'],
    ['run(a + 0x10)', '(run((a) + 16))'],
    ['run(a)', 'x = 1; run(a)'],
    ['run("ab", 1e3)', 'run(\'a\' "b", 1000.0)'],
    ['run(a)', 'if x:\n  y = [run(a)]'],
    ['def f(a): pass', '@route("/")\nasync def f(b, *c):\n  return 1'],
    ['# TODO  this', 'x = 1\n"""TODO\n this"""'],
  ])('%j and %j', (a, b) => {
    expect(only(b)?.identity).toBe(only(a)?.identity);
  });
});

describe('other code', () => {
  test.each([
    ['run(a)', 'run(b)'],
    ['run("a")', 'run("b")'],
    ['run("a")', 'run(b"a")'],
    ['run("a")', 'run(a)'],
    ['run(a, b)', 'run((a, b))'],
    ['run(a, b)', 'run(b, a)'],
    ['run(a - (b - c))', 'run((a - b) - c)'],
    ['run(x=1)', 'run(y=1)'],
    ['run(a)', 'run(*a)'],
    ['def f(): pass', 'def g(): pass'],
    ['# TODO this', '# TODO that'],
  ])('%j and %j', (a, b) => {
    expect(only(b)?.identity).not.toBe(only(a)?.identity);
  });
});

/** Identities of what a pattern finds, in report order. */
function identitiesBy(pattern: string, code: string): string[] {
  const rule = { id: 'r', languages: ['python'], severity: 'ERROR', message: 'm', pattern };
  return scanText(JSON.stringify({ rules: [rule] }), 'a.py', code).findings.map(({ anchor }) => anchor.identity);
}

describe('what has a body is known by its head', () => {
  test.each([
    ['if $X: ...', 'if a:\n  b\n', 'if (a):  # why\n  c\n  d\n'],
    ['if $X: ...', 'if a:\n  b\n', 'if a:\n  b\nelse:\n  c\n'],
    ['with $X as $Y: ...', 'with a() as b: c', 'with a() as b:\n  d(b)\n  e\n'],
    ['for $X in $Y: ...', 'for a in b: c', 'for a in b:\n  d\nelse:\n  e\n'],
    ['while $X: ...', 'while a: b', 'while a:\n  if c: break\n'],
    ['try: ...\nexcept $X: ...', 'try: a\nexcept E: b', 'try:\n  c\n  d\nexcept E:\n  e\n'],
    ['$X = a()\n...\nb($X)', 'x = a()\nb(x)', 'x = a()\ny = 1\nc(x)\nb(x)'],
  ])('%s: %j and %j', (pattern, a, b) => {
    const [one] = identitiesBy(pattern, a);
    expect(one).toBeDefined();
    expect(identitiesBy(pattern, b)).toContain(one);
  });

  test.each([
    ['if $X: ...', 'if a: b', 'if c: b'],
    ['with $X as $Y: ...', 'with a() as b: c', 'with a(1) as b: c'],
    ['for $X in $Y: ...', 'for a in b: c', 'async for a in b: c'],
    ['try: ...\nexcept $X: ...', 'try: a\nexcept E: b', 'try: a\nexcept F: b'],
    ['$X = a()\n...\nb($X)', 'x = a()\nb(x)', 'y = a()\nb(y)'],
  ])('%s: not %j and %j', (pattern, a, b) => {
    const [one] = identitiesBy(pattern, a);
    expect(one).toBeDefined();
    expect(identitiesBy(pattern, b)).not.toContain(one);
  });
});

test('of the names of one import, the one that was found counts', () => {
  const rules = 'rules: [{id: r, languages: [python], severity: ERROR, message: m, pattern: import pickle}]';
  const identity = (code: string) => scanText(rules, 'a.py', code).findings.map(({ anchor }) => anchor.identity);
  const [alone] = identity('import pickle');
  expect(identity('import os, pickle')).toEqual([alone]);
  expect(identity('import pickle, os')).toEqual([alone]);
  expect(identity('import marshal')).toEqual([]);
});

test('the name of a function stands for its call', () => {
  const rule = (pattern: string) =>
    `rules: [{id: r, languages: [python], severity: ERROR, message: m, patterns: [{pattern: ${pattern}}]}]`;
  const anchor = (pattern: string, code: string) => scanText(rule(pattern), 'a.py', code).findings[0]?.anchor;
  expect(anchor('eval', 'eval(\n  a)')).toEqual(anchor('eval(...)', 'eval(\n  a)'));
  expect(anchor('eval', 'eval(a)')?.identity).not.toBe(anchor('eval', 'eval(b)')?.identity);
  expect(anchor('pickle.loads', 'pickle.loads(a)')).toEqual(anchor('pickle.loads(...)', 'pickle.loads(a)'));
  expect(anchor('pickle', 'pickle.loads(a)')).toEqual(anchor('pickle.loads(...)', 'pickle.loads(a)'));
  expect(anchor('eval', 'map(eval, a)')).toEqual(anchor('eval', 'map(eval, b)'));
});

test.each([
  ['run()', '', 1],
  ['def f(self):\n  run(\n    1)\n', 'f', 3],
  ['class C:\n  def f(self):\n    def g(self):\n      class D:\n        x = run()\n', 'C.f.g.D', 5],
  ['@a\n@b\ndef f():\n  pass\n', 'f', 3],
  ['def f(): pass', 'f', 1],
  ['@guard(run())\ndef f(self): pass', 'f', 1],
])('%j stands in %j', (code, symbol, lastLine) => {
  expect(only(code)).toMatchObject({ symbol, lastLine });
});

/** How a program is laid out; what it says is the same. */
interface Layout {
  quote: string;
  comment: string;
  isBroken: boolean;
  indent: string;
  isWrapped: boolean;
}

const layout: fc.Arbitrary<Layout> = fc.record({
  quote: fc.constantFrom("'", '"', '"""'),
  comment: fc.constantFrom('', '  # why', '  # run("no")'),
  isBroken: fc.boolean(),
  indent: fc.constantFrom('  ', '    ', '\t'),
  isWrapped: fc.boolean(),
});

const text = fc.constantFrom('a', 'b c', 'd#e', '');
const call = fc.array(text, { maxLength: 3 });
type Call = string[];

interface Unit {
  name: string;
  isMethod: boolean;
  calls: Call[];
}

const unit = fc.record({
  name: fc.constantFrom('f', 'g', 'h', 'k'),
  isMethod: fc.boolean(),
  calls: fc.array(call, { maxLength: 4 }),
});
const program = fc.uniqueArray(unit, { maxLength: 4, selector: ({ name }) => name });

function printCall(words: Call, { quote, comment, isBroken, isWrapped, indent }: Layout): string[] {
  const args = words.map((word) => `${quote}${word}${quote}`);
  const open = isWrapped ? '(run(' : 'run(';
  const close = isWrapped ? '))' : ')';
  if (!isBroken) return [`${open}${args.join(', ')}${close}${comment}`];
  return [open, ...args.map((arg) => `${indent}${arg},${comment}`), close];
}

function printUnit({ name, isMethod, calls }: Unit, style: Layout, filler: number): string[] {
  const body = [
    ...Array.from({ length: filler }, (_, at) => `x${at} = other(${at})`),
    ...calls.flatMap((each) => printCall(each, style)),
    'return None',
  ];
  const head = `def ${name}(self):${style.comment}`;
  const lines = [head, ...body.map((line) => style.indent + line)];
  return isMethod ? [`class ${name.toUpperCase()}:`, ...lines.map((line) => style.indent + line)] : lines;
}

function identities(code: string, path: string): string[] {
  return anchors(code, path)
    .map(({ ruleId, identity, symbol }) => `${ruleId} ${symbol} ${identity}`)
    .sort();
}

test('moves, renames, reformatting and edits elsewhere leave a finding what it is', () => {
  fc.assert(
    fc.property(
      program.chain((units) => fc.tuple(fc.constant(units), fc.shuffledSubarray(units, { minLength: units.length }))),
      layout,
      layout,
      fc.nat(3),
      fc.constantFrom('a.py', 'src/other name.py'),
      ([before, after], oldLayout, newLayout, filler, path) => {
        const old = before.flatMap((each) => printUnit(each, oldLayout, 0)).join('\n');
        const fresh = ['import os', '', ...after.flatMap((each) => ['', ...printUnit(each, newLayout, filler)])].join(
          '\n',
        );
        expect(identities(fresh, path)).toEqual(identities(old, 'a.py'));
      },
    ),
    { numRuns: 200 },
  );
});

/** Heads that findings may have, and statements that may stand below them. */
const HEADS = ['if a:', 'while b(1):', 'with c() as d:', 'for e in f:', 'try:'] as const;
const statements = fc.array(fc.constantFrom('x = 1', 'other()', 'if y: pass', '"text"'), {
  minLength: 1,
  maxLength: 3,
});

function printConstruct(head: string, body: readonly string[]): string {
  const tail = head === 'try:' ? ['except E:', ...body.map((line) => `  ${line}`)] : [];
  return [head, ...body.map((line) => `  ${line}`), ...tail].join('\n');
}

const CONSTRUCTS = ['if a: ...', 'while $X: ...', 'with $X as $Y: ...', 'for $X in $Y: ...', 'try: ...\nexcept E: ...'];

test('edits in the body of what was found leave it what it is', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...HEADS]), fc.array(fc.tuple(statements, statements)), (heads, bodies) => {
      const print = (side: 0 | 1) =>
        heads.map((head, at) => printConstruct(head, bodies[at % (bodies.length || 1)]?.[side] ?? ['pass'])).join('\n');
      const found = (code: string) => CONSTRUCTS.flatMap((pattern) => identitiesBy(pattern, code));
      expect(found(print(0))).toHaveLength(heads.length);
      expect(found(print(1))).toEqual(found(print(0)));
      expect(new Set(found(print(0))).size).toBe(heads.length);
    }),
    { numRuns: 60 },
  );
});

test('a changed finding is another, and the others stay', () => {
  fc.assert(
    fc.property(program, layout, fc.nat(), (units, style, pick) => {
      const calls = units.flatMap((each) => each.calls);
      fc.pre(calls.length > 0);
      const old = identities(units.flatMap((each) => printUnit(each, style, 0)).join('\n'), 'a.py');
      (calls[pick % calls.length] as Call).push('new');
      const fresh = identities(units.flatMap((each) => printUnit(each, style, 0)).join('\n'), 'a.py');
      const remaining = [...old];
      const added = fresh.filter((each) => {
        const at = remaining.indexOf(each);
        if (at >= 0) remaining.splice(at, 1);
        return at < 0;
      });
      expect({ added: added.length, gone: remaining.length }).toEqual({ added: 1, gone: 1 });
    }),
    { numRuns: 200 },
  );
});
