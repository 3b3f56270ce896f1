/** The text that stands for a rule's patterns in a finding's identity (semantics 11 §11.2). */
import type { YamlMap, YamlNode } from './yaml-tree.ts';

/** Sanitizers and propagators do not count, as in Semgrep. */
const KEYS = [
  'join',
  'match',
  'pattern',
  'pattern-either',
  'pattern-regex',
  'pattern-sinks',
  'pattern-sources',
  'patterns',
  'taint',
];

/**
 * The strings under the pattern keys of a rule, each list and mapping sorted and joined by a blank, so that
 * reordering patterns keeps identities. '' if any boolean, number or null is among them, which is Semgrep's quirk.
 */
export function formulaString(rule: YamlMap): string {
  const values = rule.entries.filter((entry) => KEYS.includes(entry.key)).map((entry) => textOf(entry.value));
  return values.includes(null) ? '' : sortedAndJoined(values);
}

function textOf(node: YamlNode): string | null {
  if (node.kind === 'scalar') return typeof node.value === 'string' ? node.value : null;
  const children = node.kind === 'seq' ? node.items : node.entries.map((entry) => entry.value);
  const texts = children.map(textOf);
  return texts.includes(null) ? null : sortedAndJoined(texts);
}

function sortedAndJoined(texts: (string | null)[]): string {
  return texts
    .filter((text) => text !== null)
    .sort(byCodePoint)
    .join(' ');
}

/** Python's order of strings; JavaScript's own puts U+E000 to U+FFFF after the characters beyond them. */
function byCodePoint(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
  }
  return left.length - right.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
