import { createHash } from 'node:crypto';

/**
 * `count` of the items as if at random, or all where there are fewer. Each is drawn by the hash of its key and the seed:
 * Node's generator takes no seed, and this way an item that was chosen mostly stays so when a few others come or go.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => string} keyOf
 * @param {{ count: number, seed: number }} draw
 * @returns {T[]}
 */
export function sample(items, keyOf, { count, seed }) {
  const drawn = items.map((item) => ({
    item,
    lot: createHash('sha256')
      .update(`${seed} ${keyOf(item)}`)
      .digest('hex'),
  }));
  const sorted = drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1));
  return sorted.slice(0, count).map(({ item }) => item);
}
