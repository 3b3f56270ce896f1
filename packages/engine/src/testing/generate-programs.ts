import fc from 'fast-check';

const name = fc.constantFrom('f0', 'f1', 'f2', 'C0.m', 'C1.m', 'C2.m', 'TABLE["a"]', 'TABLE[y]', 'ALL[0]');
const value = fc.oneof(
  fc.constantFrom('x', 'y', 'src()', '"text"'),
  fc.tuple(name, fc.constantFrom('x', 'y', 'src()')).map(([called, given]) => `${called}(${given})`),
);
const line = fc.oneof(
  fc.tuple(fc.constantFrom('x', 'y'), value).map(([to, from]) => `${to} = ${from}`),
  value.map((given) => `sink(${given})`),
  fc.constantFrom('self.m(x)', 'super().m(y)').map((call) => `y = ${call}`),
);
const body = fc.tuple(fc.array(line, { maxLength: 3 }), value);
const write = ([lines, result]: [string[], string], indent: string): string =>
  ['y = x', ...lines, `return ${result}`].map((each) => `${indent}${each}\n`).join('');

const decorator = fc.constantFrom('', '', '@register("a")\n', '@register("b")\n', '@also\n');
const base = fc.constantFrom('', 'C0', 'C1', 'C2');
const files = fc.tuple(...[0, 1, 2].map(() => fc.tuple(body, body, base, decorator)));

const TABLES = `TABLE = {}
ALL = []
def register(name):
  def wrap(fn):
    TABLE[name] = fn
    return fn
  return wrap
def also(fn):
  ALL.append(fn)
  return fn
`;

/**
 * Python programs by path: three modules, each with a function and a class, that call each other's with what `src()`
 * gives, and hand it to `sink(…)`; one that keeps functions in tables; and one that has nothing to do with them.
 */
export const programs: fc.Arbitrary<Record<string, string>> = files.map((all) => {
  const texts = all.map(([ofFunction, ofMethod, derivedFrom, over], i) => {
    const others = [0, 1, 2].filter((other) => other !== i);
    const imports = others.map((other) => `from m${other} import f${other}, C${other}\n`).join('');
    const own = `${over}def f${i}(x):\n${write(ofFunction, '  ')}`;
    const bases = derivedFrom === '' || derivedFrom === `C${i}` ? '' : `(${derivedFrom})`;
    const owner = `class C${i}${bases}:\n  def m(self, x):\n${write(ofMethod, '    ')}`;
    return [`m${i}.py`, `from tables import ALL, TABLE, also, register\n${imports}${own}${owner}`] as const;
  });
  return { ...Object.fromEntries(texts), 'tables.py': TABLES, 'other.py': 'def other():\n  pass\n' };
});
