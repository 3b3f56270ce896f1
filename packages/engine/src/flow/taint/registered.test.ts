import { describe, expect, test } from 'vitest';
import { taintLines } from '../../testing/taint-lines.ts';

const KEYED = 'H = {}\ndef register(name):\n  def wrap(fn):\n    H[name] = fn\n    return fn\n  return wrap\n';
const BARE = 'H = []\ndef register(fn):\n  H.append(fn)\n  return fn\n';
const PLAIN = 'H = {}\ndef register(name, fn):\n  H[name] = fn\n';
const REGISTRY =
  'class Registry:\n  def __init__(self):\n    self.h = {}\n  def register(self, name):\n    def wrap(fn):\n      self.h[name] = fn\n      return fn\n    return wrap\n  def dispatch(self, name, data):\n    return self.h[name](data)\nregistry = Registry()\n';
const RUN = 'def run(x):\n  sink(x)  # reported\n';
const SAFE = 'def run(x):\n  sink(x)\n';
const CALL = 'def f(k):\n  H[k](src())\n';

/** Functions and classes that calls and decorators put into tables, by who does so and how they are taken out. */
const CASES: Record<string, Record<string, string>> = {
  'a decorator that is given a name': {
    'called through the table': `${KEYED}@register("a")\n${RUN}${CALL}`,
    'called before it is defined': `${CALL}${KEYED}@register("a")\n${RUN}`,
    'asked for with get': `${KEYED}@register("a")\n${RUN}def f(k):\n  H.get(k)(src())`,
    'through a variable': `${KEYED}@register("a")\n${RUN}def f(k):\n  g = H.get(k)\n  if g is None:\n    raise KeyError\n  g(src())`,
    'under the name': `${KEYED}@register("a")\n${RUN}def f():\n  H["a"](src())`,
    'under another name': `${KEYED}@register("a")\n${SAFE}@register("b")\ndef go(x):\n  pass\ndef f():\n  H["b"](src())`,
    'under a name that is not written out': `${KEYED}@register(A)\n${RUN}def f():\n  H["b"](src())`,
    'by name': `${KEYED}@register(name="a")\n${RUN}def f():\n  H["a"](src())`,
    'among others': `${KEYED}@other\n@register("a")\n@another(1)\n${RUN}${CALL}`,
    'of several': `${KEYED}@register("a")\n${RUN}@register("b")\ndef go(x):\n  sink(x)  # reported\n${CALL}`,
    'by a name of its own': `${KEYED}@register("a")\n${RUN}@unknown("a")\ndef go(x):\n  sink(x)\n${CALL}`,
    'that puts in what it makes':
      'H = {}\ndef register(name):\n  def wrap(fn):\n    def inner(x):\n      sink(x)  # reported\n    H[name] = inner\n    return inner\n  return wrap\n@register("a")\ndef run(x):\n  pass\ndef f(k):\n  H[k](src())',
    'that puts in nothing': `H = {}\ndef register(name):\n  def wrap(fn):\n    return fn\n  return wrap\n@register("a")\n${SAFE}${CALL}`,
    'that puts it elsewhere': `H = {}\nG = {}\ndef register(name):\n  def wrap(fn):\n    G[name] = fn\n    return fn\n  return wrap\n@register("a")\n${SAFE}${CALL}`,
    'that is not called':
      'H = {}\ndef register(name):\n  def wrap(fn):\n    H[name] = fn\n    return fn\n  return wrap\ndef run(x):\n  sink(x)\ndef f(k):\n  H[k](src())',
    'with or without one': `H = {}\ndef register(fn=None, name=None):\n  def wrap(g):\n    H[name] = g\n    return g\n  if fn is None:\n    return wrap\n  return wrap(fn)\n@register\n${RUN}@register(name="a")\ndef go(x):\n  sink(x)  # reported\n${CALL}`,
    'of a table of lists': `H = {}\ndef register(name):\n  def wrap(fn):\n    H.setdefault(name, []).append(fn)\n    return fn\n  return wrap\n@register("a")\n${RUN}def f(k):\n  for h in H.get(k, []):\n    h(src())`,
    'of a table of tables': `H = {}\ndef register(name, way):\n  def wrap(fn):\n    H[name][way] = fn\n    return fn\n  return wrap\n@register("a", "b")\n${RUN}def f(k, w):\n  H[k][w](src())`,
  },
  'a bare decorator': {
    'called in a loop': `${BARE}@register\n${RUN}def f():\n  for h in H:\n    h(src())`,
    'called in a comprehension': `${BARE}@register\n${RUN}def f():\n  return [h(src()) for h in H]`,
    'by its place': `${BARE}@register\n${RUN}def f():\n  H[0](src())`,
    'of a set': `H = set()\ndef register(fn):\n  H.add(fn)\n  return fn\n@register\n${RUN}def f():\n  for h in H:\n    h(src())`,
    'under the name of the function': `H = {}\ndef register(fn):\n  H[fn.__name__] = fn\n  return fn\n@register\n${RUN}${CALL}`,
    'in a loop over values': `H = {}\ndef register(fn):\n  H[fn.__name__] = fn\n  return fn\n@register\n${RUN}def f():\n  for h in H.values():\n    h(src())`,
    'in a loop over entries': `H = {}\ndef register(fn):\n  H[fn.__name__] = fn\n  return fn\n@register\n${RUN}def f():\n  for k, h in H.items():\n    h(src())`,
    'in a loop that counts': `${BARE}@register\n${RUN}def f():\n  for i, h in enumerate(H):\n    h(src())`,
    'in a loop over a copy': `${BARE}@register\n${RUN}def f():\n  for h in list(H):\n    h(src())`,
    'in pairs': `H = []\ndef register(fn):\n  H.append((fn.__name__, fn))\n  return fn\n@register\n${RUN}def f():\n  for name, h in H:\n    h(src())`,
    'in a list that is made anew': `H = []\ndef register(fn):\n  global H\n  H += [fn]\n  return fn\n@register\n${RUN}def f():\n  for h in H:\n    h(src())`,
    'in a variable': `H = None\ndef register(fn):\n  global H\n  H = fn\n  return fn\n@register\n${RUN}def f():\n  H(src())`,
    'another list': `${BARE}G = []\n@register\n${SAFE}def f():\n  for h in G:\n    h(src())`,
    'a list of its own': `def register(fn):\n  H = []\n  H.append(fn)\n  return fn\nH = []\n@register\n${SAFE}def f():\n  for h in H:\n    h(src())`,
    'the other argument': `${BARE}@register\ndef run(x, y):\n  sink(y)\ndef f():\n  for h in H:\n    h(src(), 1)`,
    'a method': `${BARE}class V:\n  @register\n  def run(self, x):\n    sink(x)  # reported\ndef f(v):\n  for h in H:\n    h(v, src())`,
    'what takes another parameter': `H = []\ndef register(name, fn):\n  H.append(name)\n@register\n${SAFE}def f():\n  for h in H:\n    h("a")\n  H[0](1)`,
  },
  'a registry object': {
    'whose method decorates': `${REGISTRY}@registry.register("a")\n${RUN}def f(k):\n  registry.dispatch(k, src())`,
    'that is used from outside': `${REGISTRY}@registry.register("a")\n${RUN}def f(k):\n  registry.h[k](src())`,
    'under another name': `${REGISTRY}@registry.register("a")\n${SAFE}@registry.register("b")\ndef go(x):\n  pass\ndef f():\n  registry.h["b"](src())`,
    'that is given them': `class Registry:\n  def __init__(self):\n    self.h = []\n  def register(self, fn):\n    self.h.append(fn)\n  def run(self, data):\n    for h in self.h:\n      h(data)\nregistry = Registry()\n${RUN}registry.register(run)\ndef f():\n  registry.run(src())`,
    'that is called': `class Registry:\n  def __init__(self):\n    self.h = []\n  def __call__(self, fn):\n    self.h.append(fn)\n    return fn\n  def run(self, data):\n    for h in self.h:\n      h(data)\nregister = Registry()\n@register\n${RUN}def f():\n  register.run(src())`,
    'of a class that is derived': `${REGISTRY.replace('registry = Registry()\n', '')}class Own(Registry):\n  pass\nregistry = Own()\n@registry.register("a")\n${RUN}def f(k):\n  registry.dispatch(k, src())`,
    'that is a class': `class Registry:\n  h = {}\n  @classmethod\n  def register(cls, name, fn):\n    cls.h[name] = fn\n  @classmethod\n  def get(cls, name):\n    return cls.h[name]\ndef register(name):\n  def wrap(fn):\n    Registry.register(name, fn)\n    return fn\n  return wrap\n@register("a")\n${RUN}def f(k):\n  Registry.get(k)(src())`,
    'that is a class, by its name': `class Registry:\n  h = {}\n  @staticmethod\n  def register(fn):\n    Registry.h[fn.__name__] = fn\n    return fn\n@Registry.register\n${RUN}def f(k):\n  Registry.h[k](src())`,
    'that only one is put into': `${REGISTRY}other = unknown()\n@other.register("a")\n${SAFE}def f(k):\n  registry.dispatch(k, src())`,
    'of another class': `${REGISTRY}class Other:\n  def register(self, name):\n    return lambda fn: fn\nother = Other()\n@other.register("a")\n${SAFE}def f(k):\n  registry.dispatch(k, src())`,
  },
  'a class': {
    'that is decorated': `${KEYED}@register("a")\nclass R:\n  def run(self, x):\n    sink(x)  # reported\ndef f(k):\n  H[k]().run(src())`,
    'and its constructor': `${KEYED}@register("a")\nclass R:\n  def __init__(self, x):\n    sink(x)  # reported\n${CALL}`,
    'in a loop': `${BARE}@register\nclass R:\n  def run(self, x):\n    sink(x)  # reported\ndef f():\n  for cls in H:\n    cls().run(src())`,
    'whose object decorates': `H = {}\nclass register:\n  def __init__(self, name):\n    self.name = name\n  def __call__(self, fn):\n    H[self.name] = fn\n    return fn\n@register("a")\n${RUN}${CALL}`,
    'that registers what it is made with': `H = []\nclass Command:\n  def __init__(self, fn):\n    H.append(fn)\n@Command\n${RUN}def f():\n  for h in H:\n    h(src())`,
  },
  'a plain call': {
    'with a function': `${PLAIN}${RUN}register("a", run)\n${CALL}`,
    'by name': `${PLAIN}${RUN}register(fn=run, name="a")\n${CALL}`,
    'with a lambda': `${PLAIN}register("a", lambda x: sink(x))  # reported\n${CALL}`,
    'with a method': `${PLAIN}class V:\n  def __init__(self):\n    register("a", self.run)\n  def run(self, x):\n    sink(x)  # reported\n${CALL}`,
    'with an object': `${PLAIN}class R:\n  def run(self, x):\n    sink(x)  # reported\nregister("a", R())\ndef f(k):\n  H[k].run(src())`,
    'under the name': `${PLAIN}${RUN}register("a", run)\ndef f():\n  H["a"](src())`,
    'under another name': `${PLAIN}${SAFE}register("a", run)\ndef f():\n  H["b"](src())`,
    'through another function': `${PLAIN}def add(fn):\n  register("a", fn)\n${RUN}add(run)\n${CALL}`,
    'that hands itself on': `${PLAIN}def add(fn):\n  add(fn)\n  register("a", fn)\n${RUN}add(run)\n${CALL}`,
    'of another function of the name': `${PLAIN}def g(register):\n  register("a", run)\n${SAFE}${CALL}`,
    'with an argument that is spread': `${PLAIN}${SAFE}register(*["a", run])\n${CALL}`,
  },
  'a field': {
    'that the constructor is given': `class V:\n  def __init__(self, fn):\n    self.fn = fn\n  def get(self):\n    self.fn(src())\n${RUN}v = V(run)`,
    'with an object': `class R:\n  def run(self, x):\n    sink(x)  # reported\nclass V:\n  def __init__(self, repo):\n    self.repo = repo\n  def get(self):\n    self.repo.run(src())\nv = V(R())`,
    'that a method is given': `class V:\n  def on(self, fn):\n    self.fn = fn\n  def get(self):\n    self.fn(src())\n${RUN}v = V()\nv.on(run)`,
    'that the constructor of a derived class hands on': `class V:\n  def __init__(self, fn):\n    self.fn = fn\n  def get(self):\n    self.fn(src())\n${RUN}class W(V):\n  def __init__(self):\n    super().__init__(run)`,
    'that another class is given': `class V:\n  def __init__(self, fn):\n    self.fn = fn\n  def get(self):\n    self.fn(src())\nclass W:\n  def __init__(self, fn):\n    self.fn = fn\n${SAFE}v = W(run)`,
  },
  'what is written out still': {
    'is told apart by its keys':
      'def run(x):\n  sink(x)  # reported\ndef go(x):\n  sink(x)\nT = {}\nT["a"] = run\nT["b"] = go\ndef f():\n  T["a"](src())',
    'is added to': `${RUN}T = [other]\nT.append(run)\ndef f():\n  for g in T:\n    g(src())`,
    'is put together': `${RUN}T = []\nT.extend([run])\ndef f():\n  for g in T:\n    g(src())`,
    'is brought up to date': `${RUN}T = {}\nT.update({"a": run})\ndef f(k):\n  T[k](src())`,
    'is given out by a function': `${RUN}T = {"a": run}\ndef table():\n  return T\ndef f(k):\n  table()[k](src())`,
  },
};

describe.each(Object.keys(CASES))('%s', (group) => {
  test.each(Object.keys(CASES[group] ?? {}))('%s', (name) => {
    const { found, expected } = taintLines(CASES[group]?.[name] ?? '');
    expect(found).toEqual(expected);
  });
});
