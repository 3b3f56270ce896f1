import { expect, test } from 'vitest';
import type { Ask, Question } from './ask.ts';
import { gather } from './gather.ts';

/** Somebody who answers by what is asked, and takes the default otherwise. */
function person(answers: Record<string, string>, template: string): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const answer = ({ message, fallback, fault }: Question): string => {
    asked.push(message);
    const [, given] = Object.entries(answers).find(([words]) => message.includes(words)) ?? [];
    const text = given ?? fallback ?? '';
    if (text === '' || fault?.(text) != null) throw new Error(`no answer to: ${message}`);
    return text;
  };
  const ask: Ask = {
    text: async (question) => answer(question),
    choose: async (message, choices) => {
      asked.push(message);
      const choice = choices.find(({ value }) => value === template);
      if (choice === undefined) throw new Error(`${template} is not offered`);
      return choice.value;
    },
  };
  return { ask, asked };
}

test('what no flag tells is asked, and everything has a default but the rule itself', async () => {
  const { ask, asked } = person({ 'not to be used': 'os.system', 'in its place': 'subprocess.run' }, 'forbid');
  const plan = await gather(null, { weakness: 'CWE-78' }, null, null, ask);
  expect(plan).toEqual({
    id: 'no-os-system',
    template: 'forbid',
    language: 'python',
    pattern: 'os.system',
    right: 'subprocess.run',
    example: null,
    promise: 'Nothing uses `os.system`; `subprocess.run` does its work.',
    weakness: 'CWE-78',
    security: '@security',
    engineering: '@engineering',
    message: null,
  });
  expect(asked).toEqual([
    'What kind of rule?',
    'What is not to be used? Its full dotted name',
    'What is used in its place?',
    'What is it called?',
    'What does the code keep to, in one sentence?',
    'Who answers for it in security?',
    'And in engineering?',
  ]);
});

test('a pattern needs words of its own; owners come from CODEOWNERS', async () => {
  const { ask } = person({ 'to be found': 'f(...)', 'write instead': 'Use g.' }, 'pattern');
  const owners = { file: 'CODEOWNERS', owners: new Set(['@acme/web']) };
  expect(await gather('no-f', {}, null, owners, ask)).toMatchObject({
    message: 'Use g.',
    security: '@acme/web',
    engineering: '@acme/web',
  });
});

test('a finding brings pattern, example, weakness and words', async () => {
  const seed = { pattern: 'eval(...)', example: 'eval(x)', weakness: 'CWE-95', message: 'Read data as data.' };
  expect(await gather('no-eval', {}, seed, null, null)).toMatchObject({
    template: 'pattern',
    pattern: 'eval(...)',
    example: 'eval(x)',
    weakness: 'CWE-95',
    message: 'Read data as data.',
  });
  const forbid = await gather('no-eval', { template: 'forbid', instead: 'literal_eval' }, seed, null, null);
  expect(forbid).toMatchObject({ pattern: 'eval', right: 'literal_eval', message: null });
});
