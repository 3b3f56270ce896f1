import { readGuardrail } from '@lockstep/guardrails';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withMove } from './move-stage.ts';

const MOVE = {
  date: '2026-11-23',
  from: 'monitor',
  to: 'comment',
  who: 'Ada <ada@acme.example>',
  why: 'It is "right": yes',
  evidence: null,
} as const;

const HEAD = `# Agreed with everybody.
id: sample
promise:   'Nothing is left
  to chance.'
weakness: CWE-330
owners: {security: "@acme/appsec",   engineering: "@acme/web"}
stage:  monitor   # since January
`;
const OLD = '{ date: 2026-01-01, from: comment, to: monitor, who: x, why: y }';

test.each([
  ['no history', HEAD],
  ['no line break at the end', HEAD.trimEnd()],
  ['a quoted stage', HEAD.replace('monitor ', '"monitor" ')],
  ['a list on lines', `${HEAD}history:\n  - ${OLD}\npolicy: { inline: false }\n`],
  [
    'a list at the margin',
    `${HEAD}history:\n- date: 2026-01-01\n  from: comment\n  to: monitor\n  who: x\n  why: y # because\n\n# end\n`,
  ],
  ['deeper, without a line break', `${HEAD}history:\n      - ${OLD}`],
  ['a list in brackets', `${HEAD}history: [${OLD}] # so far\n`],
  ['a list in brackets on lines', `${HEAD}history: [\n  ${OLD},\n]\nlanguages: [python]\n`],
  [
    'a text on lines',
    `${HEAD}history:\n  - date: 2026-01-01\n    from: comment\n    to: monitor\n    who: x\n    why: |\n      first\n      second\n\nlanguages: [python]\n`,
  ],
  ['stage after history', `${HEAD.replace(/stage.*\n/, '')}history:\n  - ${OLD}\nstage: monitor\n`],
  ['Windows', HEAD.replaceAll('\n', '\r\n')],
])('%s', (_, text) => {
  const before = read(text);
  const moved = withMove(text, MOVE);
  expect(read(moved)).toEqual({ ...before, stage: 'comment', history: [...(before?.history ?? []), MOVE] });
  // Nothing was rewritten: without what is new, it is the old text.
  expect(leftOut(moved, text)).toBe(true);
  const back = withMove(moved, { ...MOVE, from: 'comment', to: 'block', evidence: '31 of 31' });
  expect(read(back)?.history).toHaveLength((before?.history.length ?? 0) + 2);
});

function read(text: string) {
  const { guardrail, problems } = readGuardrail(text, 'guardrail.yaml', 'sample');
  expect(problems).toEqual([]);
  return guardrail;
}

/** Whether the old text is the new one with pieces left out, but for the stage. */
function leftOut(fresh: string, old: string): boolean {
  const wanted = old.replace(/(stage:\s*)"?monitor"?/, '$1comment');
  let at = 0;
  for (const char of fresh) if (char === wanted[at]) at++;
  return at === wanted.length;
}

describe('whatever the reason', () => {
  test('it is read as it was given', () => {
    const words = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(
        words,
        words,
        fc.constantFrom('', `history: [${OLD}]\n`, `history:\n - ${OLD}\n`),
        (who, why, history) => {
          const [last] = read(withMove(HEAD + history, { ...MOVE, who, why }))?.history.slice(-1) ?? [];
          expect(last).toEqual({ ...MOVE, who, why });
        },
      ),
    );
  });
});
