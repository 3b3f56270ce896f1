import { type CompiledRegex, RegexLimitError } from '../text/pcre.ts';
import type { Expression } from './comparison-expression.ts';
import { applyBinary, applyFunction, applyUnary } from './comparison-operators.ts';
import { bool, float, string, type Value, valueText } from './comparison-value.ts';

export interface ComparisonScope {
  /** The value of a metavariable, `code` where it is not known; null where the metavariable is not bound. */
  valueOf(metavariable: string): Value | null;
  /** Seconds since the epoch, for `today()`. */
  now(): number;
}

/** True where the comparison evaluates to the boolean true; a failure anywhere in it makes it false. */
export function comparisonHolds(comparison: Expression, scope: ComparisonScope): boolean {
  const value = evaluateExpression(comparison, scope);
  return value?.kind === 'bool' && value.value;
}

/** Null for a failure (semantics 04 §4); operands are evaluated left to right, and all of them. */
export function evaluateExpression(expression: Expression, scope: ComparisonScope): Value | null {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'metavariable':
      return scope.valueOf(expression.name);
    case 'list': {
      const items = allValues(expression.items, scope);
      return items && { kind: 'list', items };
    }
    case 'interpolation': {
      const texts = allValues(expression.parts, scope)?.map(valueText);
      return texts && !texts.includes(null) ? string(texts.join('')) : null;
    }
    case 'unary': {
      const operand = evaluateExpression(expression.operand, scope);
      return operand && applyUnary(expression.operator, operand);
    }
    case 'binary': {
      const left = evaluateExpression(expression.left, scope);
      const right = left && evaluateExpression(expression.right, scope);
      return left && right && applyBinary(expression.operator, left, right);
    }
    case 'call': {
      const argument = evaluateExpression(expression.argument, scope);
      return argument && applyFunction(expression.name, argument);
    }
    case 'today':
      return float(scope.now());
    case 'match': {
      const text = evaluateExpression(expression.text, scope);
      return text?.kind === 'string' ? matchesAtStart(expression.regex, text.value) : null;
    }
    case 'unsupported':
      return null;
  }
}

function matchesAtStart(regex: CompiledRegex, text: string): Value | null {
  try {
    return bool(regex.matchAnchored(text).length > 0);
  } catch (error) {
    if (error instanceof RegexLimitError) return null;
    throw error;
  }
}

function allValues(expressions: Expression[], scope: ComparisonScope): Value[] | null {
  const values: Value[] = [];
  for (const expression of expressions) {
    const value = evaluateExpression(expression, scope);
    if (!value) return null;
    values.push(value);
  }
  return values;
}
