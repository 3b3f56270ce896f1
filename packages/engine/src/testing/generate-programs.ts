import fc from 'fast-check';

const CLASSES = ['C0', 'C1', 'C2'];
const name = fc.constantFrom('f0', 'f1', 'f2', ...CLASSES.map((one) => `${one}.m`), ...CLASSES);
const given = fc.constantFrom('x', 'y', 'src()', 'C0()', 'C1()', 'f1', 'lambda z: z');
const value = fc.oneof(
  fc.constantFrom('x', 'y', 'src()', '"text"', 'x.a', 'K1', 'self.a'),
  fc.tuple(name, given).map(([called, argument]) => `${called}(${argument})`),
  fc.tuple(fc.constantFrom('x', 'y', 'K0', 'C2()'), given).map(([object, argument]) => `${object}.m(${argument})`),
);
const line = fc.oneof(
  fc.tuple(fc.constantFrom('x', 'y', 'x.a', 'self.a'), value).map(([to, from]) => `${to} = ${from}`),
  value.map((reached) => `sink(${reached})`),
  fc.constantFrom('self.m(x)', 'super().m(y)', 'x(y)').map((call) => `y = ${call}`),
);
const body = fc.tuple(fc.array(line, { maxLength: 3 }), value);
const write = ([lines, result]: [string[], string], indent: string): string =>
  ['y = x', ...lines, `return ${result}`].map((each) => `${indent}${each}\n`).join('');

const base = fc.constantFrom('', ...CLASSES);
const kept = fc.constantFrom('src()', 'C0()', 'C1()', '"text"');
const last = fc.constantFrom('', 'sink(f0(src()))\n', 'K0.m(src())\n', 'f1(K1)\n');
const files = fc.tuple(...[0, 1, 2].map(() => fc.tuple(body, body, base, kept, last)));

/**
 * Python programs by path: three modules, each with a function, a class and a variable that keeps something, that call each
 * other's with what `src()` gives, and hand it to `sink(…)`; and one that has nothing to do with them.
 */
export const programs: fc.Arbitrary<Record<string, string>> = files.map((all) => {
  const texts = all.map(([ofFunction, ofMethod, base, kept, last], i) => {
    const others = [0, 1, 2].filter((other) => other !== i);
    const imports = others.map((other) => `from m${other} import f${other}, C${other}, K${other}\n`).join('');
    const own = `def f${i}(x):\n${write(ofFunction, '  ')}`;
    const bases = base === '' || base === `C${i}` ? '' : `(${base})`;
    const owner = `class C${i}${bases}:\n  def m(self, x):\n${write(ofMethod, '    ')}`;
    return [`m${i}.py`, `${imports}${own}${owner}K${i} = ${kept}\n${last}`] as const;
  });
  return { ...Object.fromEntries(texts), 'other.py': 'def other():\n  pass\n' };
});
