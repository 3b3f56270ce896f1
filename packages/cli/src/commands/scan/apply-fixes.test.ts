import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, LineIndex } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { makeFolder } from '../../targets/testing/temporary-folder.ts';
import { applyFixes } from './apply-fixes.ts';

/** A finding on the first occurrence of a piece of text. */
function finding(text: string, piece: string, fix: string, over: Partial<Finding> = {}): Finding {
  const index = new LineIndex(text);
  const start = text.indexOf(piece);
  return {
    ruleId: 'r',
    path: 'a.py',
    start: index.position(start),
    end: index.position(start + piece.length),
    message: '',
    severity: 'ERROR',
    metadata: {},
    metavariables: {},
    lines: index.linesOf(start, start + piece.length),
    trace: null,
    fix,
    ignored: false,
    fingerprint: '',
    anchor: { identity: '', symbol: '', lastLine: 1 },
    ...over,
  };
}

const TEXT = '\uFEFFé = f(g(1))\nh(2)\n';
const FINDINGS = [
  finding(TEXT, 'f(g(1))', 'F(1)'),
  finding(TEXT, 'g(1)', 'G(1)'),
  finding(TEXT, 'h(2)', 'H(2)', { ignored: true }),
];

function fixIn(text: string, findings = FINDINGS) {
  const folder = makeFolder({ 'a.py': text });
  const applied = applyFixes(findings, (path) => (path === 'a.py' ? join(folder, path) : null));
  return { ...applied, text: readFileSync(join(folder, 'a.py'), 'utf8') };
}

test('fixes are written, what overlaps them is counted', () => {
  expect(fixIn(TEXT)).toEqual({
    files: 1,
    fixes: 1,
    conflicts: 1,
    failures: [],
    text: '\uFEFFé = F(1)\nh(2)\n',
  });
});

test('a file that has changed since the scan is left alone', () => {
  const text = TEXT.replace('é', 'è');
  expect(fixIn(text)).toMatchObject({
    files: 0,
    text,
    failures: [{ path: 'a.py', reason: 'it has changed since it was scanned' }],
  });
});

test('a file that is gone, and one that is none', () => {
  const { failures } = fixIn(TEXT, [finding(TEXT, 'h(2)', '', { path: '-' })]);
  expect(failures).toEqual([{ path: '-', reason: 'it is not a file' }]);
  const gone = applyFixes(FINDINGS, () => '/nowhere/a.py');
  expect(gone.failures).toEqual([{ path: 'a.py', reason: expect.stringContaining('ENOENT') }]);
});
