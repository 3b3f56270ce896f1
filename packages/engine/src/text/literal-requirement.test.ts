import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LiteralRequirement, meetsRequirement, requiredLiteral, searchableText } from './literal-requirement.ts';
import { type CompiledRegex, compileRegex } from './pcre.ts';

function compile(source: string): CompiledRegex {
  const regex = compileRegex(source, { multiline: true });
  if (regex.kind === 'problem') throw new Error(`${source}: ${regex.message}`);
  return regex;
}

/** `abc & (~def | ghi)`, with a tilde before literals that ignore case. */
function show(requirement: LiteralRequirement | null): string {
  if (requirement === null) return '-';
  if (requirement.kind === 'literal') return (requirement.caseless ? '~' : '') + requirement.text;
  return `(${requirement.parts.map(show).join(requirement.kind === 'all' ? ' & ' : ' | ')})`;
}

test.each([
  ['foo', 'foo'],
  ['fo', '-'],
  ['a.b', '-'],
  ['foo.*bar', '(foo & bar)'],
  ['foo\\bbar', 'foobar'],
  ['^foo$', 'foo'],
  ['(?i)password', '~password'],
  ['[pP]assword', '~password'],
  ['foo(?:bar|baz)qux', '(foobarqux | foobazqux)'],
  ['(?:foo|ba)', '-'],
  ['(?:foo.*|bar.*)x', '(foo | bar)'],
  ['colou?r', '(colour | color)'],
  ['(?:abc){2}', 'abcabc'],
  ['(?:abc)+def', '(abc & def)'],
  ['(?:abc)*', '-'],
  ['x(?=.*secret)', 'secret'],
  ['x(?!secret)', '-'],
  ['key-\\d+', 'key-'],
  ['gh[pous]_\\w{36}', '(gho_ | ghp_ | ghs_ | ghu_)'],
  ['(?i)É{2}X', '~ééx'],
  ['(?:a|b|c){3}', '-'],
])('%s needs %s', (source, expected) => {
  expect(show(requiredLiteral(compile(source).syntax))).toBe(expected);
});

test('a text that matches meets the requirement', () => {
  const piece = fc.constantFrom(
    'abc',
    'Key',
    '[kK]',
    's+',
    '(?:abc|kéy)',
    '(?i:abk)',
    '.',
    '\\w?',
    '(?=ab)',
    '$',
    '(?i)',
    '|',
    '(?:a|B)',
  );
  const source = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  const part = fc.constantFrom(
    'abc',
    'key',
    'Key',
    'KÉY',
    'k\u00e9y',
    'ab\u212a',
    '\u017f',
    's',
    'x',
    '\n',
    'aB',
    'b',
    'ABC',
  );
  const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(source, text, (pattern, subject) => {
      const regex = compile(pattern);
      const requirement = requiredLiteral(regex.syntax);
      fc.pre(requirement !== null && regex.test(subject));
      expect(meetsRequirement(requirement, searchableText(subject))).toBe(true);
    }),
  );
});
