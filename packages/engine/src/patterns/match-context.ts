import type { Binding, Bindings } from '../match/bindings.ts';
import type { FileFacts } from '../names/file-facts.ts';
import type { MentionsOf } from '../names/mentions.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import type { MatchOptions } from './match-options.ts';
import { unifyBindings } from './unify.ts';

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

  /** Runs `done` with all slots as given, and puts back what was bound before. */
  withSlots(slots: readonly (Binding | undefined)[], done: () => void): void {
    const before = [...this.slots];
    this.assign(slots);
    done();
    this.assign(before);
  }

  private assign(slots: readonly (Binding | undefined)[]): void {
    for (let slot = 0; slot < slots.length; slot++) this.slots[slot] = slots[slot];
  }

  /** Equal for the same variables bound to the same places. */
  key(): string {
    let key = '';
    for (const binding of this.slots) key += bindingKey(binding);
    return key;
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

function bindingKey(binding: Binding | undefined): string {
  if (binding === undefined) return ';';
  // An imported name and what it stands for have one place.
  const name = binding.kind === 'node' && binding.node.kind === Kind.Name ? binding.node.name : '';
  return `;${binding.kind}${binding.start},${binding.end}${name}`;
}

/** Tries a node; calls `done` once for every way in which it matches, with the bindings made in the context. */
export type Matcher = (node: Node, context: MatchContext, done: () => void) => void;
