import { expect, test } from 'vitest';
import type { Ask } from '../guardrail/new/ask.ts';
import { askVerdicts } from './ask-verdicts.ts';
import type { Candidate } from './candidates.ts';
import type { Answer } from './run-mark.ts';

const CANDIDATES = ['a', 'b', 'c', 'd'].map((name, at): Candidate => {
  const place = {
    guardrail: 'no-eval',
    path: `${name}.py`,
    symbol: at === 0 ? 'C.f' : '',
    finding: '00000000000000aa',
  };
  return { place, path: `${name}.py`, line: at + 1, message: `do not\u001b[2J`, code: `eval(${name})` };
});

/** Somebody who answers in this order, and what was asked. */
function somebody(answers: string[]): { ask: Ask; questions: string[] } {
  const questions: string[] = [];
  const next = (message: string) => {
    questions.push(message);
    return answers.shift() ?? 'stop';
  };
  return {
    questions,
    ask: {
      text: async ({ message }) => next(message),
      choose: async <T extends string>(message: string) => next(message) as T,
    },
  };
}

test('each answer is kept at once, until somebody stops', async () => {
  const { ask, questions } = somebody(['false', 'a constant', 'skip', 'wont-fix', 'goes away', 'stop']);
  const kept: Answer[] = [];
  const count = await askVerdicts(ask, CANDIDATES, (answer) => kept.push(answer) && 1);
  expect(count).toBe(2);
  expect(kept.map(({ candidate, verdict, why }) => [candidate.path, verdict, why])).toEqual([
    ['a.py', 'false', 'a constant'],
    ['c.py', 'wont-fix', 'goes away'],
  ]);
  expect(questions).toHaveLength(6);
  expect(questions[0]).toMatchInlineSnapshot(`
    "1 of 4: a.py:1 (no-eval, C.f)
    do not␛[2J

    eval(a)"
  `);
});

test('nothing to ask', async () => {
  const { ask, questions } = somebody([]);
  expect(await askVerdicts(ask, [], () => 1)).toBe(0);
  expect(questions).toEqual([]);
});
