import type { RegexNode } from './syntax.ts';

/**
 * The number of characters that a node always matches, or null where that varies. `groups` gives the body of each
 * group that a call or back-reference may name. As in PCRE2 10.40, alternatives of different lengths do not count as
 * fixed even where each of them is.
 */
export function fixedLength(node: RegexNode, groups: ReadonlyMap<number, RegexNode>): number | null {
  return lengthOf(node, groups, []);
}

function lengthOf(node: RegexNode, groups: ReadonlyMap<number, RegexNode>, calls: readonly number[]): number | null {
  const inner = (child: RegexNode) => lengthOf(child, groups, calls);
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return node.items.map(inner).reduce(add, 0);
    case 'alternation':
      return node.branches.map(inner).reduce(same);
    case 'repeat': {
      const length = inner(node.body);
      return length === null || node.min !== node.max ? null : length * node.min;
    }
    case 'capture':
    case 'atomic':
      return inner(node.body);
    case 'conditional':
      if (node.test.kind === 'constant' && !node.test.value) return 0;
      return same(inner(node.yes), inner(node.no));
    case 'call':
    case 'backreference': {
      const [group] = node.kind === 'call' ? [node.group] : node.groups;
      const body = group === undefined ? undefined : groups.get(group);
      if (group === undefined || body === undefined || calls.includes(group)) return null;
      if (node.kind === 'backreference' && node.groups.length > 1) return null;
      return lengthOf(body, groups, [...calls, group]);
    }
    case 'verb':
      return node.verb === 'accept' ? null : 0;
    case 'look':
    case 'assert':
    case 'keep':
      return 0;
  }
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function same(a: number | null, b: number | null): number | null {
  return a === b ? a : null;
}
