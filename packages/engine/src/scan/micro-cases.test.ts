import { afterAll, expect, test } from 'vitest';
import { batchNames, type CaseResult, knownDifferences, runBatch } from '../testing/micro-cases.ts';

const names = batchNames();

const known = new Map(
  knownDifferences().flatMap(({ kind, reason, cases }) =>
    Object.entries(cases).flatMap(([batch, ids]) =>
      ids.map((id): [string, string] => [`${batch} ${id}`, `${kind}: ${reason}`]),
    ),
  ),
);
const results = new Map<string, CaseResult[]>();

function isSame({ missed, extra }: CaseResult): boolean {
  return missed.length === 0 && extra.length === 0;
}

test.each(names)('%s', (batch) => {
  const cases = runBatch(batch);
  results.set(batch, cases);
  const unexplained = cases.filter((result) => !isSame(result) && !known.has(`${batch} ${result.id}`));
  expect(unexplained, 'differences that known-differences.yaml does not list').toEqual([]);
  const stale = cases.filter((result) => isSame(result) && known.has(`${batch} ${result.id}`));
  expect(
    stale.map(({ id }) => id),
    'known-differences.yaml lists them, but they agree now',
  ).toEqual([]);
});

test('every known difference is a case', () => {
  const cases = new Set([...results].flatMap(([batch, ofBatch]) => ofBatch.map(({ id }) => `${batch} ${id}`)));
  expect([...known.keys()].filter((key) => !cases.has(key))).toEqual([]);
});

afterAll(() => {
  for (const topic of new Set([...results.keys()].map(topicOf))) {
    const cases = [...results].filter(([batch]) => batch.startsWith(`${topic}/`)).flatMap(([, ofBatch]) => ofBatch);
    const python = cases.filter(({ isPython }) => isPython);
    console.info(`micro-cases, ${topic}: Python ${share(python)}, with text languages ${share(cases)}`);
  }
});

function topicOf(batch: string): string {
  return batch.slice(0, batch.indexOf('/'));
}

function share(cases: readonly CaseResult[]): string {
  const same = cases.filter(isSame).length;
  return `${same} of ${cases.length} (${((100 * same) / cases.length).toFixed(1)} %)`;
}
