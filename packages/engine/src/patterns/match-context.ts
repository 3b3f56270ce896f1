import type { Binding, Bindings } from '../match/bindings.ts';
import type { FileFacts } from '../names/file-facts.ts';
import type { MentionsOf } from '../names/mentions.ts';
import type { Node } from '../tree/nodes.ts';
import { unifyBindings } from './unify.ts';

/** Options of the rule that matching looks at, resolved once. */
export interface MatchOptions {
  constantPropagation: boolean;
  symbolicPropagation: boolean;
  acMatching: boolean;
  commutativeBoolop: boolean;
  symmetricEq: boolean;
  attrExpr: boolean;
  vardefAssign: boolean;
  unifyIdsStrictly: boolean;
  goDeeperExpr: boolean;
  goDeeperStmt: boolean;
  implicitDeepExprstmt: boolean;
  implicitEllipsis: boolean;
  implicitReturn: boolean;
  decoratorsOrderMatters: boolean;
}

/**
 * One attempt at matching: the metavariables bound so far (a slot each, undone on the way back) and what is known
 * about the file. Matchers call `done` for every way to succeed.
 */
export class MatchContext {
  readonly slots: (Binding | undefined)[];
  readonly facts: FileFacts;
  readonly options: MatchOptions;
  /** A final `...` of a sequence takes only its longest extent: inside `pattern-inside` nothing else is observable. */
  longestOnly = false;
  private readonly mentioned = new Map<readonly string[], MentionsOf>();

  constructor(slotCount: number, facts: FileFacts, options: MatchOptions) {
    this.slots = new Array<Binding | undefined>(slotCount).fill(undefined);
    this.facts = facts;
    this.options = options;
  }

  /** Where identifiers of the pattern stand in the file. */
  mentionsOf(identifiers: readonly string[]): MentionsOf {
    let mentions = this.mentioned.get(identifiers);
    if (mentions === undefined) {
      mentions = this.facts.mentions.of(identifiers);
      this.mentioned.set(identifiers, mentions);
    }
    return mentions;
  }

  /** Binds, or compares with what is bound already. Slot -1 is `$_`: it never binds. */
  bind(slot: number, binding: Binding, done: () => void): void {
    if (slot < 0) return done();
    const bound = this.slots[slot];
    if (bound !== undefined) {
      if (unifyBindings(bound, binding, this.facts, this.options)) done();
      return;
    }
    this.slots[slot] = binding;
    done();
    this.slots[slot] = undefined;
  }

  /** The bindings made so far, by name. */
  snapshot(names: readonly string[]): Bindings {
    const result = new Map<string, Binding>();
    names.forEach((name, slot) => {
      const binding = this.slots[slot];
      if (binding !== undefined) result.set(name, binding);
    });
    return result;
  }
}

/** Tries a node; calls `done` once for every way in which it matches, with the bindings made in the context. */
export type Matcher = (node: Node, context: MatchContext, done: () => void) => void;
