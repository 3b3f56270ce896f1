import type { CharSet } from './char-set.ts';
import type { Assertion } from './syntax.ts';

/**
 * The code that `Backtracker` runs: a flat array of instructions, each an opcode followed by its operands.
 * Registers hold positions, heights and counters; register 0 is the current call frame, 1 the start that `\K` moved,
 * and group g has its start in `2g`, its end in `2g + 1`.
 */
export interface Program {
  code: Int32Array;
  sets: readonly Membership[];
  references: readonly Reference[];
  registerCount: number;
  groupCount: number;
  /**
   * Number of (instruction, position) families whose failure may be remembered; 0 where a state depends on more than
   * its position (back-references, calls, counters, verbs).
   */
  memoSlots: number;
  /** What a match starts with, where that is known. */
  first: CharSet | null;
  /** Membership in what `leadingRun` says. */
  run: Membership | null;
}

export type Membership = (codePoint: number) => boolean;

export interface Reference {
  groups: readonly number[];
  caseless: boolean;
}

export const Op = {
  Match: 0,
  /** unit */
  Char: 1,
  /** set */
  Set: 2,
  /** target */
  Jump: 3,
  /** preferred target, other target, memo slot or -1 */
  Split: 4,
  /** register: stores the position */
  Save: 5,
  /** set, min, max (-1: none), mode (0 greedy, 1 lazy, 2 possessive), memo slot or -1 (two slots) */
  RepeatSet: 6,
  /** index into `ASSERTIONS` */
  Assert: 7,
  /** index into `references` */
  Backreference: 8,
  /** register: stores the height of the choice stack */
  MarkChoices: 9,
  /** register: drops the choices made since */
  Cut: 10,
  /** register: goes back to the position stored there */
  Restore: 11,
  Fail: 12,
  /** number of characters to step back */
  StepBack: 13,
  /** register, target: jumps if the position is still the one stored */
  JumpIfEmpty: 14,
  /** target, group */
  Call: 15,
  /** group */
  Return: 16,
  /** index into `references`, target: jumps if none of the groups is set */
  JumpUnlessSet: 17,
  /** index into `references` or -1 for any, target: jumps unless inside a call of one of the groups */
  JumpUnlessCalled: 18,
  /** register: sets it to 0 */
  Zero: 19,
  /** register, min, max (-1: none), lazy, exit target: goes on with another round, or leaves */
  CountedSplit: 20,
  /** register */
  Increment: 21,
  /** kind of verb: 0 commit, 1 prune, 2 skip */
  Barrier: 22,
  /** register with the start, group: sets the group to end here */
  CloseGroup: 23,
} as const;

export const ASSERTIONS: readonly Assertion[] = [
  'text-start',
  'text-end',
  'text-end-or-last-newline',
  'line-start',
  'line-end',
  'search-start',
  'word-boundary',
  'not-word-boundary',
];

export const FRAME_REGISTER = 0;
export const KEEP_REGISTER = 1;

export const REPEAT_MODES = ['greedy', 'lazy', 'possessive'] as const;
export const BARRIERS = ['commit', 'prune', 'skip'] as const;
