import { type Call, Kind, type Node } from '../tree/nodes.ts';
import { bindingText, unwrapStatement } from './binding-text.ts';
import type { Binding } from './bindings.ts';
import {
  applyBinary,
  applyFunction,
  applyUnary,
  isBinaryOperator,
  type UnaryOperator,
} from './comparison-operators.ts';
import { bool, float, int, string, type Value, valueText } from './comparison-value.ts';
import type { ConstantValue } from './target.ts';

/** What is needed to find out what a bound construct evaluates to. */
export interface ValueSource {
  constantOf(binding: Binding): ConstantValue | null;
  /** The text that the binding's offsets refer to, and its language. */
  text: string;
  language: string;
}

/** 50 operators deep: generated code nests sums by the thousand, and no comparison is about those. */
const MAX_DEPTH = 50;

/**
 * The value of a metavariable (semantics 04 §4, "Value of `$X`"): bound code is evaluated like the comparison language
 * itself, with the constants known for its names; text is a string, a number of generic mode an integer. What cannot be
 * evaluated is `code`. Null where the binding has no text.
 */
export function boundValue(binding: Binding, source: ValueSource): Value | null {
  if (binding.kind === 'text') return textValue(binding.text, source.language);
  const value = binding.kind === 'node' ? nodeValue(unwrapStatement(binding.node), source, 0) : null;
  if (value) return value;
  const text = bindingText(binding, source.text);
  return text === null ? null : { kind: 'code', text };
}

function textValue(text: string, language: string): Value {
  const number = language === 'generic' ? applyFunction('int', string(text)) : null;
  return number ?? string(text);
}

function nodeValue(node: Node, source: ValueSource, depth: number): Value | null {
  if (depth > MAX_DEPTH) return null;
  switch (node.kind) {
    case Kind.Int:
      return node.value === null || BigInt.asIntN(64, node.value) !== node.value ? null : int(node.value);
    case Kind.Float:
      return Number.isNaN(node.value) ? null : float(node.value);
    case Kind.Constant:
      return node.name === 'null' ? null : bool(node.name === 'true');
    case Kind.Str:
      // Prefixed strings are code to Semgrep, and rules see their quotes.
      return node.prefix === '' || node.piece ? string(node.value) : null;
    case Kind.Concat:
    case Kind.Interpolated:
      return joinedText(node.parts, source, depth);
    case Kind.Hole:
      return node.format === '' ? nodeValue(node.expression, source, depth + 1) : null;
    case Kind.Container:
      return node.shape === 'list' ? listValue(node.elements, source, depth) : null;
    case Kind.Operation:
      return operationValue(node.operator.name, node.operands, source, depth);
    case Kind.Call:
      return callValue(node, source, depth);
    default:
      return constantValue(node, source);
  }
}

function constantValue(node: Node, source: ValueSource): Value | null {
  const constant = source.constantOf({ kind: 'node', node, start: node.start, end: node.end });
  switch (constant?.kind) {
    case 'int':
      return BigInt.asIntN(64, constant.value) === constant.value ? int(constant.value) : null;
    case 'float':
      return float(constant.value);
    case 'string':
      return string(constant.value);
    case 'bool':
      return bool(constant.value);
    default:
      return null;
  }
}

function listValue(elements: readonly Node[], source: ValueSource, depth: number): Value | null {
  const items = nodeValues(elements, source, depth);
  return items && { kind: 'list', items };
}

function joinedText(parts: readonly Node[], source: ValueSource, depth: number): Value | null {
  const texts = nodeValues(parts, source, depth)?.map(valueText);
  return texts && !texts.includes(null) ? string(texts.join('')) : null;
}

const UNARY = new Map<string, UnaryOperator>([
  ['not', 'not'],
  ['!', 'not'],
  ['-', '-'],
  ['+', '+'],
  ['~', '~'],
]);
const BINARY_SYNONYMS = new Map([
  ['&&', 'and'],
  ['||', 'or'],
  ['===', '=='],
  ['!==', '!='],
]);

function operationValue(name: string, operands: readonly Node[], source: ValueSource, depth: number): Value | null {
  const values = nodeValues(operands, source, depth);
  const [first, ...rest] = values ?? [];
  if (!first) return null;
  const unary = UNARY.get(name);
  if (rest.length === 0) return unary ? applyUnary(unary, first) : null;
  const operator = BINARY_SYNONYMS.get(name) ?? name;
  if (!isBinaryOperator(operator)) return null;
  return rest.reduce<Value | null>((left, right) => left && applyBinary(operator, left, right), first);
}

/** `int("5")` and `str(5)` are evaluated in scanned code too. */
function callValue(call: Call, source: ValueSource, depth: number): Value | null {
  const [argument, second] = call.args;
  const name = call.callee.kind === Kind.Name ? call.callee.name : '';
  if ((name !== 'int' && name !== 'str') || !argument || second) return constantValue(call, source);
  const value = nodeValue(argument, source, depth + 1);
  return value && applyFunction(name, value);
}

function nodeValues(nodes: readonly Node[], source: ValueSource, depth: number): Value[] | null {
  const values: Value[] = [];
  for (const node of nodes) {
    const value = nodeValue(node, source, depth + 1);
    if (!value) return null;
    values.push(value);
  }
  return values;
}
