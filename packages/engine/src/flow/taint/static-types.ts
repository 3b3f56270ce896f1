import { Kind } from '../../tree/nodes.ts';
import type { Expression } from '../il.ts';

export type StaticType = 'boolean' | 'number' | 'text' | null;

/** A variable that is assigned itself is asked about no deeper than this. */
const MAX_DEPTH = 8;

/**
 * The type of a value where it can be told from how it is computed; annotations do not count (semantics 05 §5.7).
 * `firstValues` are what variables are assigned first.
 */
export function staticType(
  expression: Expression,
  firstValues: ReadonlyMap<string, Expression>,
  depth = 0,
): StaticType {
  if (depth > MAX_DEPTH) return null;
  if (expression.kind === 'literal') return literalType(expression.origin.kind);
  if (expression.kind === 'variable') {
    const value = firstValues.get(expression.key);
    return value === undefined ? null : staticType(value, firstValues, depth + 1);
  }
  if (expression.kind !== 'operator') return null;
  if (expression.class === 'comparison' || expression.name === 'not') return 'boolean';
  if (expression.class !== 'arithmetic' || expression.operands.length < 2) return null;
  const types = expression.operands.map((operand) => staticType(operand, firstValues, depth + 1));
  if (types.includes('text')) return 'text';
  return types.includes('number') ? 'number' : null;
}

function literalType(kind: Kind): StaticType {
  if (kind === Kind.Int || kind === Kind.Float) return 'number';
  if (kind === Kind.Str) return 'text';
  return null;
}
