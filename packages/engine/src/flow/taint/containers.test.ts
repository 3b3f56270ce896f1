import { describe, expect, test } from 'vitest';
import { taintLines } from '../../testing/taint-lines.ts';

/** The body of a function in which `t` is tainted. */
function inFunction(body: string): string {
  return `def main(p):\n  t = src()\n${body.replace(/^/gm, '  ')}\n`;
}

const CASES: Record<string, Record<string, string>> = {
  lists: {
    literal: "l = ['a', t]\nsink(l[0])\nsink(l[1])  # reported\nsink(l)  # reported",
    'from the end': "l = ['a', t]\nsink(l[-1])  # reported\nsink(l[-2])",
    'constant position': "l = ['a', t]\ni = 0\nsink(l[i])\ni += 1\nsink(l[i])  # reported",
    append: "l = []\nl.append('a')\nl.append(t)\nsink(l[0])\nsink(l[1])  # reported",
    'append, then pop':
      "l = ['x', 'y']\nl.append(t)\nl.append('z')\nl.pop(0)\nsink(l[0])\nsink(l[1])  # reported\nsink(l[2])",
    'pop of the last': "l = ['a', t]\nx = l.pop()\nsink(x)  # reported\nsink(l)",
    'pop of the first': "l = [t, 'a']\nsink(l.pop(0))  # reported\nsink(l.pop())",
    insert: "l = ['a', 'b']\nl.insert(1, t)\nsink(l[0])\nsink(l[1])  # reported\nsink(l[2])",
    'insert somewhere': "l = ['a', 'b']\nl.insert(p, t)\nsink(l[0])  # reported",
    del: "l = [t, 'a']\ndel l[0]\nsink(l[0])",
    'del from the end': "l = ['a', t]\ndel l[-1]\nsink(l)",
    'del somewhere': "l = [t, 'a', 'b']\ndel l[p]\nsink(l[0])  # reported\nsink(l[1])  # reported",
    remove: "l = ['a', t]\nl.remove('a')\nsink(l[0])  # reported",
    clear: "l = [t]\nl.clear()\nsink(l)\nl.append('a')\nsink(l)",
    extend: "l = ['a']\nl.extend([t, 'b'])\nsink(l[0])\nsink(l[1])  # reported\nsink(l[2])",
    'extend by an unknown': "l = ['a']\nl.extend(p)\nl.append(t)\nsink(l[0])  # reported\nsink(l[5])  # reported",
    'extend by what is tainted': "l = ['a']\nl.extend(t)\nsink(l[2])  # reported",
    reverse: "l = ['a', t]\nl.reverse()\nsink(l[0])  # reported\nsink(l[1])",
    sort: "l = ['a', t]\nl.sort()\nsink(l[0])  # reported",
    sum: "l = ['a'] + [t]\nsink(l[0])\nl += ['b']\nsink(l[1])  # reported\nsink(l[2])",
    'sum with an unknown': "l = ['a', t] + p\nsink(l[0])  # reported",
    slice:
      "l = ['a', t, 'b']\nsink(l[1:][0])  # reported\nsink(l[2:])\nsink(l[:1])\nsink(l[:p])  # reported\nsink(l[::2])  # reported",
    'slice of a string': 'sink(t[1:])  # reported',
    assigned: "l = [t, t]\nl[0] = 'a'\nsink(l[0])\nsink(l[1])  # reported",
    'assigned somewhere': "l = ['a', 'b']\nl[p] = t\nsink(l[0])  # reported",
    copy: "l = ['a', t]\nm = list(l)\nsink(m[0])\nsink(m[1])  # reported\nsink(l.copy()[0])",
    tuple: "x, y = ('a', t)\nsink(x)\nsink(y)  # reported",
    nested: "l = [['a', t], 'b']\nsink(l[0][0])\nsink(l[0][1])  # reported\nsink(l[1])",
    'grown by a function': "l = []\ndef more(x):\n  x.append(src())\nmore(l)\nl.append('a')\nsink(l[0])  # reported",
    'of a parameter': 'p.append(t)\nsink(p[0])  # reported',
    long: `l = [${"'a', ".repeat(30)}t]\nsink(l[30])  # reported`,
    enumerate: "for i, x in enumerate(['a', t]):\n  sink(i)\n  sink(x)  # reported",
    'of a field': "o.l = ['a']\no.l.append(t)\nsink(o.l[0])\nsink(o.l[1])  # reported",
  },
  'lists in loops and branches': {
    'grown in a loop': "l = []\nfor x in p:\n  l.append('a')\n  l.append(t)\nsink(l[0])  # reported",
    'grown after it is read': "l = ['a']\nwhile p:\n  sink(l[0])  # reported\n  l.insert(0, t)",
    'shrunk in a loop': "l = ['a', 'b', t]\nwhile p:\n  l.pop(0)\nsink(l[0])  # reported",
    'of two lengths': "l = ['a']\nif p:\n  l.append('b')\nl.append(t)\nsink(l[1])  # reported\nsink(l[2])  # reported",
    'of one length': "l = ['a']\nif p:\n  l.append('b')\nelse:\n  l.append(t)\nsink(l[0])\nsink(l[1])  # reported",
    'perhaps another': "l = ['a', 'b']\nif p:\n  l = t\nsink(l[0])  # reported",
    'perhaps an unknown': "l = ['a', 'b']\nif p:\n  l = other()\nl.append(t)\nsink(l[0])  # reported",
  },
  dictionaries: {
    literal: "d = {'a': 'x', 'b': t}\nsink(d['a'])\nsink(d['b'])  # reported\nsink(d)  # reported",
    'unknown key': "d = {'a': 'x', 'b': t}\nsink(d[p])  # reported",
    written: "d = {}\nd['a'] = 'x'\nd['b'] = t\nsink(d['a'])\nsink(d['b'])  # reported\nsink(d['c'])",
    'written under an unknown key': "d = {'a': 'x'}\nd[p] = t\nsink(d['a'])  # reported\nd['a'] = 'y'\nsink(d['a'])",
    'key in a variable': "k = 'a'\nd = {k: t, 'b': 'x'}\nsink(d['a'])  # reported\nsink(d['b'])",
    'key of the program': "d = {p: t}\nsink(d['a'])  # reported",
    get: "d = {'a': 'x', 'b': t}\nsink(d.get('a'))\nsink(d.get('b', 'x'))  # reported\nsink(d.get('a', t))  # reported\nsink(d.get(p))  # reported",
    pop: "d = {'a': 'x', 'b': t}\nsink(d.pop('a'))\nsink(d.pop('b'))  # reported\nsink(d)",
    del: "d = {'a': t}\ndel d['a']\nsink(d)",
    setdefault: "d = {}\nsink(d.setdefault('a', t))  # reported\nsink(d['a'])  # reported\nsink(d['b'])",
    update: "d = {'a': t, 'b': 'x'}\nd.update({'a': 'x'}, c=t)\nsink(d['a'])\nsink(d['b'])\nsink(d['c'])  # reported",
    'update by an unknown': "d = {'a': t}\nd.update(p)\nsink(d['a'])  # reported",
    'update by what is tainted': "d = {'a': 'x'}\nd.update(t)\nsink(d['b'])  # reported",
    'dict()': "d = dict(a='x', b=t)\nsink(d['a'])\nsink(d['b'])  # reported",
    spread: "d = {**{'a': t}, 'b': 'x'}\nsink(d['a'])  # reported\nsink(d['b'])",
    items: "for k, v in {'a': t}.items():\n  sink(k)\n  sink(v)  # reported",
    values: "d = {'a': t}\nfor v in d.values():\n  sink(v)  # reported\nfor k in d.keys():\n  sink(k)",
    'tainted key': "d = {t: 'x'}\nfor k in d:\n  sink(k)  # reported",
    nested: "d = {'a': {}}\nd['a']['b'] = t\nsink(d['a']['c'])\nsink(d['a']['b'])  # reported\nsink(d['b'])",
    'nested under an unknown key': "d = {'a': {}}\nd[p]['b'] = t\nsink(d['a']['b'])  # reported\nsink(d['a']['c'])",
    'list in it': "d = {'a': [], 'b': []}\nd['a'].append(t)\nsink(d['a'])  # reported\nsink(d['b'])",
    'passed to a function':
      "def read(d):\n  sink(d['a'])\n  sink(d['b'])  # reported\n  sink(d.get('b'))  # reported\nread({'a': 'x', 'b': t})",
    'written by a function':
      "def write(d, k, v):\n  d[k] = v\nd = {'a': 'x'}\nwrite(d, 'a', t)\nsink(d['a'])  # reported",
    'made by a function':
      "def make(x):\n  return {'a': x, 'b': 'y'}\nsink(make(t)['a'])  # reported\nsink(make(t)['b'])",
    'tainted as a whole':
      "d = t\nd['a'] = 'x'\nsink(d['a'])\nsink(d['b'])  # reported\nfor x in d:\n  sink(x)  # reported",
    'many entries': `d = {}\n${Array.from({ length: 30 }, (_, i) => `d['k${i}'] = ${i === 29 ? 't' : "'x'"}`).join('\n')}\nsink(d['k29'])  # reported`,
  },
  'stores by constant keys': {
    sections:
      "c = ConfigParser()\nc.set('s', 'a', 'x')\nc.set('s', 'b', t)\nsink(c.get('s', 'a'))\nsink(c.get('s', 'b'))  # reported",
    'one key': "cache.set('a', t, timeout=60)\nsink(cache.get('a'))  # reported\nsink(cache.get('b'))",
    'key and limit': "cache.set('a', t, 60)\nsink(cache.get('a'))  # reported",
    'unknown key': "cache.set(p, t)\nsink(cache.get('a'))  # reported",
    'object with fields': "o.a = t\nsink(o.get('a'))  # reported",
    'what is tainted': "sink(t.get('a'))  # reported\nsink(t.get('a', 'b'))  # reported",
  },
};

for (const [topic, cases] of Object.entries(CASES)) {
  describe(topic, () => {
    test.each(Object.entries(cases))('%s', (_name, body) => {
      const { found, expected } = taintLines(inFunction(body));
      expect(found).toEqual(expected);
    });
  });
}
