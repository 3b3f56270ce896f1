import { parseRegex } from './pcre/parse.ts';
import { type RegexNode, someNode } from './pcre/syntax.ts';

/**
 * `metavariable-analysis` with `analyzer: redos` (semantics 04 §4): whether a text, read as a PCRE2 pattern, holds a
 * repeat within a repeat, followed in the same sequence by something that can fail. A rough test on the shape of the
 * pattern, kept as Semgrep has it. A text that is no valid pattern is not vulnerable.
 */
export function isRedosVulnerable(source: string): boolean {
  const syntax = parseRegex(source, { multiline: false });
  if ('kind' in syntax) return false;
  return someNode(syntax.root, (node) => {
    if (node.kind !== 'sequence') return false;
    const nested = node.items.findIndex((item) => someNode(item, isNestedRepeat));
    return nested >= 0 && node.items.slice(nested + 1).some((item) => someNode(item, canFail));
  });
}

/** Fewer rounds are not worth an attack. */
const MIN_ROUNDS = 4;

function isNestedRepeat(node: RegexNode): boolean {
  if (node.kind !== 'repeat' || node.mode === 'possessive' || node.max < MIN_ROUNDS) return false;
  return someNode(node.body, isAmbiguousRepeat);
}

/** Can go two different numbers of rounds, zero not counted. */
function isAmbiguousRepeat(node: RegexNode): boolean {
  return node.kind === 'repeat' && node.mode !== 'possessive' && node.max > Math.max(node.min, 1);
}

function canFail(node: RegexNode): boolean {
  switch (node.kind) {
    case 'set':
    case 'look':
    case 'assert':
    case 'backreference':
    case 'call':
      return true;
    default:
      return false;
  }
}
