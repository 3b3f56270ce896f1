import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readYamlFast } from './fast-yaml.ts';
import { readYamlFully } from './read-yaml.ts';

/** The fast reader may give up, but what it reads must be exactly what the `yaml` package reads, places included. */
function expectAgreement(text: string): boolean {
  const fast = readYamlFast(text);
  if (fast === null) return false;
  expect({ root: fast, problems: [] }).toEqual(readYamlFully(text));
  return true;
}

const READ = [
  'a: b\n',
  '# c\n\na: b # c\nc:\n  d: e\n',
  '---\nrules:\n- id: a\n- id: b\n',
  'a:\n  - b\n  - - c\n    - d\n  -\n    e: f\n    g:\n    - h\n',
  'a: [b, "c", \'d\', [e, {f: g, "h":i, j: k l}],]\n',
  'a: [\n  b, # c\n  d\n ]\nb: {}\nc: []\n',
  '{"a": {"b": [1, true, null, "\\u00e9\\n"]}}\n',
  'a: 1\nb: -20\nc: true\nd: False\ne: ~\nf: nullable\ng: 1.2.3\nh: -a\ni: "1"\nj: 12a\n',
  'a: plain text\n  over lines\n\n\n  with: colons:inside # comment\nb: c\n'.replace('with: ', 'with:'),
  'a: x#y\nb: http://c/d?e=f#g\nc: $X == ...\nd: -x ?y :z\n',
  'a: "line\n  two\n\n  three \\" \\\\ \\x41 \\u0042 \\t"\n',
  "a: 'it''s\n  folded'\nb: ''\nc: \" \"\n",
  'a: "x\n  "\nb: "\n  x"\nc: "\n\n\n  "\n',
  'a: |\n  b\n    c\n\n  d\n\n\ne: |-\n    f\ng: |+\n  h\n\ni: j\n',
  'a: >\n  b\n  c\n\n  d\n    e\n  f\n\n\n  g\nh: >-\n  i\n  j\n',
  'a: |\n\n  b\n\tc\n'.replace('\n\tc', '\n  \tc'),
  'a: | # comment\n  # not a comment\n# comment\nb: c\n',
  'a:\n- |\n  b\n- >\n  c\n- d\n  e\n',
  'a: |\n  no line end',
  'a: |\n  b\n   \n  \n',
  'a: b',
];

test.each(READ)('%j is read as the package reads it', (text) => {
  expect(expectAgreement(text)).toBe(true);
});

const LEFT_TO_THE_PACKAGE = [
  '',
  '- a\n',
  'a: &b c\n',
  'a: *b\n',
  'a: !b c\n',
  'a: 1.5\nb: 0x10\n',
  'a:\n',
  'a:\nb: c\n',
  'a: b\na: c\n',
  '? a\n: b\n',
  '"a": b\n',
  'a b: c\n',
  'a: b: c\n',
  'a: b\n  c: d\n',
  'a:\n  b: c\n d: e\n',
  'a:\n\tb: c\n',
  'a: [b\nc: d\n',
  'a: [b: c]\n',
  'a: {b}\n',
  'a: "b\n',
  'a: "\\q"\n',
  'a: "b" c\n',
  'a: |2\n    b\n',
  'a: |\n  b\n   ',
  'a: |\n    b\n  c\n',
  'a: |\nb: c\n',
  'a: b\n---\nc: d\n',
  'a: b\r\n',
  `a: ${'['.repeat(101)}${']'.repeat(101)}\n`,
];

test.each(LEFT_TO_THE_PACKAGE)('%j is left to the package', (text) => {
  expect(readYamlFast(text)).toBeNull();
});

const FIXTURES = new URL('./fixtures/', import.meta.url);
const fixtures = readdirSync(FIXTURES).map((name) => readFileSync(new URL(name, FIXTURES), 'utf8'));

const BASES = [...fixtures, ...READ, ...LEFT_TO_THE_PACKAGE.filter((text) => text !== ''), 'a: |\n  b\n   \n  \n   '];

test('damaged files are read as the package reads them, or left to it', () => {
  const bits = BASES.join('').match(/\w+|[^\w\s]+|\n +|\n|\t/g) ?? [];
  const text = fc
    .record({
      text: fc.constantFrom(...BASES),
      at: fc.nat(),
      drop: fc.nat(4),
      add: fc.constantFrom(...bits),
    })
    .map(({ text, at, drop, add }) => text.slice(0, at % text.length) + add + text.slice((at % text.length) + drop));
  fc.assert(
    fc.property(text, (damaged) => void expectAgreement(damaged)),
    { numRuns: 400 },
  );
});

test('texts in the styles that the package writes are read as it reads them, or left to it', () => {
  const word = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ab :#-\'"\\|>\n\t$X.,[]{}*&!%@`?1~é') }),
    fc.constantFrom('true', 'null', '12', 'foo($X)\n...\nbar()\n', 'two  spaces\n  indented\nend'),
  );
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.integer(),
      fc.boolean(),
      fc.array(tie('node'), { maxLength: 3 }),
      tie('map'),
    ),
    map: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/), tie('node'), { maxKeys: 4 }),
  })).map;
  const style = fc.record({
    indent: fc.integer({ min: 1, max: 4 }),
    lineWidth: fc.constantFrom(0, 20, 80),
    indentSeq: fc.boolean(),
    blockQuote: fc.constantFrom<(boolean | 'literal' | 'folded')[]>(true, false, 'literal', 'folded'),
    defaultStringType: fc.constantFrom<('PLAIN' | 'QUOTE_DOUBLE' | 'QUOTE_SINGLE')[]>(
      'PLAIN',
      'QUOTE_DOUBLE',
      'QUOTE_SINGLE',
    ),
    collectionStyle: fc.constantFrom<('any' | 'block' | 'flow')[]>('any', 'block', 'flow'),
  });
  fc.assert(
    fc.property(value, style, (data, options) => {
      expectAgreement(stringify(data, { ...options, aliasDuplicateObjects: false }));
    }),
    { numRuns: 300 },
  );
});
