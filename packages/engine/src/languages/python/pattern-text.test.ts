import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyPython, pythonProgram } from '../../testing/generate-python.ts';
import { pattern } from '../../testing/generate-rules.ts';
import { python } from '../../testing/load-engine.ts';
import { pythonPatternCandidates } from './pattern-text.ts';
import { MARK, readPlaceholder } from './placeholders.ts';

/** The text that is tried first, but for the newline at its end. */
function substituted(written: string): string {
  return pythonPatternCandidates(written)[0]?.text.replace(/\n$/, '') ?? '';
}

/** Pattern and what the grammar gets to see, `Ʞ` written as `K`. */
const SUBSTITUTIONS: [pattern: string, text: string][] = [
  ['f($X, ...)', 'f(KX, KKK)'],
  ['$_', 'K_'],
  ['$...ARGS', 'KKKKARGS'],
  ['$x + $1', '$x + $1'],
  ['<... f($X) ...>', 'Kd ( f(KX) )'],
  ['"$X ... <..."', '"$X ... <..."'],
  ['f"a{$X}..."', 'f"a{KX}..."'],
  ['f"{{$X}}"', 'f"{{$X}}"'],
  ['# $X ...', '# $X ...'],
  ['a. ... .b', 'a. KKK .b'],
  ['f($X: int)', 'f(Kt[KX: int])'],
  ['f(..., $X: List[$T], k=1)', 'f(KKK, Kt[KX: List[KT]], k=1)'],
  ['$X: int', 'KX: int'],
  ['def f($X: int): ...', 'def f(KX: int): KKK'],
  ['f(lambda $X: $Y)', 'f(lambda KX: KY)'],
  ['x[$A:$B]', 'x[KA:KB]'],
  ['{..., "k": $V}', '{**K, "k": KV}'],
  ['{...}', '{KKK}'],
  ['{"k": ...}', '{"k": KKK}'],
  ['from ... import $X', 'from ... import KX'],
];

describe('substitution', () => {
  test.each(SUBSTITUTIONS)('%s → %s', (written, expected) => {
    expect(substituted(written).replaceAll(MARK, 'K')).toBe(expected);
  });

  test('leaves code without pattern tokens as it is', () => {
    fc.assert(
      fc.property(pythonProgram, (code) => {
        fc.pre(!/\.\.\.|\$|^match/.test(code));
        expect(substituted(code)).toBe(code.trim());
      }),
    );
  });

  test('ends, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(pattern, anyPython), (text) => {
        expect(pythonPatternCandidates(text).length).toBeGreaterThan(0);
      }),
    );
  });
});

test.each([
  ['KX', { kind: 'metavariable', name: '$X' }],
  ['K_', { kind: 'metavariable', name: '$_' }],
  ['KX_1', { kind: 'metavariable', name: '$X_1' }],
  ['KKK', { kind: 'ellipsis' }],
  ['K', { kind: 'ellipsis' }],
  ['KKKKA', { kind: 'sequence', name: '$...A' }],
  ['Kd', { kind: 'plain', name: `${MARK}d` }],
  ['name', { kind: 'plain', name: 'name' }],
])('%s reads as %o', (identifier, expected) => {
  expect(readPlaceholder(identifier.replaceAll('K', MARK))).toEqual(expected);
});

test('common indentation is taken away, and every candidate is tried until one parses', () => {
  const [candidate] = pythonPatternCandidates('\n    if $X:\n        ...\n    f()\n');
  expect(candidate?.text.replaceAll(MARK, 'K')).toBe('if KX:\n    KKK\nf()\n');
  expect(python.parser.parse(candidate?.text ?? '').hasError).toBe(false);
});
