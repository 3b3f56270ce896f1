import { type Finding, LineIndex } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { type FileFindings, findingsStandingIn, introducedFindings } from './introduced.ts';

/** Each call of `bad` is a finding, with what it has in braces as its body; `# nosem` on its line suppresses it. */
function file(path: string, text: string): FileFindings {
  const index = new LineIndex(text);
  const findings = [...text.matchAll(/bad\([^)]*\)(?:\{[^}]*\})?/g)].map(({ 0: code, index: at }): Finding => {
    const start = index.position(at);
    const end = index.position(at + code.length);
    const lines = index.linesOf(at, at + code.length);
    return {
      ruleId: 'bad',
      path,
      start,
      end,
      lines,
      ignored: lines.includes('# nosem'),
      message: '',
      severity: 'ERROR',
      metadata: {},
      metavariables: {},
      trace: null,
      fix: null,
      fingerprint: '',
      anchor: { identity: code.replace(/\{.*/s, ''), symbol: functionAround(text, at), lastLine: 1 },
    };
  });
  return { path, text, findings };
}

function functionAround(text: string, at: number): string {
  return [...text.slice(0, at).matchAll(/def (\w+)/g)].at(-1)?.[1] ?? '';
}

/** Lines of what is new. */
function introduced(before: Record<string, string>, now: Record<string, string>): string[] {
  const files = (texts: Record<string, string>) => Object.entries(texts).map(([path, text]) => file(path, text));
  return [...introducedFindings(files(now), files(before))].map(({ path, start }) => `${path}:${start.line}`);
}

test.each([
  ['added', 'x\n', 'x\nbad(1)\n', ['a:2']],
  ['kept', 'bad(1)\n', 'x\n\nbad(1)\n', []],
  ['one more of the same', 'x\nbad(1)\ny\n', 'x\nbad(1)\ny\nz\nbad(1)\n', ['a:5']],
  ['one more of the same, in front', 'x\nbad(1)\ny\n', 'z\nbad(1)\nw\nx\nbad(1)\ny\n', ['a:2']],
  ['indented', 'bad(1)\n', 'if x:\n    bad(1)\n', []],
  ['laid out otherwise', 'f(bad(1, "a"))\n', "f(\n    bad(\n        1,\n        'a',\n    )\n)\n", []],
  ['other code around it', 'x = bad(1)\n', 'yield bad(1)\n', []],
  ['another argument', 'bad(1)\n', 'bad(2)\n', ['a:1']],
  ['edited in its body', 'bad(1){\n  a\n}\n', 'bad(1){\n  b\n  c\n}\n', []],
  ['edited in its body, and one more', 'bad(1){\na\n}\n', 'bad(1){\nb\n}\nx\nbad(1){\na\n}\n', ['a:1']],
  ['the same head in another function', 'def f\nbad(1){\na\n}\n', 'def f\ndef g\nbad(1){\nb\n}\n', ['a:3']],
  ['suppressed from now on', 'bad(1)\n', 'bad(1)  # nosem\n', []],
  ['no longer suppressed', 'bad(1)  # nosem\n', 'bad(1)\n', ['a:1']],
  ['suppressed as ever', 'bad(1)  # nosem\n', 'bad(1)  # nosem\n', []],
])('%s', (_what, before, now, expected) => {
  expect(introduced({ a: before }, { a: now })).toEqual(expected);
});

test('moved to another file with a line beside it', () => {
  expect(introduced({ a: 'def f():\n  bad(1)\n' }, { a: '', b: 'def f():\n  bad(1)\n' })).toEqual([]);
  expect(introduced({ a: 'def f():\n  bad(1)\n' }, { a: '', b: 'def g():\n  bad(1)\n  x()\n' })).toEqual(['b:2']);
});

test('copied to another file', () => {
  const text = 'def f():\n  bad(1)\n';
  expect(introduced({ a: text }, { a: text, b: text })).toEqual(['b:2']);
});

test('findings whose code stood in a text', () => {
  const { findings } = file('a', 'x = bad(\n  1,\n)\nbad(2)\n');
  const standing = findingsStandingIn('y = [bad(1)]', findings);
  expect(standing.map(({ start }) => start.line)).toEqual([1]);
});

test('findings whose body was edited may have stood there', () => {
  const { findings } = file('a', 'bad(1){\n  new\n}\nbad(2){\n  old\n}\n');
  const standing = findingsStandingIn('bad(1){\n  old\n}\n', findings);
  expect(standing.map(({ start }) => start.line)).toEqual([1]);
});
