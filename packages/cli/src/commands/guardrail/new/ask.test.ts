import { expect, test } from 'vitest';
import { confirmOn } from '../../init/ask-terminal.ts';
import { BACKSPACE, CTRL_C, DOWN, ENTER, typedTerminal } from '../../testing/typed-terminal.ts';
import { askOn } from './ask.ts';
import { gather } from './gather.ts';

test('a guardrail from what somebody types, with what is wrong told at once', async () => {
  const terminal = typedTerminal([
    { to: 'What kind of rule?', keys: ENTER },
    { to: 'Its full dotted name', keys: `pickle load${ENTER}` },
    { to: 'pickle load is not a dotted name such as pickle.loads', keys: `${BACKSPACE.repeat(5)}.loads${ENTER}` },
    { to: 'What is used in its place?', keys: ENTER },
    { to: 'This needs an answer.', keys: `json.loads${ENTER}` },
    { to: 'What is it called?', keys: ENTER },
    { to: 'in one sentence?', keys: ENTER },
    { to: 'Which weakness', keys: `CWE-502${ENTER}` },
    { to: 'in security?', keys: ENTER },
    { to: 'in engineering?', keys: `@acme/web${ENTER}` },
  ]);
  const plan = await gather(null, {}, null, null, askOn(terminal));
  expect(plan).toEqual({
    id: 'no-pickle-loads',
    template: 'forbid',
    language: 'python',
    pattern: 'pickle.loads',
    right: 'json.loads',
    example: null,
    promise: 'Nothing uses `pickle.loads`; `json.loads` does its work.',
    weakness: 'CWE-502',
    security: '@security',
    engineering: '@acme/web',
    message: null,
  });
});

test('a choice further down', async () => {
  const terminal = typedTerminal([{ to: 'Which?', keys: DOWN + ENTER }]);
  const choices = ['one', 'two', 'three'].map((value) => ({ value, label: value, hint: `the ${value}` }));
  expect(await askOn(terminal).choose('Which?', choices)).toBe('two');
  expect(terminal.shown()).toContain('● two (the two)');
});

test('Ctrl-C ends the command with nothing written', async () => {
  const cancelled = 'cancelled: nothing was written';
  const text = typedTerminal([{ to: 'Why?', keys: `be${CTRL_C}` }]);
  await expect(askOn(text).text({ message: 'Why?' })).rejects.toThrow(cancelled);
  const choice = typedTerminal([{ to: 'Which?', keys: CTRL_C }]);
  const choices = [{ value: 'one', label: 'one', hint: '' }];
  await expect(askOn(choice).choose('Which?', choices)).rejects.toThrow(cancelled);
  const yes = typedTerminal([{ to: 'Write it?', keys: CTRL_C }]);
  await expect(confirmOn(yes, 'Write it?')).rejects.toThrow('files that were agreed to are written');
});

test('yes is one key away, and so is no', async () => {
  expect(await confirmOn(typedTerminal([{ to: 'Write it?', keys: ENTER }]), 'Write it?')).toBe(true);
  expect(await confirmOn(typedTerminal([{ to: 'Write it?', keys: 'n' }]), 'Write it?')).toBe(false);
});

test('what files of a repository say is shown in a question, and does nothing', async () => {
  const acting = '\u001b]0;owned\u0007\u202e@acme';
  const terminal = typedTerminal([
    { to: 'Who', keys: `x${ENTER}` },
    { to: 'is not', keys: BACKSPACE + ENTER },
  ]);
  const fault = (answer: string) => (answer === 'x' ? `x is not ${acting}` : null);
  const question = { message: `Who is ${acting}?`, fallback: acting, fault };
  expect(await askOn(terminal).text(question)).toBe(acting);
  expect(terminal.written()).toContain('<U+202E>');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be shown.
  expect(terminal.written()).not.toMatch(/\u001b\]|\u0007|\u202e/);
});
