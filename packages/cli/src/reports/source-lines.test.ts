import { expect, test } from 'vitest';
import { createSourceLines } from './source-lines.ts';

function counted(files: Record<string, string>) {
  const read: string[] = [];
  const source = createSourceLines((path) => {
    read.push(path);
    return files[path] ?? null;
  });
  return { source, read };
}

test('lines without their breaks; null beyond the text and where there is none', () => {
  const { source } = counted({ a: 'one\r\ntwo\n' });
  expect([source('a', 1), source('a', 2), source('a', 3), source('b', 1)]).toEqual(['one', 'two', null, null]);
});

test('a flow between some files reads each of them once', () => {
  const { source, read } = counted({ a: '1', b: '2' });
  for (const path of ['a', 'b', 'missing', 'a', 'b', 'missing']) source(path, 1);
  expect(read).toEqual(['a', 'b', 'missing']);
});

test('of many files, those that were not used for longest are given up', () => {
  const { source, read } = counted({});
  const paths = ['1', '2', '3', '4', '5', '6', '7', '8'];
  for (const path of [...paths, '1', '9']) source(path, 1);
  read.length = 0;
  source('1', 1);
  source('2', 1);
  expect(read).toEqual(['2']);
});
