import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The rows of `fixtures/<name>.jsonl`. What the reference answers stands in each; the README beside them says which. */
export function readFixtures<T>(name: string): T[] {
  const file = fileURLToPath(new URL(`../fixtures/${name}.jsonl`, import.meta.url));
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
