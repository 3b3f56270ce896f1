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

/** JavaScript's order differs from Python's only between characters beyond U+FFFF and those from U+E000 to there. */
function sortedAndJoined(texts: (string | null)[]): string {
  return texts
    .filter((text) => text !== null)
    .sort()
    .join(' ');
}
