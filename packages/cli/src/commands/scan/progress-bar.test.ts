import { expect, test } from 'vitest';
import { createProgressBar } from './progress-bar.ts';

function drawings(columns: number, steps: [atMs: number, files: number][]): string {
  let now = 0;
  let drawn = '';
  const stream = {
    columns,
    write(text: string) {
      drawn += text.replaceAll('\r\u001b[K', '\n');
    },
  };
  const bar = createProgressBar(stream, () => now);
  bar.start(4);
  for (const [at, files] of steps) {
    now = at;
    for (let file = 0; file < files; file++) bar.fileDone();
  }
  bar.end();
  return drawn;
}

test('a bar that grows and goes', () => {
  const steps: [number, number][] = [
    [100, 1],
    [200, 1],
    [210, 1],
    [400, 1],
  ];
  expect(drawings(80, steps)).toBe(
    `\n${'█'.repeat(15)}${'░'.repeat(15)} 2 of 4 files\n${'█'.repeat(30)} 4 of 4 files\n`,
  );
});

test('a narrow terminal', () => {
  expect(drawings(10, [[200, 2]])).toBe(`\n${'█'.repeat(8)}░\n`);
});

test('nothing for a scan that is over at once', () => {
  expect(drawings(80, [[10, 4]])).toBe('');
});
