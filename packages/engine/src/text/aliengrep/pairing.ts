import type { BracketRole } from './syntax.ts';

/**
 * Which brackets of a sequence pair up. A bracket pairs with the first closer of its kind that lies in no other pair;
 * closers of other kinds in between are ordinary elements, and so is a bracket without a closer.
 *
 * Found from the right in one pass: what a bracket pairs with depends only on what follows. (Trying each bracket on its
 * own, as a recursive regular expression does, takes 2ⁿ steps for n unbalanced ones.)
 */
export interface Pairing {
  /** For each element, the index of the next one at the same level: behind the closer for a bracket that has one. */
  next: Int32Array;
  /** For each element that is a bracket, the index of its closer; else -1. */
  closer: Int32Array;
}

export interface Brackets {
  roles: readonly (BracketRole | null)[];
  /** How many kinds of brackets there are. */
  kinds: number;
  /** 1 for elements that are blanks, as line ends are. */
  blanks: Uint8Array;
  /** Whether pairs reach across blanks of that kind. */
  acrossBlanks: boolean;
  /** 1 for elements that touch the next one: blanks alone between two brackets do not make a pair. */
  touches: Uint8Array;
}

export function pairBrackets({ roles, kinds, blanks, acrossBlanks, touches }: Brackets): Pairing {
  const count = roles.length;
  const next = new Int32Array(count);
  const closer = new Int32Array(count).fill(-1);
  /** For each kind and position, the first closer from there on that lies in no pair. */
  const found = Array.from({ length: kinds }, () => new Int32Array(count + 1).fill(-1));
  for (let i = count - 1; i >= 0; i--) {
    const role = roles[i] ?? null;
    if (role !== null && role.opens >= 0) {
      const end = (found[role.opens] as Int32Array)[i + 1] as number;
      let content = i + 1;
      while (blanks[content] === 1) content++;
      if (end > content || (end === i + 1 && touches[i] === 1)) closer[i] = end;
    }
    const end = closer[i] as number;
    next[i] = (end >= 0 ? end : i) + 1;
    if (blanks[i] === 1 && !acrossBlanks) continue;
    for (const [kind, closers] of found.entries()) {
      closers[i] = role?.closes === kind ? i : (closers[next[i] as number] as number);
    }
  }
  return { next, closer };
}
