import { expect, test } from 'vitest';
import { SourceFileCollector } from './source-files.ts';

test('a source is bounded', () => {
  const collector = new SourceFileCollector();
  collector.reserve(40_000_000);
  expect(() => collector.reserve(20_000_000)).toThrow('it holds more than 10000 files or 50 MB');
  const crowded = new SourceFileCollector();
  const add = (count: number) => {
    for (let at = 0; at < count; at++) {
      crowded.reserve(0);
      crowded.add(`${at}.yaml`, new Uint8Array());
    }
  };
  add(10_000);
  expect(() => add(1)).toThrow('it holds more than 10000 files or 50 MB');
});

test.each(['../a', 'a/../b', '/a', 'a//b', './a', 'a\\b', 'C:a', 'a\u001b[2J', 'a\u202eb', ''])(
  '%j is no path of a source',
  (path) => {
    expect(() => new SourceFileCollector().add(path, new Uint8Array())).toThrow('it holds a file of the name');
  },
);
