import type { CharSet } from './char-set.ts';

/**
 * The tree of a PCRE2 pattern: options such as `i`, `m`, `s`, `x` are already applied, so that a node means the same
 * wherever it stands (caseless letters are sets, `^` says which anchor it is, and so on).
 */
export type RegexNode =
  | { kind: 'set'; set: CharSet }
  | { kind: 'sequence'; items: RegexNode[] }
  | { kind: 'alternation'; branches: RegexNode[] }
  | { kind: 'repeat'; body: RegexNode; min: number; max: number; mode: RepeatMode }
  /** Groups of one pattern may share an index (`(?|…)`) or a name (`(?J)`). */
  | { kind: 'capture'; index: number; body: RegexNode }
  | { kind: 'atomic'; body: RegexNode }
  | Look
  | { kind: 'assert'; assertion: Assertion }
  /** Several groups where a name is shared: the first that is set counts. */
  | { kind: 'backreference'; groups: number[]; caseless: boolean }
  /** A subroutine call; group 0 is the whole pattern. */
  | { kind: 'call'; group: number }
  | { kind: 'conditional'; test: ConditionalTest; yes: RegexNode; no: RegexNode }
  /** `\K`: the match is reported from here on. */
  | { kind: 'keep' }
  | { kind: 'verb'; verb: Verb };

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

export interface Look {
  kind: 'look';
  direction: 'ahead' | 'behind';
  negative: boolean;
  body: RegexNode;
}

export type Assertion =
  | 'text-start' // \A, ^
  | 'text-end' // \z
  | 'text-end-or-last-newline' // \Z, $
  | 'line-start' // (?m)^
  | 'line-end' // (?m)$
  | 'search-start' // \G
  | 'word-boundary'
  | 'not-word-boundary';

export type ConditionalTest =
  | { kind: 'group'; groups: number[] }
  /** Inside a call of that group; null: inside any call. */
  | { kind: 'recursion'; groups: number[] | null }
  | { kind: 'look'; look: Look }
  /** `(?(DEFINE)…)` and version tests. */
  | { kind: 'constant'; value: boolean };

export type Verb = 'fail' | 'accept' | 'commit' | 'prune' | 'skip';

export interface RegexSyntax {
  root: RegexNode;
  /** Number of the last capturing group. */
  groupCount: number;
  /** Name of each group, by number; index 0 is unused. */
  groupNames: readonly (string | null)[];
}

/** A pattern that is invalid, or that uses something this engine does not have (`unsupported`). */
export interface RegexProblem {
  kind: 'problem';
  message: string;
  /** UTF-16 offset into the pattern. */
  offset: number;
  unsupported: boolean;
}

export const EMPTY: RegexNode = { kind: 'sequence', items: [] };

/** The nodes directly below, in written order (a conditional's look-around first). */
export function childrenOf(node: RegexNode): RegexNode[] {
  switch (node.kind) {
    case 'sequence':
      return node.items;
    case 'alternation':
      return node.branches;
    case 'repeat':
    case 'capture':
    case 'atomic':
    case 'look':
      return [node.body];
    case 'conditional':
      return node.test.kind === 'look' ? [node.test.look, node.yes, node.no] : [node.yes, node.no];
    default:
      return [];
  }
}

/** True if `test` holds for the node or anything below it. */
export function someNode(node: RegexNode, test: (node: RegexNode) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => someNode(child, test));
}
