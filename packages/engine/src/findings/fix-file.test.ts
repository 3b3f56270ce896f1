import { expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { fixFile } from './fix-file.ts';
import { LineIndex } from './line-index.ts';

const index = new LineIndex('é = f(f(1))\n😀 = f(2)  # nosem\ng()\r\nf(3)\n');

function finding(code: string, fix: string | null, ignored = false): Finding {
  const start = index.text.indexOf(code);
  return {
    ruleId: 'r',
    path: 'x.py',
    start: index.position(start),
    end: index.position(start + code.length),
    message: code,
    severity: 'ERROR',
    metadata: {},
    metavariables: {},
    lines: '',
    trace: null,
    fix,
    ignored,
    fingerprint: '',
    anchor: { identity: '', symbol: '', lastLine: 1 },
  };
}

test('outer matches win, suppressed ones stay, whole lines go with their break', () => {
  const outer = finding('f(f(1))', 'F(f(1))');
  const inner = finding('f(1)', 'F(1)');
  const last = finding('f(3)', 'F(3)');
  const gone = finding('g()', '');
  const { text, fixed, conflicts } = fixFile(index, [
    outer,
    inner,
    finding('f(2)', 'F(2)', true),
    gone,
    finding('😀', null),
    last,
  ]);
  expect(text).toBe('é = F(f(1))\n😀 = f(2)  # nosem\nF(3)\n');
  expect(fixed).toEqual([outer, gone, last]);
  expect(conflicts).toEqual([{ finding: inner, with: outer }]);
});
