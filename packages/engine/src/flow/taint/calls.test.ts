import { describe, expect, test } from 'vitest';
import { ruleMatches } from '../../testing/load-engine.ts';
import { taintLines } from '../../testing/taint-lines.ts';

/** What is followed across the functions of a file, by what carries it. */
const CASES: Record<string, Record<string, string>> = {
  functions: {
    'an argument that reaches a sink': 'def run(q):\n  sink(q)  # reported\ndef f():\n  run(src())',
    'an argument that does not': 'def run(q, p):\n  sink(q)\ndef f():\n  run(1, src())',
    'a result': 'def get():\n  return src()\ndef f():\n  sink(get())  # reported',
    'a result that is made of an argument':
      "def quote(x):\n  return '<' + x\ndef f():\n  sink(quote(src()))  # reported",
    'a result that is not': 'def size(x):\n  return 1\ndef f():\n  sink(size(src()))',
    'three deep': 'def a(x):\n  b(x)\ndef b(x):\n  c(x)\ndef c(x):\n  sink(x)  # reported\ndef f():\n  a(src())',
    'by keyword': 'def run(a, b=1):\n  sink(b)  # reported\ndef f():\n  run(b=src(), a=1)',
    'a default': 'def run(a, b=src()):\n  sink(b)  # reported',
    'starred arguments': 'def run(a, b):\n  sink(b)  # reported\ndef f():\n  run(*src())',
    'rest parameters': 'def run(*rest, **more):\n  sink(rest)  # reported\n  sink(more)\ndef f():\n  run(1, src())',
    recursion:
      'def last(n, x):\n  if n: return last(n - 1, x)\n  return x\ndef f():\n  sink(last(3, src()))  # reported',
    'two that call each other':
      'def a(n, x):\n  if n: return b(n - 1, x)\n  return x\ndef b(n, x):\n  return a(n, x)\ndef f():\n  sink(a(3, src()))  # reported',
    'a field of what is given':
      'def fill(o):\n  o.name = src()\ndef f(o):\n  fill(o)\n  sink(o.name)  # reported\n  sink(o.age)',
    'only the field that is read':
      'def run(o):\n  sink(o.a)  # reported\n  sink(o.b)\ndef f(o):\n  o.a = src()\n  run(o)',
    generator: 'def each():\n  yield src()\ndef f():\n  for x in each():\n    sink(x)  # reported',
    coroutine: 'async def get():\n  return src()\nasync def f():\n  sink(await get())  # reported',
    'no caller': 'def run(q):\n  sink(q)',
  },
  'scopes and values': {
    'a nested function': 'def f():\n  t = src()\n  def g():\n    sink(t)  # reported\n  g()',
    'a nested function that is given away': 'def f():\n  t = src()\n  def g():\n    sink(t)  # reported\n  return g',
    'a global variable': 'T = src()\ndef f():\n  sink(T)  # reported',
    'a global variable that a function sets':
      "T = ''\ndef set_it():\n  global T\n  T = src()\ndef f():\n  sink(T)  # reported",
    'a function in a variable': 'def run(q):\n  sink(q)  # reported\ndef f():\n  g = run\n  g(src())',
    'a function that is passed on':
      'def apply(g, x):\n  g(x)\ndef run(q):\n  sink(q)  # reported\ndef f():\n  apply(run, src())',
    'a lambda that is passed on':
      'def apply(g, x):\n  return g(x)\ndef f():\n  sink(apply(lambda x: x + 1, src()))  # reported',
    map: 'def f():\n  for x in map(lambda q: q, [src()]):\n    sink(x)  # reported',
    'another of the rest parameters': 'def run(*a):\n  sink(a[0])\ndef f():\n  run(1, src())',
    'one of the rest parameters': 'def run(*a):\n  sink(a[1])  # reported\ndef f():\n  run(1, src())',
    'rest parameters that are passed on':
      'def go(x, y):\n  sink(x)\n  sink(y)  # reported\ndef run(job, *a):\n  job(*a)\ndef f():\n  run(go, 1, src())',
    'rest parameters that an unknown function is given with the function':
      'def go(x, y, z=1):\n  sink(x)\n  sink(y)  # reported\n  sink(z)\ndef run(job, *a, **o):\n  pool.submit(job, *a, **o)\ndef f():\n  run(go, 1, src())',
    'one of a dozen rest parameters':
      'def go(a, b, c, d, e, f, g, h, i, j, k, l, m, n):\n  sink(m)\n  sink(n)  # reported\ndef run(job, *a):\n  job(*a)\ndef f():\n  run(go, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, src())',
    'rest parameters behind the first argument':
      'def go(x, y):\n  sink(x)\n  sink(y)  # reported\ndef run(job, *a):\n  pool.submit(job, 1, *a)\ndef f():\n  run(go, src())',
    'another of the named rest parameters': 'def run(**a):\n  sink(a.get("n", 1))\ndef f():\n  run(m=src())',
    'one of the named rest parameters': 'def run(**a):\n  sink(a["m"])  # reported\ndef f():\n  run(m=src())',
    'named rest parameters that are passed on':
      'def go(m, n):\n  sink(m)\n  sink(n)  # reported\ndef run(**a):\n  go(**a)\ndef f():\n  run(m=1, n=src())',
    'a list that is spread': 'def go(x, y):\n  sink(x)\n  sink(y)  # reported\ndef f():\n  a = [1, src()]\n  go(*a)',
    'a comprehension': 'def f():\n  sink([str(x) for x in src()])  # reported',
    'a slice': 'def f():\n  sink(src()[1:2])  # reported',
  },
  classes: {
    'a constructor and a field':
      'class C:\n  def __init__(self, q):\n    self.q = q\n  def run(self):\n    sink(self.q)  # reported\ndef f():\n  C(src()).run()',
    'the other field':
      'class C:\n  def __init__(self, a, b):\n    self.a = a\n    self.b = b\n  def run(self):\n    sink(self.b)\ndef f():\n  C(src(), 1).run()',
    'a field that another method sets':
      'class C:\n  def put(self):\n    self.q = src()\n  def run(self):\n    sink(self.q)  # reported',
    'a method that calls another':
      'class C:\n  def a(self, x):\n    self.b(x)\n  def b(self, x):\n    sink(x)  # reported\ndef f(c: C):\n  c.a(src())',
    'a method of a base':
      'class B:\n  def run(self, x):\n    sink(x)  # reported\nclass C(B):\n  pass\ndef f():\n  C().run(src())',
    super:
      'class B:\n  def run(self, x):\n    sink(x)  # reported\nclass C(B):\n  def run(self, x):\n    super().run(x)\ndef f():\n  C().run(src())',
    'a static method': 'class C:\n  @staticmethod\n  def run(x):\n    sink(x)  # reported\ndef f():\n  C.run(src())',
    'a static method, called on an object':
      'class C:\n  @staticmethod\n  def run(x, y):\n    sink(x)  # reported\n    sink(y)\ndef f():\n  C().run(src(), 1)',
    'a function in a method has no object':
      'class C:\n  def fill(self):\n    def keep(x):\n      x.a = src()\n    use(keep)\n  def show(self):\n    sink(self.a)',
    'a static method has no object':
      'class C:\n  @staticmethod\n  def keep(x):\n    x.a = src()\n  def show(self):\n    sink(self.a)',
    'a method has one, whatever its name':
      'class C:\n  def keep(this):\n    this.a = src()\n  def show(self):\n    sink(self.a)  # reported',
    'a tainted method name is not its object':
      'class C:\n  def run(self):\n    sink(self.a)\ndef f():\n  c = C()\n  c.run = src()\n  c.run()',
    'two classes with a method of the name':
      'class A:\n  def run(self, x):\n    sink(x)\nclass B:\n  def run(self, x):\n    pass\ndef f():\n  B().run(src())',
  },
};

describe.each(Object.keys(CASES))('%s', (group) => {
  test.each(Object.keys(CASES[group] ?? {}))('%s', (name) => {
    const { found, expected } = taintLines(CASES[group]?.[name] ?? '');
    expect(found).toEqual(expected);
  });
});

test('a sanitizer in a called function cleans what it returns', () => {
  const rule = {
    mode: 'taint',
    'pattern-sources': [{ pattern: 'src()' }],
    'pattern-sanitizers': [{ pattern: 'clean(...)' }],
    'pattern-sinks': [{ pattern: 'sink(...)' }],
  };
  const code = 'def safe(x):\n  return clean(x)\ndef f():\n  sink(safe(src()))\n  sink(src())';
  expect(ruleMatches(rule, code).map(({ line }) => line)).toEqual([5]);
});
