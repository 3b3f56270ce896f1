import { ANY_CHAR, type CharSet, EMPTY_SET, unionOf } from './char-set.ts';
import { childrenOf, type RegexNode, someNode } from './syntax.ts';

/** Where calls lead: group number → body; 0 is the whole pattern. */
export type GroupBodies = ReadonlyMap<number, RegexNode>;

/** Collects the body of every group; the first of several with one number counts. */
export function groupBodies(root: RegexNode): GroupBodies {
  const bodies = new Map<number, RegexNode>([[0, root]]);
  const visit = (node: RegexNode): void => {
    if (node.kind === 'capture' && !bodies.has(node.index)) bodies.set(node.index, node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return bodies;
}

/** True where the node might match nothing (assertions included). Never false for a node that can. */
export function mayBeEmpty(node: RegexNode, groups: GroupBodies, calls: readonly number[] = []): boolean {
  const inner = (child: RegexNode) => mayBeEmpty(child, groups, calls);
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.items.every(inner);
    case 'alternation':
      return node.branches.some(inner);
    case 'repeat':
      return node.min === 0 || inner(node.body);
    case 'capture':
    case 'atomic':
      return inner(node.body);
    case 'conditional':
      return inner(node.yes) || inner(node.no);
    case 'call': {
      const body = groups.get(node.group);
      if (body === undefined || calls.includes(node.group)) return true;
      return mayBeEmpty(body, groups, [...calls, node.group]);
    }
    default:
      return true;
  }
}

/** The characters a match can start with; null where it may match nothing or that is not known. */
export function firstSet(node: RegexNode, groups: GroupBodies): CharSet | null {
  if (someNode(node, (part) => part.kind === 'verb' && part.verb === 'accept')) return null;
  const first = firstOf(node, groups, []);
  return first.empty || first.set.negated ? null : first.set;
}

interface First {
  set: CharSet;
  /** The node may match nothing, so that what follows counts too. */
  empty: boolean;
}

const NOTHING: First = { set: EMPTY_SET, empty: true };

function firstOf(node: RegexNode, groups: GroupBodies, calls: readonly number[]): First {
  const inner = (child: RegexNode) => firstOf(child, groups, calls);
  switch (node.kind) {
    case 'set':
      return { set: node.set, empty: false };
    case 'sequence':
      return firstOfSequence(node.items, inner);
    case 'alternation':
      return unite(node.branches.map(inner));
    case 'repeat':
      return node.min === 0 ? { ...inner(node.body), empty: true } : inner(node.body);
    case 'capture':
    case 'atomic':
      return inner(node.body);
    case 'conditional':
      return unite([inner(node.yes), inner(node.no)]);
    case 'call': {
      const body = groups.get(node.group);
      if (body === undefined || calls.includes(node.group)) return { set: ANY_CHAR, empty: true };
      return firstOf(body, groups, [...calls, node.group]);
    }
    case 'backreference':
      return { set: ANY_CHAR, empty: true };
    case 'verb':
    case 'look':
    case 'assert':
    case 'keep':
      return NOTHING;
  }
}

function firstOfSequence(items: readonly RegexNode[], inner: (node: RegexNode) => First): First {
  const firsts: First[] = [];
  for (const item of items) {
    const first = inner(item);
    firsts.push(first);
    if (!first.empty) break;
  }
  return { set: unite(firsts).set, empty: firsts.every((first) => first.empty) };
}

function unite(firsts: readonly First[]): First {
  const sets = firsts.map((first) => first.set);
  return {
    set: sets.some((set) => set.negated) ? ANY_CHAR : unionOf(sets),
    empty: firsts.some((first) => first.empty),
  };
}
