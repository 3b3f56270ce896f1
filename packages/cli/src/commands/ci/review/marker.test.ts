import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileText } from '../../../reports/testing/hostile-text.ts';
import { type Mark, markText, readMark } from './marker.ts';

const place = fc.record({ guardrail: hostileText, path: hostileText, symbol: hostileText, finding: fc.string() });
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record({ kind: fc.constant('summary' as const), scope: fc.string(), digest: fc.string() }),
  fc.record({
    kind: fc.constant('finding' as const),
    scope: fc.string(),
    digest: fc.string(),
    state: fc.constantFrom('open' as const, 'gone' as const),
    place,
  }),
);

test('a mark is read as it was written, whatever is in it and below it', () => {
  fc.assert(
    fc.property(mark, hostileText, (written, text) => {
      const read = readMark(markText(written, text));
      expect(read?.mark).toEqual(written);
    }),
  );
});

test('services may change line breaks', () => {
  const written: Mark = { kind: 'summary', scope: 'a', digest: 'b' };
  expect(readMark(markText(written, 'x\ny').replaceAll('\n', '\r\n'))).toEqual({ mark: written, text: 'x\ny' });
});

const [VALID = ''] = markText({ kind: 'summary', scope: 'a', digest: 'b' }, '').split('\n');

test.each([
  ['nothing', ''],
  ['not in the first line', `text\n${VALID}`],
  ['with something before it', ` ${VALID}`],
  ['with something behind it', `${VALID} x`],
  ['no JSON', '<!-- lockstep-review AAAA -->'],
  ['no mark', `<!-- lockstep-review ${Buffer.from('{"kind":"finding"}').toString('base64')} -->`],
  ['null', `<!-- lockstep-review ${Buffer.from('null').toString('base64')} -->`],
  ['no base64', '<!-- lockstep-review {"kind":"summary"} -->'],
])('%s is none of ours', (_, body) => {
  expect(readMark(body)).toBe(null);
});
