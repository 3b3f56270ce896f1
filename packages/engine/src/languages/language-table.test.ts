import { expect, test } from 'vitest';
import { allLanguages, findLanguage, languagesOfFile, languagesOfShebang } from './language-table.ts';

test.each([
  ['python', 'python'],
  ['Python3', 'python'],
  ['PY', 'python'],
  ['C#', 'csharp'],
  ['hcl', 'terraform'],
  ['none', 'regex'],
  ['golang', 'go'],
  ['klingon', undefined],
  ['', undefined],
])('the key %j means %j', (key, name) => {
  expect(findLanguage(key)?.name).toBe(name);
});

test.each([
  ['a.py', ['python']],
  ['.py', ['python']],
  ['a.pyw', []],
  ['a.JS', []],
  ['a.min.js', ['js']],
  ['a.d.ts', ['js', 'ts']],
  ['a.mts', []],
  ['a.h', ['c', 'cpp']],
  ['a.C', ['cpp']],
  ['Dockerfile', ['dockerfile']],
  ['x.Dockerfile', ['dockerfile']],
  ['Dockerfile.dev', []],
  ['Makefile', []],
  ['__proto__', []],
])('%s is %j', (basename, names) => {
  expect(languagesOfFile(basename)).toEqual(names);
});

test.each([
  ['python3', ['python']],
  ['python3.11', []],
  ['nodejs', ['js']],
  ['zsh', []],
])('the command %s is %j', (command, names) => {
  expect(languagesOfShebang(command)).toEqual(names);
});

test('no key names two languages, and every key is lower case', () => {
  const keys = allLanguages().flatMap((info) => info.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => key !== key.toLowerCase())).toEqual([]);
});

test('names are sorted, and each is one of its own keys but for the spellings rules use instead', () => {
  const infos = allLanguages();
  expect(infos.map((info) => info.name)).toEqual(infos.map((info) => info.name).sort());
  expect(infos.filter((info) => !info.keys.includes(info.name))).toEqual([]);
});
