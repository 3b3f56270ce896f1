import { ANY_CHAR, type CharSet, mayOverlap } from './char-set.ts';
import type { GroupBodies } from './first-set.ts';
import { type RegexNode, someNode } from './syntax.ts';

/**
 * True if a loop of the pattern can read one text in two ways that both come back to the same place, as `(a+)+` and
 * `(\w|\d)*` can: then a failing match may try 2ⁿ ways over n characters. (Polynomial cost, as of `.*.*x`, is another
 * matter and not reported.)
 *
 * For each loop the body becomes a position automaton (Glushkov): one state per character set, an edge where one may
 * follow the other, the end of the body leading back to its start. The loop is ambiguous if two different states can
 * be reached from one state by the same text and can come together again. Answers true where the automaton grows too
 * large to tell.
 *
 * Such patterns run on `Backtracker`, which remembers what failed. The library re2js was tried in its place: on five
 * patterns over 1 MB of Python it took between a third of the time (`(\w+\s?)*;`) and four times as long
 * (`"(?:[^"\\]+|\\.)*"`), and it has neither look-arounds nor references, so it would not have spared us the matcher.
 */
export function isExponential(root: RegexNode, groups: GroupBodies): boolean {
  return someNode(root, (node) => {
    if (node.kind !== 'repeat' || node.max < MANY_ROUNDS || node.body.kind === 'set') return false;
    return isAmbiguousLoop(node.body, groups);
  });
}

/** Fewer rounds multiply the cost by at most a few thousand. */
const MANY_ROUNDS = 10;
const MAX_STATES = 300;
const MAX_PAIRS = 20_000;

function isAmbiguousLoop(body: RegexNode, groups: GroupBodies): boolean {
  const automaton = new AutomatonBuilder(groups);
  const fragment = automaton.build(body, []);
  if (automaton.overflow) return true;
  automaton.connect(fragment.last, fragment.first);
  return automaton.hasDoubleEdge || canMeetAgain(automaton);
}

interface Fragment {
  first: number[];
  last: number[];
  empty: boolean;
}

const NOTHING: Fragment = { first: [], last: [], empty: true };

class AutomatonBuilder {
  readonly sets: CharSet[] = [];
  readonly follow: Set<number>[] = [];
  /** Two ways from one state to the next: the loop is ambiguous already. */
  hasDoubleEdge = false;
  overflow = false;
  private readonly groups: GroupBodies;

  constructor(groups: GroupBodies) {
    this.groups = groups;
  }

  connect(from: readonly number[], to: readonly number[]): void {
    for (const source of from) {
      const edges = this.follow[source] as Set<number>;
      for (const target of to) {
        if (edges.has(target)) this.hasDoubleEdge = true;
        edges.add(target);
      }
    }
  }

  build(node: RegexNode, calls: readonly number[]): Fragment {
    if (this.sets.length > MAX_STATES) this.overflow = true;
    if (this.overflow) return NOTHING;
    switch (node.kind) {
      case 'set':
        return this.state(node.set);
      case 'backreference':
        return { ...this.state(ANY_CHAR), empty: true };
      case 'sequence':
        return this.sequence(node.items.map((item) => () => this.build(item, calls)));
      case 'alternation':
        return this.either(node.branches.map((branch) => this.build(branch, calls)));
      case 'conditional':
        return this.either([this.build(node.yes, calls), this.build(node.no, calls)]);
      case 'repeat':
        return this.repeat(node, calls);
      case 'capture':
      case 'atomic':
        return this.build(node.body, calls);
      case 'call': {
        const body = this.groups.get(node.group);
        if (body === undefined || calls.includes(node.group)) {
          this.overflow = true;
          return NOTHING;
        }
        return this.build(body, [...calls, node.group]);
      }
      case 'look':
      case 'assert':
      case 'keep':
      case 'verb':
        return NOTHING;
    }
  }

  private state(set: CharSet): Fragment {
    const index = this.sets.push(set) - 1;
    this.follow.push(new Set());
    return { first: [index], last: [index], empty: false };
  }

  private sequence(parts: readonly (() => Fragment)[]): Fragment {
    let result = NOTHING;
    for (const part of parts) {
      const next = part();
      this.connect(result.last, next.first);
      result = {
        first: result.empty ? [...result.first, ...next.first] : result.first,
        last: next.empty ? [...result.last, ...next.last] : next.last,
        empty: result.empty && next.empty,
      };
    }
    return result;
  }

  /** Two branches that may both be empty would be an ambiguity of their own, but not one that grows with the text. */
  private either(branches: readonly Fragment[]): Fragment {
    return {
      first: branches.flatMap((branch) => branch.first),
      last: branches.flatMap((branch) => branch.last),
      empty: branches.some((branch) => branch.empty),
    };
  }

  private repeat(node: RegexNode & { kind: 'repeat' }, calls: readonly number[]): Fragment {
    const { body, min, max } = node;
    const rounds = Number.isFinite(max) ? max : Math.max(min, 1);
    const parts = Array.from({ length: rounds > MAX_STATES ? 0 : rounds }, (_, i) => () => {
      const round = this.build(body, calls);
      if (i === rounds - 1 && !Number.isFinite(max)) this.connect(round.last, round.first);
      return i >= min ? { ...round, empty: true } : round;
    });
    if (rounds > MAX_STATES) this.overflow = true;
    return this.sequence(parts);
  }
}

/** Follows pairs of different states that one text leads to, until two fall together or none is left. */
function canMeetAgain({ sets, follow }: AutomatonBuilder): boolean {
  const size = sets.length;
  const seen = new Set<number>();
  const open: [number, number][] = [];
  const advance = (a: number, b: number): boolean => {
    for (const c of follow[a] as Set<number>) {
      for (const d of follow[b] as Set<number>) {
        if (a === b && c >= d) continue;
        if (!mayOverlap(sets[c] as CharSet, sets[d] as CharSet)) continue;
        if (c === d) return true;
        const key = c < d ? c * size + d : d * size + c;
        if (seen.has(key)) continue;
        seen.add(key);
        open.push([c, d]);
      }
    }
    return false;
  };
  for (let state = 0; state < size; state++) if (advance(state, state)) return true;
  for (let pair = open.pop(); pair; pair = open.pop()) {
    if (seen.size > MAX_PAIRS || advance(...pair)) return true;
  }
  return false;
}
