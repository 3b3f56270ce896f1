import { describe, expect, test } from 'vitest';
import { taintLines } from '../../testing/taint-lines.ts';

const REPO = 'class R:\n  def m(self, x):\n    sink(x)  # reported\n';
const OTHER = 'class S:\n  def m(self, x):\n    sink(x)  # reported\n';
const UNKNOWN = 'class R:\n  def m(self, x):\n    sink(x)\n';
const CALLED = 'class R:\n  def __call__(self, x):\n    sink(x)  # reported\n';
const DATACLASS = 'from dataclasses import dataclass\n@dataclass\nclass D:\n  x: str\n  y: str\n';
const PROPERTIES =
  'class R:\n  def __init__(self, x, y=1):\n    self._x = x\n    self._y = y\n  @property\n  def x(self):\n    return self._x\n  @property\n  def y(self):\n    return self._y\n  @property\n  def empty(self):\n    return 1\n';
const GET = '  def get(self):\n    self.repo.m(src())';

/** Objects that the function which uses them has not made, by where they are kept. */
const CASES: Record<string, Record<string, string>> = {
  'in a variable of the module': {
    made: `${REPO}repo = R()\ndef f():\n  repo.m(src())`,
    'made after its use': `${REPO}def f():\n  repo.m(src())\nrepo = R()`,
    annotated: `${REPO}repo: R = make()\ndef f():\n  repo.m(src())`,
    'declared, and made elsewhere': `${REPO}repo: R | None = None\ndef f():\n  repo.m(src())`,
    'made in a function': `${REPO}repo = None\ndef init():\n  global repo\n  repo = R()\ndef f():\n  repo.m(src())`,
    'one of two': `${REPO}${OTHER}if P:\n  repo = R()\nelse:\n  repo = S()\ndef f():\n  repo.m(src())`,
    'by a condition': `${REPO}${OTHER}repo = R() if P else S()\ndef f():\n  repo.m(src())`,
    'made by a function': `${REPO}def make():\n  return R()\nrepo = make()\ndef f():\n  repo.m(src())`,
    'made by a function that says so': `${REPO}def make() -> R:\n  return other()\nrepo = make()\ndef f():\n  repo.m(src())`,
    'given out by a function': `${REPO}_repo = R()\ndef repo():\n  return _repo\ndef f():\n  repo().m(src())`,
    'of an unknown class': `${UNKNOWN}repo = other()\ndef f():\n  repo.m(src())`,
    'of a list type': `${UNKNOWN}repo: list[R] = other()\ndef f():\n  repo.m(src())`,
    'shadowed by a parameter': `${UNKNOWN}repo = R()\ndef f(repo):\n  repo.m(src())`,
    'what it returns':
      'class R:\n  def get(self):\n    return src()\nrepo = R()\ndef f():\n  sink(repo.get())  # reported',
    'a method that cleans':
      'class R:\n  def size(self, x):\n    return 1\nrepo = R()\ndef f():\n  sink(repo.size(src()))',
    'a variable of a function around': `${REPO}def f():\n  repo = R()\n  def g():\n    repo.m(src())\n  return g`,
  },
  'in a field': {
    'made by the constructor': `${REPO}class V:\n  def __init__(self):\n    self.repo = R()\n${GET}`,
    'made by a method': `${REPO}class V:\n  def open(self):\n    self.repo = R()\n${GET}`,
    'given to the constructor': `${REPO}class V:\n  def __init__(self, repo: R):\n    self.repo = repo\n${GET}`,
    'perhaps given': `${REPO}class V:\n  def __init__(self, repo: "R | None" = None):\n    self.repo = repo or R()\n${GET}`,
    'perhaps given, by a type': `${REPO}from typing import Optional\nclass V:\n  def __init__(self, repo: Optional[R] = None):\n    self.repo = repo\n${GET}`,
    'by a quoted name': `${REPO}class V:\n  def __init__(self, repo: "R"):\n    self.repo = repo\n${GET}`,
    'through a variable': `${REPO}class V:\n  def __init__(self):\n    r = R()\n    self.repo = r\n${GET}`,
    'of the class': `${REPO}class V:\n  repo = R()\n${GET}`,
    'declared in the class': `${REPO}class V:\n  repo: R\n${GET}`,
    'of the class itself': `${REPO}class V:\n  repo = R()\ndef f():\n  V.repo.m(src())`,
    'of a base': `${REPO}class B:\n  def __init__(self):\n    self.repo = R()\nclass V(B):\n${GET}`,
    'one of two': `${REPO}${OTHER}class V:\n  def __init__(self):\n    self.repo = R()\n  def swap(self):\n    self.repo = S()\n${GET}`,
    'of an object in a field': `${REPO}class A:\n  def __init__(self):\n    self.repo = R()\nclass V:\n  def __init__(self):\n    self.a = A()\n  def get(self):\n    self.a.repo.m(src())`,
    'that another method gives': `${REPO}class V:\n  def __init__(self):\n    self._repo = R()\n  def repo(self):\n    return self._repo\n  def get(self):\n    self.repo().m(src())`,
    'in a circle': `${UNKNOWN}class V:\n  def __init__(self):\n    self.repo = self.other\n    self.other = self.repo\n${GET}`,
    'of an unknown class': `${UNKNOWN}class V:\n  def __init__(self, repo):\n    self.repo = repo\n${GET}`,
    'a function':
      'def run(x):\n  sink(x)  # reported\nclass V:\n  def __init__(self):\n    self.run = run\n  def get(self):\n    self.run(src())',
    'a method of its own':
      'class V:\n  def __init__(self):\n    self.run = self.go\n  def go(self, x):\n    sink(x)  # reported\n  def get(self):\n    self.run(src())',
  },
  'in a table': {
    'of functions': "def run(x):\n  sink(x)  # reported\nT = {'a': run}\ndef f(k):\n  T[k](src())",
    'of a function': "def run(x):\n  sink(x)  # reported\ndef f(k):\n  t = {'a': run}\n  t[k](src())",
    'another entry': "def run(x):\n  sink(x)\ndef go(x):\n  pass\nT = {'a': run, 'b': go}\ndef f():\n  T['b'](src())",
    'the entry':
      "def run(x):\n  sink(x)  # reported\ndef go(x):\n  pass\nT = {'a': run, 'b': go}\ndef f():\n  T['a'](src())",
    'asked for with get': "def run(x):\n  sink(x)  # reported\nT = {'a': run}\ndef f(k):\n  T.get(k)(src())",
    'what get falls back to':
      "def run(x):\n  pass\ndef go(x):\n  sink(x)  # reported\nT = {'a': run}\ndef f(k):\n  T.get(k, go)(src())",
    'through a variable': "def run(x):\n  sink(x)  # reported\nT = {'a': run}\ndef f(k):\n  g = T[k]\n  g(src())",
    'filled one by one': "def run(x):\n  sink(x)  # reported\nT = {}\nT['a'] = run\ndef f(k):\n  T[k](src())",
    'of lambdas': "T = {'a': lambda x: sink(x)}  # reported\ndef f(k):\n  T[k](src())",
    'of classes': `${REPO}T = {'a': R}\ndef f(k):\n  T[k]().m(src())`,
    'of objects': `${REPO}T = {'a': R()}\ndef f(k):\n  T[k].m(src())`,
    'in a list': 'def run(x):\n  sink(x)  # reported\nT = [run]\ndef f(k):\n  T[k](src())',
    'in a field, of methods':
      "class V:\n  def __init__(self):\n    self.t = {'a': self.run}\n  def run(self, x):\n    sink(x)  # reported\n  def get(self, k):\n    self.t[k](src())",
  },
  records: {
    'a field': `${DATACLASS}def f():\n  d = D(x=src(), y=1)\n  sink(d.x)  # reported\n  sink(d.y)`,
    'all of it': `${DATACLASS}def f():\n  sink(D(1, src()))  # reported`,
    'by position': `${DATACLASS}def f():\n  d = D(1, src())\n  sink(d.x)\n  sink(d.y)  # reported`,
    'spread entries': `${DATACLASS}def f():\n  d = D(**{'x': src(), 'y': 1})\n  sink(d.x)  # reported\n  sink(d.y)`,
    'in a method': `${DATACLASS}  def run(self):\n    sink(self.x)  # reported\n    sink(self.y)\ndef f():\n  D(src(), 1).run()`,
    'of a base first': `${DATACLASS}@dataclass\nclass E(D):\n  z: int\ndef f():\n  e = E(1, 2, src())\n  sink(e.x)\n  sink(e.z)  # reported`,
    'of an unknown base': `from dataclasses import dataclass\n@dataclass\nclass D(Other):\n  x: str\ndef f():\n  sink(D(src(), 1).x)  # reported`,
    'given what is no field': `${DATACLASS}def f():\n  sink(D(z=src()).y)  # reported`,
    'not what belongs to the class':
      'import dataclasses\nfrom typing import ClassVar\n@dataclasses.dataclass(frozen=True)\nclass D:\n  n: ClassVar[int]\n  x: str = ""\n  y: str = ""\ndef f():\n  d = D(1, src())\n  sink(d.x)\n  sink(d.y)  # reported',
    attrs:
      'import attr\n@attr.s\nclass D:\n  x = attr.ib()\n  y = attr.ib()\ndef f():\n  d = D(1, src())\n  sink(d.x)\n  sink(d.y)  # reported',
    'named tuples':
      'from typing import NamedTuple\nclass D(NamedTuple):\n  x: str\n  y: str\ndef f():\n  d = D(1, src())\n  a, b = d\n  sink(a)\n  sink(b)  # reported\n  sink(d[0])\n  sink(d[1])  # reported\n  sink(d.x)\n  sink(d.y)  # reported',
    'others may do as they like': 'class D:\n  x: str\n  y: str\ndef f():\n  sink(D(src(), 1).y)  # reported',
  },
  'records that finish themselves': {
    'what they read': `${DATACLASS}  def __post_init__(self):\n    sink(self.x)  # reported\n    sink(self.y)\ndef f():\n  D(src(), 1)`,
    'what they make': `${DATACLASS}  def __post_init__(self):\n    self.z = self.x + '!'\ndef f():\n  d = D(src(), 1)\n  sink(d.z)  # reported\n  sink(d.x)  # reported\n  sink(d.y)`,
    'what they bring': `${DATACLASS}  def __post_init__(self):\n    self.x = src()\ndef f():\n  d = D(1, 2)\n  sink(d.x)  # reported\n  sink(d.y)`,
    'what only they are given':
      'from dataclasses import InitVar, dataclass\n@dataclass\nclass D:\n  x: str\n  y: InitVar[str]\n  z: InitVar[str]\n  def __post_init__(self, y, z):\n    sink(y)  # reported\n    sink(z)\ndef f():\n  D(1, src(), z=2)',
    'by a method of a base': `from dataclasses import dataclass\nclass B:\n  def __post_init__(self):\n    sink(self.x)  # reported\n@dataclass\nclass D(B):\n  x: str\ndef f():\n  D(src())`,
    attrs:
      'import attrs\n@attrs.define\nclass D:\n  x: str\n  def __attrs_post_init__(self):\n    sink(self.x)  # reported\ndef f():\n  D(src())',
    'not those with a constructor':
      'class D:\n  def __init__(self, x):\n    self.x = x\n  def __post_init__(self):\n    sink(self.x)\ndef f():\n  D(src())',
  },
  'objects that are called': {
    'made here': `${CALLED}def f():\n  r = R()\n  r(src())`,
    'made where they are called': `${CALLED}def f():\n  R()(src())`,
    'in a variable of the module': `${CALLED}r = R()\ndef f():\n  r(src())`,
    'in a field': `${CALLED}class V:\n  def __init__(self):\n    self.r = R()\n  def get(self):\n    self.r(src())`,
    'in a table': `${CALLED}T = {'a': R()}\ndef f(k):\n  T[k](src())`,
    'by an annotation': `${CALLED}def f(r: R):\n  r(src())`,
    'what they return':
      'class R:\n  def __call__(self, x):\n    return x\n  def other(self, x):\n    return 1\ndef f():\n  sink(R()(src()))  # reported\n  sink(R().other(src()))',
    'that clean': 'class R:\n  def __call__(self, x):\n    return 1\ndef f():\n  sink(R()(src()))',
    'their fields':
      'class R:\n  def __init__(self, x, y):\n    self.x = x\n    self.y = y\n  def __call__(self):\n    sink(self.x)  # reported\n    sink(self.y)\ndef f():\n  r = R(src(), 1)\n  r()',
    'what is left in them':
      'class R:\n  def __call__(self, x):\n    self.x = x\ndef f():\n  r = R()\n  r(src())\n  sink(r.x)  # reported\n  sink(r.y)',
    'that bring data': 'class R:\n  def __call__(self):\n    return src()\ndef f():\n  sink(R()())  # reported',
    'of a class without the method': `${UNKNOWN}def f():\n  r = R()\n  r(src())`,
  },
  annotations: {
    'a class that is defined later': `def f(r: R):\n  r.m(src())\n${REPO}`,
    'a quoted one that is defined later': `def f(r: "R"):\n  r.m(src())\n${REPO}`,
    'a quoted one or none': `${REPO}def f(r: "R | None"):\n  r.m(src())`,
    'a quoted wrapper': `${REPO}from typing import Optional\ndef f(r: "Optional[R]"):\n  r.m(src())`,
    'a quoted list': `${UNKNOWN}def f(r: "list[R]"):\n  r.m(src())`,
    'a quoted one of what is returned': `${REPO}def make() -> "R":\n  return other()\ndef f():\n  make().m(src())`,
  },
  properties: {
    'what they return': `${PROPERTIES}def f():\n  r = R(src())\n  sink(r.x)  # reported\n  sink(r.y)\n  sink(r.empty)`,
    'in a method': `${PROPERTIES}  def run(self):\n    sink(self.x)  # reported\n    sink(self.y)\ndef f():\n  R(src()).run()`,
    'of a base': `${PROPERTIES}class S(R):\n  pass\ndef f():\n  sink(S(src()).x)  # reported`,
    'of a parameter': `${PROPERTIES}def g(r: R):\n  sink(r.x)  # reported\ndef f():\n  g(R(src()))`,
    'with a setter': `${PROPERTIES}  @x.setter\n  def x(self, value):\n    self._x = value\ndef f():\n  r = R(src())\n  sink(r.x)  # reported`,
    'set and read': `${PROPERTIES}  @x.setter\n  def x(self, value):\n    self._x = value\ndef f():\n  r = R(1)\n  r.x = src()\n  sink(r.x)  # reported`,
    cached:
      'import functools\nclass R:\n  def __init__(self, x):\n    self._x = x\n  @functools.cached_property\n  def x(self):\n    return self._x\ndef f():\n  sink(R(src()).x)  # reported',
    'that holds a sink':
      'class R:\n  @property\n  def x(self):\n    sink(self._x)  # reported\ndef f():\n  r = R()\n  r._x = src()\n  return r.x',
    'that another method fills':
      'class R:\n  def put(self):\n    self._x = src()\n  @property\n  def x(self):\n    return self._x\n  def show(self):\n    sink(self.x)  # reported',
  },
  'what a call leaves': {
    'in a dictionary of the module':
      "S = {}\ndef put(x):\n  S['x'] = x\ndef use():\n  sink(S['x'])  # reported\n  sink(S['y'])\ndef f():\n  put(src())",
    'in a variable of the module':
      "S = ''\ndef put(x):\n  global S\n  S = x\ndef use():\n  sink(S)  # reported\ndef f():\n  put(src())",
    'in an object that the module keeps':
      'class R:\n  def put(self, x):\n    self.x = x\n  def use(self):\n    sink(self.x)  # reported\n    sink(self.y)\nrepo = R()\ndef f():\n  repo.put(src())',
    'in an object of its own':
      'class R:\n  def put(self, x):\n    self.x = x\n  def use(self):\n    sink(self.x)\ndef f():\n  R().put(src())',
    'when the module is loaded':
      "S = {}\ndef put(x):\n  S['x'] = x\ndef use():\n  sink(S['x'])  # reported\nput(src())",
  },
  'class methods': {
    'called on the class':
      'class R:\n  @classmethod\n  def m(cls, x):\n    sink(x)  # reported\ndef f():\n  R.m(src())',
    'the other argument': 'class R:\n  @classmethod\n  def m(cls, x, y):\n    sink(x)\ndef f():\n  R.m(1, src())',
    'called on an object':
      'class R:\n  @classmethod\n  def m(cls, x):\n    sink(x)  # reported\ndef f():\n  R().m(src())',
    'called on the class in one':
      'class R:\n  @classmethod\n  def a(cls, x):\n    cls.b(x)\n  @classmethod\n  def b(cls, x):\n    sink(x)  # reported\ndef f():\n  R.a(src())',
    'that makes an object':
      'class R:\n  def __init__(self, q):\n    self.q = q\n  @classmethod\n  def make(cls, x):\n    return cls(x)\n  def run(self):\n    sink(self.q)  # reported\ndef f():\n  R.make(src()).run()',
    'that makes an object of a class derived from its own':
      'class B:\n  @classmethod\n  def make(cls, x):\n    return cls(x)\nclass R(B):\n  def __init__(self, q):\n    sink(q)  # reported\ndef f():\n  R.make(src())',
  },
};

describe.each(Object.keys(CASES))('%s', (group) => {
  test.each(Object.keys(CASES[group] ?? {}))('%s', (name) => {
    const { found, expected } = taintLines(CASES[group]?.[name] ?? '');
    expect(found).toEqual(expected);
  });
});
