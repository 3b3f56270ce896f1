import { expect, test } from 'vitest';
import { TreeBuilder } from '../tree/builder.ts';
import type { Node } from '../tree/nodes.ts';
import { boundText, stringContent } from './binding-text.ts';
import type { Binding } from './bindings.ts';

const build = new TreeBuilder();
//              0123456789012345678901234
const SOURCE = 'f(a . b, "x\\n", r"y", s())';
const node = (of: Node): Binding => ({ kind: 'node', node: of, start: of.start, end: of.end });
const content = (text: string, start: number, end: number): Binding => {
  return { kind: 'text', text, node: null, literal: true, start, end };
};
const literal = build.str(9, 14, 'x\n', '', 10, 13, false);
const raw = build.str(16, 20, 'y', 'r', 18, 19, false);

test.each<[what: string, binding: Binding, text: unknown, string: unknown]>([
  ['code', node(build.member(2, 7, build.name(2, 3, 'a'), build.ident(6, 7, 'b'))), { text: 'a . b', start: 2 }, null],
  ['a name', node(build.name(2, 3, 'a')), { text: 'a', start: 2 }, null],
  ['a canonical name', node(build.ident(2, 3, 'system')), { text: 'system', start: -1 }, null],
  ['a string', node(literal), { text: '"x\\n"', start: 9 }, { text: 'x\n', start: -1 }],
  ['a raw string', node(raw), { text: 'r"y"', start: 16 }, null],
  [
    'a statement',
    node(build.expressionStatement(9, 14, literal)),
    { text: '"x\\n"', start: 9 },
    { text: 'x\n', start: -1 },
  ],
  ['content', content('y', 18, 19), { text: 'y', start: 18 }, { text: 'y', start: 18 }],
  ['decoded content', content('x\n', 9, 14), { text: 'x\n', start: -1 }, { text: 'x\n', start: -1 }],
  ['content from nowhere', content('xy', -1, -1), { text: 'xy', start: -1 }, { text: 'xy', start: -1 }],
  ['arguments', { kind: 'nodes', nodes: [raw], start: 9, end: 20 }, { text: '"x\\n", r"y"', start: 9 }, null],
  ['no arguments', { kind: 'nodes', nodes: [], start: -1, end: -1 }, null, null],
])('text and string content of %s', (_what, binding, text, string) => {
  expect([boundText(binding, SOURCE), stringContent(binding, SOURCE)]).toEqual([text, string]);
});
