import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { flowLines } from './flow-lines.ts';
import { createPalette } from './palette.ts';
import {
  CALL_FLOW,
  EVIL_FLOW,
  flowReport,
  flowSource,
  LONG_FLOW,
  place,
  SHORT_FLOW,
  stepAt,
} from './testing/sample-flows.ts';
import { spelled } from './testing/spelled.ts';
import { formatText } from './text.ts';

const OPTIONS = { palette: createPalette(false), source: flowSource, width: 74, maxChars: 160, allSteps: false };
const ALL = { ...OPTIONS, allSteps: true };

const shown = (finding = LONG_FLOW, options = OPTIONS) => `\n${flowLines(finding, options).join('\n')}\n`;

test('a finding with a flow, its sink over several lines', () => {
  const report = flowReport({ ...LONG_FLOW, fix: 'run(folder)' });
  expect(formatText(report, { ...OPTIONS, width: 80, maxLines: 10 })).toMatchInlineSnapshot(`
    "shop/views.py

      ❯❯❱ rules.flow  error
          What a visitor sends becomes a command.

          shop/views.py:12:5
          11 │     é = "".join(parts); folder = é
          12 ┃     os.system(
          13 ┃         "tar czf "
          14 ┃         + folder
          15 ┃     )

          flow
          source        6 │ name = request.args.get(
          ↓ other       8 │ other = name.strip()
          ↓ parts      10 │ parts.append(other)
          ↓ é, folder  11 │ é = "".join(parts); folder = é
          sink         12 │ os.system(

          fix
          -     os.system(
          -         "tar czf "
          -         + folder
          -     )
          +     run(folder)
    "
  `);
});

test('every step of it', () => {
  expect(shown(LONG_FLOW, ALL)).toMatchInlineSnapshot(`
    "
    source     6 │ name = request.args.get(
    ↓ name     6 │ name = request.args.get(
    ↓ other    8 │ other = name.strip()
    ↓ parts   10 │ parts.append(other)
    ↓ é       11 │ é = "".join(parts); folder = é
    ↓ folder  11 │ é = "".join(parts); folder = é
    sink      12 │ os.system(
    "
  `);
});

test('a flow through functions of another file', () => {
  expect(shown(CALL_FLOW)).toMatchInlineSnapshot(`
    "
    shop/store.py:4
      source    4 │ found = request.args["q"]
    shop/views.py:21
    call       21 │ text = store.wanted()
    call       22 │ store.find(text)
    shop/store.py:7
      ↓ words   7 │ def find(words):
      ↓ query   8 │ query = "select " + words
      sink      9 │ cursor.execute(query)
    "
  `);
  expect(shown(CALL_FLOW, ALL)).toMatchInlineSnapshot(`
    "
    shop/store.py:4
      source    4 │ found = request.args["q"]
      ↓ found   4 │ found = request.args["q"]
    shop/views.py:21
    call       21 │ text = store.wanted()
    ↓ text     21 │ text = store.wanted()
    call       22 │ store.find(text)
    shop/store.py:7
      ↓ words   7 │ def find(words):
      ↓ query   8 │ query = "select " + words
      sink      9 │ cursor.execute(query)
    "
  `);
});

test('a flow that does not leave its line is shown on request only', () => {
  expect(flowLines(SHORT_FLOW, OPTIONS)).toEqual([]);
  expect(shown(SHORT_FLOW, ALL)).toMatchInlineSnapshot(`
    "
    source  18 │ os.system(request.args.get("host"))
    sink    18 │ os.system(request.args.get("host"))
    "
  `);
});

test('the middle of a long way is left out', () => {
  const { trace } = LONG_FLOW;
  if (trace === null) throw new Error('the sample has a flow');
  expect(
    shown({ ...LONG_FLOW, trace: { ...trace, through: [...trace.through, ...trace.through] } }),
  ).toMatchInlineSnapshot(`
    "
    source        6 │ name = request.args.get(
    ↓ other       8 │ other = name.strip()
    … 5 more steps (--dataflow-traces)
    ↓ parts      10 │ parts.append(other)
    ↓ é, folder  11 │ é = "".join(parts); folder = é
    sink         12 │ os.system(
    "
  `);
});

test('nothing for a finding without a trace', () => {
  expect(flowLines({ ...LONG_FLOW, trace: null }, ALL)).toEqual([]);
});

test('code that cannot be read any more is what the step holds', () => {
  expect(shown(LONG_FLOW, { ...OPTIONS, source: () => null })).toMatchInlineSnapshot(`
    "
    source        6 │ request.args.get(
    ↓ other       8 │ other
    ↓ parts      10 │ parts
    ↓ é, folder  11 │ é
    sink         12 │ os.system(
    "
  `);
});

test('lines are cut to the width, around the step, and nothing acts on a terminal', () => {
  expect(spelled(shown(EVIL_FLOW, ALL))).toMatchInlineSnapshot(`
    "
    source                  1 │ x = source("␛[2J<U+202E>"); y = 1; y = 1; y =…
    ↓ sink(x)               1 │ …1; y = 1; y = 1; y = 1; y = 1; y = 1; sink(x)
    ↓ x␛[2J[ "key of the …  1 │ x = source("␛[2J<U+202E>"); y = 1; y = 1; y =…
    sink                    2 │ sink(   x, "表表表表表表表表表表表表表表表表…
    "
  `);
  for (const width of [50, 60, 99, 200]) {
    const lines = flowLines(EVIL_FLOW, { ...ALL, width });
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  }
});

test('a line of nothing but controls is cut too', () => {
  const [line = ''] = flowLines(LONG_FLOW, { ...ALL, width: 50, source: () => '\u202e'.repeat(1000) });
  expect(line).toMatchInlineSnapshot(`"source     6 │ …<U+202E><U+202E>…"`);
});

test('the step is marked in its line', () => {
  const bold = { ...OPTIONS, palette: createPalette(true) };
  const trace = {
    source: place(stepAt('shop/views.py', 'name')),
    through: [],
    sink: place(stepAt('shop/views.py', 'é')),
  };
  expect(spelled(shown({ ...LONG_FLOW, trace }, bold))).toMatchInlineSnapshot(`
    "
    source  \\e[2m 6\\e[22m │ \\e[1mname\\e[22m = request.args.get(
    sink    \\e[2m11\\e[22m │ \\e[1mé\\e[22m = "".join(parts); folder = é
    "
  `);
});
