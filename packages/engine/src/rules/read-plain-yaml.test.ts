import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyYamlText, yamlText } from '../testing/generate-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { readAnyYaml } from './read-yaml.ts';

/** Whether the plain reader answers. What it answers must be what the other reader does. */
function answersAlike(text: string): boolean {
  const root = readPlainYaml(text);
  if (root !== null) expect({ root, problems: [] }).toStrictEqual(readAnyYaml(text));
  return root !== null;
}

describe('it answers what the other reader answers', () => {
  test('for texts in any style', () => {
    let answered = 0;
    const property = fc.property(yamlText, (text) => {
      if (answersAlike(text)) answered++;
    });
    fc.assert(property, { numRuns: 1000 });
    // Were it to give up on everything, it would never be wrong.
    expect(answered).toBeGreaterThan(300);
  });

  test('for damaged texts', () => {
    fc.assert(
      fc.property(anyYamlText, (text) => void answersAlike(text)),
      { numRuns: 1000 },
    );
  });

  const folders = ['guardrails', 'models', 'examples'];

  test.each(folders)('for every file below %s', (name) => {
    const folder = fileURLToPath(new URL(`../../../../${name}/`, import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
    expect(files).not.toEqual([]);
    expect(files.filter((path) => !answersAlike(readFileSync(`${folder}${path}`, 'utf8')))).toEqual([]);
  });
});

test.each([
  'a: 1\nb: [c, "d", {e: 0x, f: .5}, {}, []]\n',
  '{\n  "a": {"b": [1e3, "\\u00e9\\n", null], "c":-0}\n}',
  '# why\n\na:   # so\n- b\n\n-   - c\n    - d: |\n        e\n\n          f\n  # g\n- >-\n  h\n\n  i',
  'a:\n  |\n  b\nc:\n  "d\n   e"\nf: g\n  h\n',
  'a: &x {b: c}\nd: *x\ne: [*x, &y f, *y]\ng: &z |\n  h\ni: *z\n',
  'true: yes\n1: 2001-01-01\n~: 12345678901234567890123\n"<<": ~\n',
])('it answers %j', (text) => {
  expect(answersAlike(text)).toBe(true);
});

test.each([
  ['nothing', ''],
  ['a mistake', 'a: b: c\n'],
  ['a text that js-yaml takes for two entries', 'a:\n- "b" c: d\n'],
  ['a lone value', 'a\n'],
  ['several documents', 'a: 1\n---\nb: 2\n'],
  ['a document that begins with its mark', '---\na: 1\n'],
  ['a document that begins with the mark of an end', '...\na: 1\n'],
  ['a directive', '%YAML 1.2\n---\na: 1\n'],
  ['a key twice', 'a: 1\na: 2\n'],
  ['a key twice in braces', '{a: 1, "a": 2}\n'],
  ['an explicit key', '? a\n: b\n'],
  ['a later explicit key', 'a: b\n? c\n: d\n'],
  ['a key that is a list', '[a]: b\n'],
  ['a key with an anchor', '&x a: b\n'],
  ['an alias as a key', 'a: &x b\n*x : c\n'],
  ['a merge', 'a: &x {b: c}\nd:\n  <<: *x\n'],
  ['a key without text', ': a\n'],
  ['a value without text', 'a:\n'],
  ['an item without text', '- a\n-\n'],
  ['a key without a value in braces', '{a, b: c}\n'],
  ['a pair in a list', '[a: b]\n'],
  ['a colon far from its key', `a${' '.repeat(1100)}: b\n`],
  ['a key that is too long', `${'a'.repeat(1100)}: b\n`],
  ['a tag', 'a: !!str b\n'],
  ['an alias without anchor', 'a: *x\n'],
  ['an alias inside its own anchor', 'a: &x [*x]\n'],
  ['an alias of what holds an alias', 'a: &x b\nc: &y [*x]\nd: *y\n'],
  ['aliases of much', `a: &x [${'1,'.repeat(2000)}]\nb: [*x, *x, *x, *x, *x, *x]\n`],
  ['deep nesting', `${'['.repeat(60)}${']'.repeat(60)}`],
  ['a comment before a bracket', '[a # b\n ]\n'],
  ['an unusual number', 'a: 0o17\n'],
  ['an infinite number', 'a: -.inf\n'],
  ['a tab', 'a:\tb\n'],
  ['a carriage return', 'a: b\r\n'],
  ['a line separator', 'a: b\u2028\n'],
  ['a long escape', 'a: "\\U0001F600"\n'],
  ['an escaped line end', 'a: "b\\\n  c"\n'],
  ['an escaped line end in a key', '{"a\\\n b": c}\n'],
  ['kept line ends', 'a: |+\n  b\n\n'],
  ['told indentation', 'a: |-2\n    b\n'],
])('it leaves %s to the other reader', (_, text) => {
  expect(readPlainYaml(text)).toBeNull();
});
