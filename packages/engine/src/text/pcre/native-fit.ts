import { hasCaseVariants } from './case-variants.ts';
import { type GroupBodies, mayBeEmpty } from './first-set.ts';
import { childrenOf, type RegexNode, someNode } from './syntax.ts';

/**
 * Where JavaScript and PCRE2 differ although the syntax carries over:
 *
 * - A loop round that matches nothing: PCRE2 takes it and leaves the loop; JavaScript refuses it, tries the other ways
 *   through the body, and forgets what the round captured.
 * - Captures inside a loop: JavaScript unsets them when a round begins, PCRE2 keeps the last value.
 * - A reference to a group that is not set: PCRE2 fails, JavaScript matches nothing.
 */
export interface NativeFit {
  /** The two find the same ranges. */
  ranges: boolean;
  /** And the same captures. */
  captures: boolean;
}

export function nativeFit(root: RegexNode, groups: GroupBodies): NativeFit {
  const emptyRounds = someNode(root, (node) => node.kind === 'repeat' && !roundsAgree(node, groups));
  // A repeated search at the end of an empty match asks for a non-empty one, which JavaScript cannot.
  const ranges = !emptyRounds && triesEmptyLast(root, groups) && referencesAgree(root, groups);
  return { ranges, captures: ranges && !someNode(root, (node) => losesCaptures(node, groups)) };
}

function roundsAgree(node: RegexNode & { kind: 'repeat' }, groups: GroupBodies): boolean {
  return node.min === node.max || triesEmptyLast(node.body, groups);
}

/**
 * True if the node tries all its non-empty matches before an empty one, so that refusing the empty one and taking it
 * come to the same. Trivially so for a node that cannot be empty, or that cannot be anything else.
 */
function triesEmptyLast(node: RegexNode, groups: GroupBodies): boolean {
  if (!mayBeEmpty(node, groups)) return true;
  const inner = (child: RegexNode) => triesEmptyLast(child, groups);
  switch (node.kind) {
    case 'sequence':
      return node.items.every(inner);
    case 'alternation':
      return node.branches.every((branch, i) => {
        const last = i === node.branches.length - 1;
        return last ? inner(branch) : !mayBeEmpty(branch, groups);
      });
    case 'repeat':
      return node.mode === 'lazy' ? isZeroWidth(node.body) : inner(node.body);
    case 'capture':
      return inner(node.body);
    case 'conditional':
    case 'call':
      return false;
    default:
      return true;
  }
}

function isZeroWidth(node: RegexNode): boolean {
  if (node.kind === 'look') return true;
  return (
    !someNode(node, (part) => part.kind === 'set' || part.kind === 'backreference' || part.kind === 'call') &&
    node.kind !== 'set'
  );
}

function losesCaptures(node: RegexNode, groups: GroupBodies): boolean {
  if (node.kind !== 'repeat' || node.max === 0) return false;
  const inside = capturesIn(node.body);
  if (inside.length === 0) return false;
  if (node.max > node.min && mayBeEmpty(node.body, groups)) return true;
  if (node.max === 1) return false;
  const always = groupsSetBy(node.body, new Set(), groups).set;
  return inside.some((group) => !always.has(group));
}

function capturesIn(node: RegexNode): number[] {
  const below = childrenOf(node).flatMap(capturesIn);
  return node.kind === 'capture' ? [node.index, ...below] : below;
}

function referencesAgree(root: RegexNode, groups: GroupBodies): boolean {
  return groupsSetBy(root, new Set(), groups).referencesAgree;
}

interface SetGroups {
  /** Groups that are set on every way through the node, and hold the same text in both dialects. */
  set: ReadonlySet<number>;
  /** Every reference met so far names one group, which is certainly set there. */
  referencesAgree: boolean;
}

function groupsSetBy(node: RegexNode, before: ReadonlySet<number>, groups: GroupBodies): SetGroups {
  switch (node.kind) {
    case 'sequence':
      return node.items.reduce<SetGroups>(
        (state, item) => {
          const next = groupsSetBy(item, state.set, groups);
          return { set: next.set, referencesAgree: state.referencesAgree && next.referencesAgree };
        },
        { set: before, referencesAgree: true },
      );
    case 'alternation':
      return meet(node.branches.map((branch) => groupsSetBy(branch, before, groups)));
    case 'repeat': {
      const body = groupsSetBy(node.body, before, groups);
      const lasting = node.min > 0 && (node.min === node.max || !mayBeEmpty(node.body, groups));
      return { ...body, set: lasting ? body.set : before };
    }
    case 'capture': {
      const body = groupsSetBy(node.body, before, groups);
      return { ...body, set: new Set([...body.set, node.index]) };
    }
    case 'atomic':
      return groupsSetBy(node.body, before, groups);
    case 'look': {
      const body = groupsSetBy(node.body, before, groups);
      return node.negative ? { ...body, set: before } : body;
    }
    case 'backreference': {
      const [group] = node.groups;
      const certain = node.groups.length === 1 && group !== undefined && before.has(group);
      return { set: before, referencesAgree: certain && !(node.caseless && mayHoldCase(groups.get(group))) };
    }
    case 'conditional':
      return meet([groupsSetBy(node.yes, before, groups), groupsSetBy(node.no, before, groups)]);
    default:
      return { set: before, referencesAgree: true };
  }
}

/** Whether a group can hold a character that a caseless reference would find in another case. */
function mayHoldCase(body: RegexNode | undefined): boolean {
  if (body === undefined) return true;
  return someNode(body, (node) => {
    if (node.kind === 'set') return hasCaseVariants(node.set);
    return node.kind === 'backreference' || node.kind === 'call';
  });
}

function meet(states: readonly SetGroups[]): SetGroups {
  const [first, ...others] = states as [SetGroups, ...SetGroups[]];
  return {
    set: new Set([...first.set].filter((group) => others.every((other) => other.set.has(group)))),
    referencesAgree: states.every((state) => state.referencesAgree),
  };
}
