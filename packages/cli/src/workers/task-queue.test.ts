import { expect, test } from 'vitest';
import { FileTask } from './file-task.ts';
import { TaskQueue } from './task-queue.ts';

function tasks(...sizes: number[]): FileTask[] {
  const limits = { ruleCount: 1, timeoutMs: 1, timeoutThreshold: 1, ruleId: () => 'r' };
  return sizes.map((bytes, at) => {
    const path = `${at}.py`;
    return new FileTask(
      { path, absolutePath: path, rulePath: path, languages: [], bytes, content: null, onlyRules: null },
      limits,
    );
  });
}

/** The sizes in each batch, to the last. */
function batches(queue: TaskQueue): number[][] {
  const all: number[][] = [];
  while (!queue.isEmpty) all.push(queue.takeBatch().map(({ request }) => request.bytes));
  return all;
}

test('largest first, batches shrink towards the end', () => {
  const sizes = Array.from({ length: 200 }, (_, at) => (at % 10) + 1);
  const taken = batches(new TaskQueue(tasks(...sizes, 500), 2));
  expect(taken[0]).toEqual([500]);
  expect(taken.flat().length).toBe(201);
  expect(taken.flat()).toEqual(taken.flat().sort((a, b) => b - a));
  expect(taken[1]?.length).toBeGreaterThan(taken.at(-1)?.length ?? 0);
  expect(taken.at(-1)).toEqual([1]);
});

test('empty files come in batches, too', () => {
  const taken = batches(new TaskQueue(tasks(...Array.from({ length: 150 }, () => 0)), 1));
  expect(taken.map((batch) => batch.length)).toEqual([64, 64, 22]);
});

test('what is put back comes first and alone', () => {
  const all = tasks(1, 2, 3);
  const queue = new TaskQueue(all, 1);
  queue.takeBatch();
  queue.putBack(all.slice(0, 2));
  expect(batches(queue)).toEqual([[1], [2], [2], [1]]);
});
