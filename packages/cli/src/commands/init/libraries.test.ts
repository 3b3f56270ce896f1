import { expect, test } from 'vitest';
import { importedModules, isManifest, namedDistributions, usedLibraries } from './libraries.ts';

test('imports, wherever they stand', () => {
  const text = `import os, sys as system, yaml.loader
from flask import Flask
from .local import x
from jose.jwt import (decode)
def f():
    import requests
try: import nothing
text = "import not_this"
# import neither_this
`;
  expect(importedModules(text)).toEqual(['os', 'sys', 'yaml', 'flask', 'jose', 'requests']);
});

test.each([
  [
    'Flask==2.0\nruamel.yaml >= 0.17 ; python_version > "3"\n# django\n-r other.txt\nlxml',
    ['flask', 'ruamel-yaml', 'lxml'],
  ],
  [
    '[project]\ndescription = "A django alternative"\ndependencies = ["PyYAML>=6", "requests[socks]"]',
    ['pyyaml', 'requests'],
  ],
  ['[tool.poetry.dependencies]\nsqlalchemy = "^2"', ['sqlalchemy']],
  ['[options]\ninstall_requires =\n    cryptography\n    PyMySQL<2', ['cryptography', 'pymysql']],
  ['[packages]\n"psycopg2-binary" = "*"', ['psycopg2-binary']],
])('what %j names', (text, expected) => {
  const named = namedDistributions(text);
  expect(named).toEqual(expect.arrayContaining(expected));
  expect(named).not.toContain('django');
});

test.each([
  'requirements.txt',
  'test-requirements.txt',
  'requirements-dev.in',
  'pyproject.toml',
  'setup.cfg',
  'Pipfile',
])('%s says what is needed', (name) => {
  expect(isManifest(name)).toBe(true);
});

test('a library goes by several names', () => {
  const used = (modules: string[], distributions: string[]) => [
    ...usedLibraries(['pyyaml', 'mysql', 'flask', 'django-rest-framework'], {
      modules: new Set(modules),
      distributions: new Set(distributions),
    }),
  ];
  expect(used(['yaml', 'MySQLdb'], [])).toEqual(['pyyaml', 'mysql']);
  expect(used([], ['flask', 'djangorestframework'])).toEqual(['flask', 'django-rest-framework']);
  expect(used(['flask_login'], ['flask-login'])).toEqual([]);
});
