import { expect, test } from 'vitest';
import { entropyBits, isHighEntropy } from './entropy.ts';

test.each([
  '4d186321c1a7f0f3',
  'qJ8xZ0vR3kT9',
  'zxqjvkzxqjvk',
  '12345678901234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'the_quick_brown_fox_jumps_over',
  '123e4567-e89b-12d3-a456-426614174000',
  'äöüßéèê',
])('%s looks random', (text) => {
  expect(isHighEntropy(text)).toBe(true);
});

test.each([
  '',
  'a',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '4d186321c1',
  '1234567890',
  'AKIAIOSFODNN7EXAMPLE',
  'MyS3cretP@ssw0rd',
  'correcthorsebatterystaple',
  'thisisaverylongstringwithoutanyspaces',
])('%s does not', (text) => {
  expect(isHighEntropy(text)).toBe(false);
});

test('common text costs less than rare text', () => {
  const perLetter = ['ther', 'data', 'quiz', 'xqzj', '7301'].map((text) => Math.round(entropyBits(text) * 10) / 40);
  expect(perLetter).toMatchInlineSnapshot(`
    [
      3.075,
      3.425,
      6.725,
      8.35,
      5.95,
    ]
  `);
});
