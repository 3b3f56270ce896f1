import fc from 'fast-check';
import { damaged } from './generate-python.ts';

/** YAML texts in all the styles that people write, for property tests. */

/** How a value is set: blanks after its hyphen, indentation, whether it may move up or left, what stands around it. */
interface Layout {
  gap: number;
  indent: number;
  moved: boolean;
  before: string;
  tail: string;
}

type Collection = Extract<Styled, { kind: 'seq' | 'map' }>;

type Styled = { layout: Layout } & (
  | { kind: 'inline'; text: string }
  | { kind: 'block'; header: string; lines: string[] }
  | { kind: 'seq'; items: Styled[] }
  | { kind: 'map'; entries: [key: string, value: Styled][] }
);

const ORDINARY = [
  ...['a', 'b c', 'é', '😀 x', '$X', 'f($X)', 'a#b', "it's", 'x:y', '-a', '?a', 'a\\b', '2001-01-01', 'Yes', '>= 1 <<'],
  ...['1', '-0', '+7', '1e3', '.5', '1.', '12345678901234567890123', '1_000', '1.2.3', 'true', 'False', 'null', '~'],
  ...['""', "''", '"a\\n\\u00e9\\x41"', '"\\ud83d\\ude00"', "'it''s'", '"# a: b"', "'\\'", '"\\\\"', '"1"', "'true'"],
];
const FOLDED = ['a\nb', 'a\n\nb\n c', '"a\n b"', "'a\n\n\n b'", '"a\\n\n\n b\\\\"'];
const STRANGE = [
  ...[
    '0x1F',
    '0o17',
    '.inf',
    '-.INF',
    '.nan',
    '<<',
    '*',
    '&',
    '!',
    '%x',
    '@x',
    '`x`',
    '|',
    '-',
    'a: b',
    ':a',
    '',
    '...',
  ],
  ...[
    '&x a',
    '*x',
    '&y {a: 1}',
    '*y',
    '!!str a',
    '"\\U0001F600"',
    '"a\\\n b"',
    '"a \\\n\n b"',
    '"a" b',
    '"a" b: c',
    'a\tb',
  ],
];
const BLOCK_LINES = ['a', 'b: c', '# d', '  e', ' f', '', '', '   ', '- g', '😀', '"h', '$X = ...'];

const layout: fc.Arbitrary<Layout> = fc.record({
  gap: fc.constantFrom(1, 1, 1, 2, 4),
  indent: fc.constantFrom(2, 2, 2, 3, 4),
  moved: fc.boolean(),
  before: fc.constantFrom('', '', '', '', '\n', '# why\n', '   # odd\n', '  \n'),
  tail: fc.constantFrom('', '', '', '  ', ' # so', ' #'),
});
const word = fc.oneof(
  { arbitrary: fc.constantFrom(...ORDINARY), weight: 30 },
  { arbitrary: fc.string({ maxLength: 5 }).map((text) => JSON.stringify(text)), weight: 5 },
  fc.constantFrom(...STRANGE),
);
const key = fc.oneof(
  {
    arbitrary: fc.constantFrom('a', 'b', 'c d', '"e"', "'f: g'", '$X', 'é', 'true', '1', '~', '"<<"', '-h'),
    weight: 30,
  },
  fc.constantFrom('? a\n', '<<', '', '[a]', '*x', '&x a', '"\\\n a"'),
);

const { flow } = fc.letrec<{ flow: string; items: string[]; pairs: string[] }>((tie) => ({
  flow: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { arbitrary: word, weight: 5 },
    tie('items').map((items) => `[${items.join(', ')}]`),
    tie('items').map((items) => `[ ${items.join(' ,\n  ')} ]`),
    tie('pairs').map((pairs) => `{${pairs.join(', ')}}`),
    tie('pairs').map((pairs) => `{\n  ${pairs.join(',\n  ')},\n }`),
    fc.json({ maxDepth: 2 }),
  ),
  items: fc.array(tie('flow'), { maxLength: 3 }),
  pairs: fc
    .uniqueArray(fc.tuple(key, fc.constantFrom(': ', ': ', ' : ', ':'), tie('flow')), { maxLength: 3, selector: first })
    .map((pairs) => pairs.map((parts) => parts.join(''))),
}));

const { list, mapping } = fc.letrec<{ styled: Styled; list: Collection; mapping: Collection }>((tie) => ({
  styled: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    {
      arbitrary: fc.record({ kind: fc.constant('inline'), text: fc.oneof(flow, fc.constantFrom(...FOLDED)), layout }),
      weight: 2,
    },
    fc.record({
      kind: fc.constant('block'),
      header: fc.constantFrom('|', '|', '>', '>', '|-', '>-', '|-', '| # why', '>  ', '&x |', '|+', '|2'),
      lines: fc.array(fc.constantFrom(...BLOCK_LINES), { maxLength: 5 }),
      layout,
    }),
    tie('list'),
    tie('mapping'),
  ),
  list: fc.record({ kind: fc.constant('seq'), items: fc.array(tie('styled'), { minLength: 1, maxLength: 3 }), layout }),
  mapping: fc.record({
    kind: fc.constant('map'),
    entries: fc.uniqueArray(fc.tuple(key, tie('styled')), { minLength: 1, maxLength: 3, selector: first }),
    layout,
  }),
}));

function first([value]: [string, ...unknown[]]): string {
  return value;
}

/** The value's text from the end of its key or hyphen on; `column` is where that key or hyphen begins. */
function textAfter(value: Styled, column: number, isItem: boolean): string {
  const { gap, indent, moved, tail } = value.layout;
  const margin = ' '.repeat(column + indent);
  if (value.kind === 'inline') {
    const text = value.text.replaceAll('\n', `\n${margin}`) + tail;
    return moved && gap > 1 ? `\n${margin}${text}\n` : `${' '.repeat(gap)}${text}\n`;
  }
  if (value.kind === 'block') {
    return [` ${value.header}`, ...value.lines.map((line) => (line === '' ? '' : margin + line)), ''].join('\n');
  }
  // A collection may begin behind the hyphen, …
  if (isItem && moved) return ' '.repeat(gap) + collectionText(value, column + 1 + gap).trimStart();
  // … and a list may stand as far left as its key.
  const isLeft = !isItem && moved && value.kind === 'seq';
  return `${tail}\n${collectionText(value, isLeft ? column : column + indent)}`;
}

function collectionText(value: Collection, column: number): string {
  const lines =
    value.kind === 'seq'
      ? value.items.map((item) => ({ item, text: `-${textAfter(item, column, true)}` }))
      : value.entries.map(([name, item]) => ({ item, text: `${name}:${textAfter(item, column, false)}` }));
  return lines.map(({ item, text }) => item.layout.before + ' '.repeat(column) + text).join('');
}

const document = fc
  .tuple(fc.oneof(list, mapping, mapping), fc.constantFrom(0, 0, 2), fc.constantFrom('', '', '', 'cut', 'more', 'crlf'))
  .map(([value, column, end]) => {
    const text = collectionText(value, column);
    if (end === 'crlf') return text.replaceAll('\n', '\r\n');
    return end === 'cut' ? text.slice(0, -1) : text + (end === 'more' ? '\n  \n# end' : '');
  });

/** YAML texts; most are valid, and ordinary. */
export const yamlText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: document, weight: 4 },
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify([value])),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify({ value }, null, 2)),
);

/** YAML texts and what damage makes of them. */
export const anyYamlText: fc.Arbitrary<string> = fc.oneof(yamlText, damaged(yamlText));
