import type { BracketRole } from './syntax.ts';

/**
 * Which brackets of a sequence pair up. A bracket pairs with the first closer of its kind that lies in no other pair;
 * closers of other kinds in between are ordinary, and so is a bracket without a closer.
 *
 * Found from the right in one pass: where the first closer of each kind is from a position on depends only on what
 * follows. (Trying each bracket on its own would take 2ⁿ steps for n unbalanced ones.)
 */
export interface Pairing {
  /** For each element, the index of the next one at the same level: behind the closer for a bracket that has one. */
  next: Int32Array;
  /** For each element that is a bracket, the index of its closer; else -1. */
  closer: Int32Array;
}

/** `stops`: elements that no pair reaches across. */
export function pairBrackets(roles: readonly (BracketRole | null)[], kinds: number, stops: Uint8Array | null): Pairing {
  const count = roles.length;
  const next = new Int32Array(count);
  const closer = new Int32Array(count).fill(-1);
  /** For each kind and position, the first closer at that level from there on. */
  const firstCloser = Array.from({ length: kinds }, () => new Int32Array(count + 1).fill(-1));
  for (let i = count - 1; i >= 0; i--) {
    const role = roles[i] ?? null;
    if (role !== null && role.opens >= 0) closer[i] = (firstCloser[role.opens] as Int32Array)[i + 1] as number;
    next[i] = ((closer[i] as number) >= 0 ? (closer[i] as number) : i) + 1;
    if (stops?.[i] === 1) continue;
    for (const [kind, positions] of firstCloser.entries()) {
      positions[i] = role?.closes === kind ? i : (positions[next[i] as number] as number);
    }
  }
  return { next, closer };
}
