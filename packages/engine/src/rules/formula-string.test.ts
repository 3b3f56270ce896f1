import { expect, test } from 'vitest';
import { formulaString } from './formula-string.ts';
import { readYaml } from './read-yaml.ts';

function formulaStringOf(text: string): string {
  const { root } = readYaml(text);
  if (root?.kind !== 'map') throw new Error('not a mapping');
  return formulaString(root);
}

test.each([
  ['id: a\npattern: f()\n', 'f()'],
  ['patterns:\n- pattern: b\n- pattern-either: [{pattern: z}, {pattern: a}]\n- pattern-not: c\n', 'a z b c'],
  ['pattern-sinks: [{pattern: b}]\npattern-sources: [{pattern: a}]\npattern-sanitizers: [{pattern: s}]\n', 'a b'],
  ['patterns:\n- pattern: f($X)\n- metavariable-regex: {metavariable: $X, regex: r}\n', '$X r f($X)'],
  ['pattern: a\nfix: b\nmessage: c\n', 'a'],
  ['pattern-sources: [{pattern: a, by-side-effect: true}]\npattern-sinks: [{pattern: b}]\n', ''],
  ['patterns: [{pattern: a}, {metavariable-comparison: {comparison: $X > 1, base: 2}}]\n', ''],
  ['id: a\n', ''],
])('%j', (text, expected) => {
  expect(formulaStringOf(text)).toBe(expected);
});

test('reordering patterns keeps the string', () => {
  expect(formulaStringOf('patterns: [{pattern: b}, {pattern: a}]\n')).toBe(
    formulaStringOf('patterns: [{pattern: a}, {pattern: b}]\n'),
  );
});
