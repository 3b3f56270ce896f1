import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../rules/load-rules.ts';
import { asFiles, FLOW_RULE, placesIn } from '../testing/flow-program.ts';
import { programs } from '../testing/generate-programs.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import { Scanner } from './scanner.ts';

function scannerFor(depth: 'file' | 'project', options: Record<string, unknown> = {}, interfile = false): Scanner {
  const { rules } = loadRules(JSON.stringify({ rules: [{ ...FLOW_RULE, options }] }), 'rules.yaml');
  return new Scanner(rules, languages, { ...scannerOptions, depth, interfile });
}

/** `path:line` of what is found across the files. */
function found(texts: Record<string, string>): string[] {
  const reports = scannerFor('project').scanProject(asFiles(texts)).reports;
  expect(reports.flatMap(({ issues }) => issues)).toEqual([]);
  return placesIn(reports);
}

/** The same, whether or not all flows could be followed. */
function places(texts: Record<string, string>): string[] {
  return placesIn(scannerFor('project').scanProject(asFiles(texts)).reports);
}

const SINK = 'def run(q):\n  sink(q)\n';

const REPO = 'class Repo:\n  def load(self, q):\n    sink(q)\n';

const TABLES = 'TABLE = {}\ndef register(name):\n  def wrap(fn):\n    TABLE[name] = fn\n    return fn\n  return wrap\n';
const CALLS_TABLE = 'from tables import TABLE\ndef f(k):\n  TABLE[k](src())';

const REGISTRY =
  'class Registry:\n  def __init__(self):\n    self.kept = {}\n  def register(self, name):\n    def wrap(fn):\n      self.kept[name] = fn\n      return fn\n    return wrap\n  def run(self, name, data):\n    self.kept[name](data)\nregistry = Registry()\n';
const CALLS_REGISTRY = 'from b import registry\ndef f(k):\n  registry.run(k, src())';

const CASES: Record<string, [files: Record<string, string>, expected: string[]]> = {
  'from a module': [{ 'a.py': 'from db import run\nrun(src())', 'db.py': SINK }, ['db.py:2']],
  'under another name': [{ 'a.py': 'from db import run as go\ngo(src())', 'db.py': SINK }, ['db.py:2']],
  'through the module': [{ 'a.py': 'import db\ndb.run(src())', 'db.py': SINK }, ['db.py:2']],
  'through a dotted module': [{ 'a.py': 'import app.db\napp.db.run(src())', 'app/db.py': SINK }, ['app/db.py:2']],
  'through a renamed module': [{ 'a.py': 'import app.db as d\nd.run(src())', 'app/db.py': SINK }, ['app/db.py:2']],
  'from the same package': [{ 'app/a.py': 'from .db import run\nrun(src())', 'app/db.py': SINK }, ['app/db.py:2']],
  'from the package above': [
    { 'app/web/a.py': 'from ..db import run\nrun(src())', 'app/db.py': SINK },
    ['app/db.py:2'],
  ],
  'a module of the package': [{ 'app/a.py': 'from . import db\ndb.run(src())', 'app/db.py': SINK }, ['app/db.py:2']],
  'handed on by a package': [
    { 'a.py': 'from app import run\nrun(src())', 'app/__init__.py': 'from .db import run', 'app/db.py': SINK },
    ['app/db.py:2'],
  ],
  'handed on with all names': [
    { 'a.py': 'from app import run\nrun(src())', 'app/__init__.py': 'from .db import *', 'app/db.py': SINK },
    ['app/db.py:2'],
  ],
  'handed on by a package that tries several': [
    {
      'a.py': 'from app import run\nrun(src())',
      'app/__init__.py': 'try:\n  from fast import run\nexcept ImportError:\n  from .db import run',
      'app/db.py': SINK,
    },
    ['app/db.py:2'],
  ],
  'handed on under a condition': [
    {
      'a.py': 'from app import run, other\nrun(src())\nother(src())',
      'app/__init__.py': 'if FAST:\n  from .db import *\nelse:\n  from .other import other',
      'app/db.py': SINK,
      'app/other.py': 'def other(x):\n  sink(x)',
    },
    ['app/db.py:2', 'app/other.py:2'],
  ],
  'handed on by a package that has all names of its modules, which import from it': [
    {
      'a.py': 'from app import run\nrun(src())',
      'app/__init__.py': Array.from({ length: 40 }, (_, i) => `from app.m${i} import *\n`).join(''),
      ...Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`app/m${i}.py`, `from app import *\ndef other${i}():\n  run = 1\n`]),
      ),
      'app/m39.py': SINK,
    },
    ['app/m39.py:2'],
  ],
  'below a folder of sources': [
    { 'src/app/a.py': 'from app.db import run\nrun(src())', 'src/app/db.py': SINK },
    ['src/app/db.py:2'],
  ],
  'the nearer of two modules of a name': [
    { 'x/a.py': 'from db import run\nrun(src())', 'x/db.py': SINK, 'y/db.py': SINK },
    ['x/db.py:2'],
  ],
  'a result': [{ 'a.py': 'from b import get\nsink(get())', 'b.py': 'def get():\n  return src()' }, ['a.py:2']],
  'a helper between': [
    { 'a.py': 'from b import trim\nsink(trim(src()))', 'b.py': 'def trim(x):\n  return x.strip()' },
    ['a.py:2'],
  ],
  'a helper that answers something else': [
    { 'a.py': 'from b import size\nsink(size(src()))', 'b.py': 'def size(x):\n  return 1' },
    [],
  ],
  'an object': [
    {
      'a.py': 'from b import Repo\ndef f():\n  Repo(src()).load()',
      'b.py': 'class Repo:\n  def __init__(self, q):\n    self.q = q\n  def load(self):\n    sink(self.q)',
    },
    ['b.py:5'],
  ],
  'a base class': [
    {
      'a.py': 'from b import Base\nclass Repo(Base):\n  pass\ndef f():\n  Repo().load(src())',
      'b.py': 'class Base:\n  def load(self, q):\n    sink(q)',
    },
    ['b.py:3'],
  ],
  'an object that another module keeps': [
    { 'a.py': 'from b import repo\ndef f():\n  repo.load(src())', 'b.py': `${REPO}repo = Repo()` },
    ['b.py:3'],
  ],
  'an object that another module keeps, through the module': [
    { 'a.py': 'import app.b as b\ndef f():\n  b.repo.load(src())', 'app/b.py': `${REPO}repo = Repo()` },
    ['app/b.py:3'],
  ],
  'an object that a package hands on': [
    {
      'a.py': 'from app import repo\ndef f():\n  repo.load(src())',
      'app/__init__.py': 'from .b import repo',
      'app/b.py': `${REPO}repo = Repo()`,
    },
    ['app/b.py:3'],
  ],
  'an object in a field': [
    {
      'a.py':
        'from b import Repo\nclass V:\n  def __init__(self):\n    self.repo = Repo()\n  def f(self):\n    self.repo.load(src())',
      'b.py': REPO,
    },
    ['b.py:3'],
  ],
  'an object in a field of what another module keeps': [
    {
      'a.py': 'from b import service\ndef f():\n  service.repo.load(src())',
      'b.py':
        'from c import Repo\nclass S:\n  def __init__(self, repo: Repo):\n    self.repo = repo\nservice = S(make())',
      'c.py': REPO,
    },
    ['c.py:3'],
  ],
  'a variable that is no object': [
    { 'a.py': 'from b import repo\ndef f():\n  repo.load(src())', 'b.py': `${REPO}repo = other()` },
    [],
  ],
  'a variable of a name that is also a module': [
    { 'a.py': 'def f(repo):\n  repo.load(src())', 'repo.py': 'def load(q):\n  sink(q)' },
    [],
  ],
  'a table of functions': [
    {
      'a.py': 'from b import TABLE\ndef f(k):\n  TABLE[k](src())',
      'b.py': 'from c import run\nTABLE = {"run": run}',
      'c.py': SINK,
    },
    ['c.py:2'],
  ],
  'a function that a decorator puts into a table': [
    { 'a.py': CALLS_TABLE, 'tables.py': TABLES, 'c.py': `from tables import register\n@register("run")\n${SINK}` },
    ['c.py:4'],
  ],
  'a function that a decorator of another name puts into a table': [
    { 'a.py': CALLS_TABLE, 'tables.py': TABLES, 'c.py': `from tables import register as r\n@r("run")\n${SINK}` },
    ['c.py:4'],
  ],
  'a function that a decorator of a module puts into a table': [
    { 'a.py': CALLS_TABLE, 'tables.py': TABLES, 'c.py': `import tables\n@tables.register("run")\n${SINK}` },
    ['c.py:4'],
  ],
  'a function under another key': [
    {
      'a.py': 'from tables import TABLE\nTABLE["go"](src())',
      'tables.py': TABLES,
      'c.py': `from tables import register\n@register("run")\n${SINK}`,
    },
    [],
  ],
  'a decorator of the same name from elsewhere': [
    { 'a.py': CALLS_TABLE, 'tables.py': TABLES, 'c.py': `from others import register\n@register("run")\n${SINK}` },
    [],
  ],
  'functions that are put into a list': [
    {
      'a.py': 'from b import ALL\ndef f():\n  for one in ALL:\n    one(src())',
      'b.py': 'ALL = []\ndef add(fn):\n  ALL.append(fn)',
      'c.py': `from b import add\n${SINK}add(run)`,
    },
    ['c.py:3'],
  ],
  'a function that is put into a table of an object': [
    { 'a.py': CALLS_REGISTRY, 'b.py': REGISTRY, 'c.py': `from b import registry\n@registry.register("run")\n${SINK}` },
    ['c.py:4'],
  ],
  'a function that is put into a table of an object of another name': [
    { 'a.py': CALLS_REGISTRY, 'b.py': REGISTRY, 'c.py': `from b import registry as r\n@r.register("run")\n${SINK}` },
    ['c.py:4'],
  ],
  'a method of a name that many have that puts functions into a table': [
    {
      'a.py': CALLS_REGISTRY,
      'b.py': REGISTRY,
      'c.py': `from b import registry\n@registry.register("run")\n${SINK}`,
      'd.py': `${'def register():\n  pass\n'.repeat(9)}class Other:\n  def register(self, name):\n    pass\nother = Other()\n@other.register("go")\n${SINK}`,
    },
    ['c.py:4'],
  ],
  'a class that is put into a table': [
    {
      'a.py': 'from tables import TABLE\ndef f(k):\n  TABLE[k]().load(src())',
      'tables.py': TABLES,
      'c.py': `from tables import register\n@register("repo")\n${REPO}`,
    },
    ['c.py:5'],
  ],
  'a function that is handed on to a class that keeps it': [
    {
      'a.py': 'from b import Registry\ndef f(k):\n  Registry.get(k)(src())',
      'b.py':
        'class Registry:\n  kept = {}\n  @classmethod\n  def put(cls, name, fn):\n    cls.kept[name] = fn\n  @classmethod\n  def get(cls, name):\n    return cls.kept[name]',
      'c.py':
        'from b import Registry\ndef task(fn=None, name=""):\n  def wrap(f):\n    Registry.put(name, f)\n    return f\n  if fn is None:\n    return wrap\n  return wrap(fn)',
      'd.py': `from c import task\n@task\n${SINK}`,
    },
    ['d.py:4'],
  ],
  'an object that a constructor is given': [
    {
      'a.py': 'class V:\n  def __init__(self, repo):\n    self.repo = repo\n  def f(self):\n    self.repo.load(src())',
      'b.py': REPO,
      'c.py': 'from a import V\nfrom b import Repo\nview = V(Repo())',
    },
    ['b.py:3'],
  ],
  // What is returned is what one call gives, and not what others do.
  'a function that returns what it is given': [
    {
      'a.py': 'from b import same\ndef f(x):\n  one = same(x)\n  one.load(src())',
      'b.py': 'def same(x):\n  return x',
      'c.py': `from b import same\n${REPO}def g():\n  return same(Repo())`,
    },
    [],
  ],
  'a class method': [
    {
      'a.py': 'from b import Repo\ndef f():\n  Repo.load(src())',
      'b.py': 'class Repo:\n  @classmethod\n  def load(cls, q):\n    sink(q)',
    },
    ['b.py:4'],
  ],
  'fields of a record': [
    {
      'a.py': 'from b import D\ndef f():\n  d = D(1, src())\n  sink(d.x)\n  sink(d.y)',
      'b.py': 'from dataclasses import dataclass\n@dataclass\nclass D:\n  x: str\n  y: str',
    },
    ['a.py:5'],
  ],
  'a record that finishes itself': [
    {
      'a.py': 'from b import D\ndef f():\n  d = D(1, src())\n  sink(d.z)\n  sink(d.x)',
      'b.py':
        'from dataclasses import dataclass\n@dataclass\nclass D:\n  x: str\n  y: str\n  def __post_init__(self):\n    self.z = self.y',
    },
    ['a.py:4'],
  ],
  'an object that is called': [
    {
      'a.py': 'from b import Run\ndef f():\n  Run()(src())',
      'b.py': 'class Run:\n  def __call__(self, q):\n    sink(q)',
    },
    ['b.py:3'],
  ],
  'an object that another module keeps and that is called': [
    {
      'a.py': 'from b import run\ndef f():\n  run(src())',
      'b.py': 'class Run:\n  def __call__(self, q):\n    sink(q)\nrun = Run()',
    },
    ['b.py:3'],
  ],
  'what an object returns that is called': [
    {
      'a.py': 'from b import Get\ndef f():\n  get = Get()\n  sink(get())',
      'b.py': 'class Get:\n  def __call__(self):\n    return src()',
    },
    ['a.py:4'],
  ],
  'what a kept object returns that is called': [
    {
      'a.py': 'from b import get\ndef f():\n  sink(get())',
      'b.py': 'class Get:\n  def __call__(self):\n    return src()\nget = Get()',
    },
    ['a.py:3'],
  ],
  'a class in quotes': [{ 'a.py': 'from b import Repo\ndef f(r: "Repo"):\n  r.load(src())', 'b.py': REPO }, ['b.py:3']],
  'a class in quotes that is only imported for that': [
    {
      'a.py':
        'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from b import Repo as R\ndef f(r: "R | None"):\n  r.load(src())',
      'b.py': REPO,
    },
    ['b.py:3'],
  ],
  'a class in quotes, through its module': [
    { 'a.py': 'from app import b\ndef f(r: "b.Repo"):\n  r.load(src())', 'app/b.py': REPO },
    ['app/b.py:3'],
  ],
  'a class in quotes, through a dotted module': [
    { 'a.py': 'import app.b\ndef f(r: "app.b.Repo"):\n  r.load(src())', 'app/b.py': REPO },
    ['app/b.py:3'],
  ],
  'a class in quotes of a field': [
    {
      'a.py': 'from b import Repo\nclass V:\n  repo: "Repo"\n  def f(self):\n    self.repo.load(src())',
      'b.py': REPO,
    },
    ['b.py:3'],
  ],
  // Known in as many rounds as functions are given that call themselves: `found` asks that there is no issue.
  'entries of entries, however deep': [
    {
      'a.py': 'from b import sort\nsink(sort(src()))',
      'b.py':
        'def sort(o):\n  if isinstance(o, dict):\n    return cast(T, {k: sort(v) for k, v in sorted(o.items())})\n  if isinstance(o, list):\n    return cast(T, [sort(x) for x in o])\n  return o',
    },
    ['a.py:2'],
  ],
  'modules that import each other': [
    { 'a.py': 'from b import x\ndef y():\n  return src()\n', 'b.py': 'from a import y\ndef x():\n  sink(y())' },
    ['b.py:3'],
  ],
  'files that are the same': [{ 'a.py': 'x = src()\nsink(x)', 'b.py': 'x = src()\nsink(x)' }, ['a.py:2', 'b.py:2']],
  'a name that is imported in a circle': [{ 'a.py': 'from b import run\nrun(src())', 'b.py': 'from a import run' }, []],
};

describe('what is followed from file to file', () => {
  test.each(Object.keys(CASES))('%s', (name) => {
    const [texts, expected] = CASES[name] ?? [{}, []];
    expect(found(texts)).toEqual(expected);
  });
});

/** Every file mentions all that any file does, so that none can be left unparsed. */
function withAllWords(texts: Record<string, string>): Record<string, string> {
  const words = Object.values(texts).flatMap((text) => text.match(/\w+/g) ?? []);
  const comment = `\n# ${[...new Set(words), 'src', 'sink'].join(' ')}`;
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, text + comment]));
}

describe('which files are parsed', () => {
  test.each(Object.entries(CASES))('makes no difference: %s', (_name, [texts]) => {
    expect(found(withAllWords(texts))).toEqual(found(texts));
  });

  test('makes no difference, for programs made at random', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(programs, (program) => {
        expect(places(withAllWords(program))).toEqual(places(program));
      }),
      { numRuns: 100 },
    );
  });

  test('only those that a flow may come to', () => {
    // A file that is parsed says that it could not be.
    const texts = {
      'a.py': 'sink(src())\n(',
      'b.py': 'def helper(x):\n  sink(x)\n(',
      'c.py': 'import b\nb.helper(1)\n(',
    };
    const reports = scannerFor('project').scanProject(asFiles(texts)).reports;
    expect(reports.flatMap(({ findings }) => findings)).toHaveLength(1);
    expect(reports.flatMap(({ issues }) => issues.map(({ path }) => path))).toEqual(['a.py']);
  });
});

test('a method of a class that is derived from `object` is not called as one of `object`', () => {
  const texts = {
    'a.py': 'class View(object):\n  def get(self):\n    return src()\ndef f():\n  sink(1)',
    // So many functions of a name are only looked for by their class.
    'b.py': 'def get():\n  pass\n'.repeat(9),
    // A file that is parsed says that it could not be.
    'c.py': 'class C(object):\n  def f(self):\n    x.get()\n(',
    'd.py': 'from a import View\nclass W(View):\n  def g(self):\n    sink(self.get())\n',
  };
  expect(found(texts)).toEqual(['d.py:4']);
});

describe('sinks that are written out', () => {
  const OPEN = { 'open.py': 'def unrelated(q):\n  sink(q)' };
  const line = fc.constantFrom(
    'sink("text")',
    'sink(["a", ("b", 1)])',
    'sink(log.read("a"))',
    'sink(get("a").strip())',
    'sink(src())',
    'log.append(src())',
    'log.append(x)',
    'fill(log)',
    'x = src()',
    'x = get(x)',
    'log.sink = sink',
    'get.cache = x',
    'src().put(log)',
  );
  const body = fc.array(line, { minLength: 1, maxLength: 4 });
  const write = (lines: string[], indent: string): string => lines.map((one) => `${indent}${one}\n`).join('');

  test('are followed where data gets there, as any others are', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(body, body, body, (ofView, ofHelper, ofModule) => {
        const program = {
          'a.py': `from b import get, fill\nfrom c import log\n${write(ofModule, '')}def view(x):\n${write(ofView, '  ')}`,
          'b.py': `from c import log\nkept = []\ndef fill(to):\n  to.append(src())\ndef get(x):\n${write(ofHelper, '  ')}  kept.append(x)\n  return kept\n`,
          'c.py': 'log = make()\n',
        };
        expect(places(program)).toEqual(places({ ...program, ...OPEN }));
      }),
      { numRuns: 300 },
    );
  });

  test('are not asked about where no data can', () => {
    // A file that is parsed says that it could not be.
    const texts = { 'a.py': 'x = src()\n(', 'b.py': 'import os\ndef f(q):\n  sink(os.path.join("a", "b"))\n' };
    const parsed = (all: Record<string, string>): (string | null)[] => {
      const { reports } = scannerFor('project').scanProject(asFiles({ ...all, 'c.py': 'x = src()' }));
      return reports.flatMap(({ issues }) => issues.map(({ path }) => path));
    };
    expect(parsed(texts)).toEqual([]);
    expect(parsed({ ...texts, ...OPEN })).toEqual(['a.py']);
  });
});

test('the trace names each file', () => {
  const texts = {
    'a.py': 'from b import mid\ndef f():\n  mid(src())',
    'b.py': 'from c import run\ndef mid(x):\n  y = x\n  run(y)',
    'c.py': 'def run(q):\n  sink(q)',
  };
  const [finding] = scannerFor('project')
    .scanProject(asFiles(texts))
    .reports.flatMap(({ findings }) => findings);
  const place = ({ path, start }: { path: string; start: { line: number } }): string => `${path}:${start.line}`;
  const steps: string[] = [];
  if (finding?.trace?.source.kind === 'place') steps.push(place(finding.trace.source.step));
  for (let end = finding?.trace?.sink; end !== undefined; end = end.kind === 'call' ? end.inner : undefined) {
    steps.push(place(end.step), ...(end.kind === 'call' ? end.through.map(place) : []));
  }
  expect(steps).toEqual(['a.py:3', 'a.py:3', 'b.py:3', 'b.py:4', 'c.py:2']);
});

test('a comment suppresses a finding of another file too', () => {
  const texts = { 'a.py': 'from db import run\nrun(src())', 'db.py': 'def run(q):\n  sink(q)  # nosemgrep: flow' };
  const reports = scannerFor('project').scanProject(asFiles(texts)).reports;
  expect(reports.flatMap(({ findings }) => findings.map(({ ignored }) => ignored))).toEqual([true]);
});

describe('which rules', () => {
  const texts = asFiles({ 'a.py': 'from db import run\nrun(src())', 'db.py': SINK });
  const count = (scanner: Scanner): number[] => [
    texts.flatMap((file) => scanner.scan(file).findings).length,
    scanner.scanProject(texts).reports.flatMap(({ findings }) => findings).length,
  ];

  test('all at project depth', () => expect(count(scannerFor('project'))).toEqual([0, 1]));
  test('but those that refuse it', () => {
    const scanner = scannerFor('project', { interfile: false });
    expect(count(scanner)).toEqual([0, 0]);
    expect(scanner.scan({ path: 'a.py', text: 'x = src()\nsink(x)', languages: ['python'] }).findings).toHaveLength(1);
  });
  test('none at file depth', () => expect(count(scannerFor('file', {}, true))).toEqual([0, 0]));
  test('those that ask for it', () => expect(count(scannerFor('file', { interfile: true }, true))).toEqual([0, 1]));
  test('unless that is forbidden', () => expect(count(scannerFor('file', { interfile: true }))).toEqual([0, 0]));
});
