import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineHashes } from './line-hashes.ts';

/** The same by its definition: 100 characters from the start of each line, in numbers that hold everything. */
function hashesByDefinition(text: string): string[] {
  const units = `${text.replace(/\r\n?/g, '\n')}\uffff`.replace(/[ \t]/g, '');
  const starts = [0, ...[...units.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const seen = new Map<string, number>();
  return starts.map((start) => {
    let hash = 0n;
    for (let at = start; at < start + 100; at++) hash = hash * 37n + BigInt(units.charCodeAt(at) || 0);
    const digits = BigInt.asUintN(64, hash).toString(16);
    seen.set(digits, (seen.get(digits) ?? 0) + 1);
    return `${digits}:${seen.get(digits)}`;
  });
}

const pieces = fc.constantFrom('\n', '\r\n', ' ', '\t', 'a', 'b = 1\n', 'x'.repeat(60), 'é', '😀', '\n\n', '  }\n');

test('are those of the definition', () => {
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
      (text) => {
        expect(lineHashes(text)).toEqual(hashesByDefinition(text));
      },
    ),
  );
});

test('are those of the uploader', () => {
  expect(lineHashes('')).toEqual(['c129715d7a2bc9a3:1']);
});
