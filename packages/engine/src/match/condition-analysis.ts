import type { Condition } from '../rules/rule.ts';
import { isHighEntropy } from '../text/entropy.ts';
import { isRedosVulnerable } from '../text/redos.ts';
import { Kind } from '../tree/nodes.ts';
import { bindingText, unwrapStatement } from './binding-text.ts';
import type { Binding, RangeMatch } from './bindings.ts';
import type { Evaluation } from './evaluation.ts';

const ANALYZERS = new Map<string, (text: string) => boolean>([
  ['entropy', isHighEntropy],
  ['redos', isRedosVulnerable],
]);

/** `metavariable-analysis` (semantics 04 §4): constants are not followed. */
export function checkAnalysis(
  condition: Condition & { kind: 'analysis' },
  binding: Binding,
  match: RangeMatch,
  evaluation: Evaluation,
): boolean {
  const analyzer = ANALYZERS.get(condition.analyzer);
  if (!analyzer) {
    evaluation.report(`there is no analyzer ${condition.analyzer}`, condition.location, match);
    return false;
  }
  const text = analyzedText(binding, evaluation.textOf(binding));
  return text !== null && analyzer(text);
}

/** String literals without quotes, and with the escapes of backslashes and quotes undone. */
function analyzedText(binding: Binding, source: string): string | null {
  const node = binding.kind === 'node' ? unwrapStatement(binding.node) : null;
  if (node?.kind !== Kind.Str || node.piece) return bindingText(binding, source);
  // Offsets of the node are not those of the binding where the binding was made in another text.
  const shift = binding.start - node.start;
  const content = source.slice(node.contentStart + shift, node.contentEnd + shift);
  return node.prefix.includes('r') ? content : content.replace(/\\([\\'"])/g, '$1');
}
