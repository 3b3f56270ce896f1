/**
 * The comparison language of `metavariable-comparison`: the part of Python's expressions that semantics 04 §4 lists.
 * All of Python's expression syntax is accepted, since Semgrep accepts it; what the language does not have becomes an
 * `unsupported` node, with which the comparison never holds.
 */
import type { CompiledRegex } from '../text/pcre.ts';
import { SyntaxFailure } from './comparison-cursor.ts';
import type { BinaryOperator, FunctionName, UnaryOperator } from './comparison-operators.ts';
import { ComparisonParser } from './comparison-parser.ts';
import type { Value } from './comparison-value.ts';

export type Expression =
  | { kind: 'value'; value: Value }
  | { kind: 'metavariable'; name: string }
  | { kind: 'list'; items: Expression[] }
  /** An f-string. */
  | { kind: 'interpolation'; parts: Expression[] }
  | { kind: 'unary'; operator: UnaryOperator; operand: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: 'call'; name: FunctionName; argument: Expression }
  | { kind: 'today' }
  /** `re.match`. */
  | { kind: 'match'; regex: CompiledRegex; text: Expression }
  | { kind: 'unsupported'; what: string };

export type ParsedComparison =
  | { ok: true; expression: Expression; unsupported: string[] }
  /** `offset` in UTF-16 units into the comparison. */
  | { ok: false; message: string; offset: number };

/** With `strip`, every metavariable stands for `int` of it. */
export function parseComparison(text: string, strip: boolean): ParsedComparison {
  try {
    const parser = new ComparisonParser(text, strip);
    const expression = parser.whole();
    return { ok: true, expression, unsupported: parser.unsupported };
  } catch (error) {
    if (error instanceof SyntaxFailure) return { ok: false, message: error.message, offset: error.offset };
    throw error;
  }
}
