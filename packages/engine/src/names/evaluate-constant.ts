import type { ConstantValue } from '../match/target.ts';
import { Kind, type Name, type Node, type Operation } from '../tree/nodes.ts';
import { type ConstantType, typeOf } from './constant-value.ts';
import type { KnownValue } from './file-facts.ts';

/** Longer constant strings are only known to be strings: sixty lines of `a = a + a` make 2^60 characters. */
const LONGEST_STRING = 100_000;

type Lookup = (name: Name) => KnownValue | null;

/** The constant value of an expression, names looked up; null where it is not known (semantics 03 §8, "Evaluation"). */
export function evaluateConstant(node: Node, lookup: Lookup): KnownValue | null {
  switch (node.kind) {
    case Kind.Str:
      return { value: { kind: 'string', value: node.value }, literal: node, isJoined: false };
    case Kind.Int:
      return node.value === null ? null : { value: { kind: 'int', value: node.value }, literal: node, isJoined: false };
    case Kind.Float:
      return Number.isNaN(node.value)
        ? null
        : { value: { kind: 'float', value: node.value }, literal: node, isJoined: false };
    case Kind.Constant:
      return { value: constantValue(node.name), literal: node, isJoined: false };
    case Kind.Name:
      return lookup(node);
    case Kind.Concat:
    case Kind.Interpolated:
      return joinParts(node.parts, lookup);
    case Kind.Hole:
      return node.format === '' ? evaluateConstant(node.expression, lookup) : null;
    case Kind.Operation:
      return evaluateOperation(node, lookup);
    case Kind.Conditional:
      return evaluateConditional(node, lookup);
    default:
      return null;
  }
}

function constantValue(name: 'true' | 'false' | 'null'): ConstantValue {
  return name === 'null' ? { kind: 'null', value: null } : { kind: 'bool', value: name === 'true' };
}

function unknown(type: ConstantType): KnownValue {
  return { value: { kind: 'unknown', type }, literal: null, isJoined: false };
}

function computed(value: ConstantValue): KnownValue {
  return { value, literal: null, isJoined: false };
}

/** `{1}`; an int in a variable makes the whole unknown. */
function isIntLiteral(part: Node): boolean {
  return part.kind === Kind.Hole && part.expression.kind === Kind.Int;
}

/** Adjacent literals and f-strings: known where every piece is a string or an int literal. */
function joinParts(parts: readonly Node[], lookup: Lookup): KnownValue | null {
  let text = '';
  let isKnown = true;
  let literal: Node | null = null;
  for (const part of parts) {
    const known = evaluateConstant(part, lookup);
    if (known === null) return null;
    const { value } = known;
    if (value.kind === 'string') text += value.value;
    else if (typeOf(value) === 'string' || isIntLiteral(part)) isKnown = false;
    else return null;
    literal ??= known.literal;
  }
  return isKnown && text.length <= LONGEST_STRING
    ? { value: { kind: 'string', value: text }, literal, isJoined: parts.length > 1 }
    : unknown('string');
}

function evaluateConditional(node: Node & { kind: typeof Kind.Conditional }, lookup: Lookup): KnownValue | null {
  const a = evaluateConstant(node.consequence, lookup);
  const b = evaluateConstant(node.alternative, lookup);
  if (a === null || b === null || typeOf(a.value) !== typeOf(b.value)) return null;
  const isSame =
    a.value.kind === b.value.kind && a.value.kind !== 'unknown' && a.value.value === (b.value as typeof a.value).value;
  return isSame ? a : unknown(typeOf(a.value));
}

function evaluateOperation(node: Operation, lookup: Lookup): KnownValue | null {
  const operands = node.operands.map((operand) => evaluateConstant(operand, lookup));
  const values = operands.map((known) => known?.value ?? null);
  const operator = node.operator.name;
  const [first] = values;
  if (operator === '%' && first != null && typeOf(first) === 'string')
    return values[1] != null ? unknown('string') : null;
  if (operator === 'and' || operator === 'or') return evaluateLogical(operator, values);
  if (operator === '*' && values.some((value) => value !== null && typeOf(value) === 'string'))
    return unknown('string');
  if (values.includes(null)) return null;
  const known = values as ConstantValue[];
  if (known.length === 1) return evaluateUnary(operator, known[0] as ConstantValue);
  return known.length === 2 ? evaluateBinary(operator, operands[0] as KnownValue, operands[1] as KnownValue) : null;
}

function evaluateUnary(operator: string, value: ConstantValue): KnownValue | null {
  if (operator === 'not') return value.kind === 'bool' ? computed({ kind: 'bool', value: !value.value }) : null;
  if (operator === '+') return value.kind === 'int' || value.kind === 'float' ? computed(value) : null;
  if (operator === '-' && value.kind === 'int') return int(-value.value);
  if (operator === '-' && value.kind === 'float') return computed({ kind: 'float', value: -value.value });
  if (operator === '~' && value.kind === 'int') return int(~value.value);
  return null;
}

/** Booleans are computed; else `and` is of its last operand's type, and `or` of the type that all its operands have. */
function evaluateLogical(operator: string, values: readonly (ConstantValue | null)[]): KnownValue | null {
  const bools = values.map((value) => (value?.kind === 'bool' ? value.value : null));
  if (!bools.includes(null)) {
    return computed({ kind: 'bool', value: operator === 'and' ? bools.every(Boolean) : bools.some(Boolean) });
  }
  const last = values[values.length - 1];
  if (last == null) return null;
  const type = typeOf(last);
  if (operator === 'or' && !values.every((value) => value !== null && typeOf(value) === type)) return null;
  return unknown(type);
}

/** An int that leaves 64 bits is still known to be one. */
function int(value: bigint): KnownValue {
  const fits = value >= -(2n ** 63n) && value < 2n ** 63n;
  return fits ? computed({ kind: 'int', value }) : unknown('int');
}

function evaluateBinary(operator: string, left: KnownValue, right: KnownValue): KnownValue | null {
  const a = left.value;
  const b = right.value;
  const types = `${typeOf(a)} ${typeOf(b)}`;
  if (types === 'string string' && operator === '+') {
    if (a.kind !== 'string' || b.kind !== 'string') return unknown('string');
    if (a.value.length + b.value.length > LONGEST_STRING) return unknown('string');
    return { value: { kind: 'string', value: a.value + b.value }, literal: left.literal, isJoined: true };
  }
  if (types !== 'int int') return null;
  if (a.kind !== 'int' || b.kind !== 'int')
    return COMPARISONS[operator] === undefined ? unknown('int') : unknown('bool');
  const compare = COMPARISONS[operator];
  if (compare !== undefined) return computed({ kind: 'bool', value: compare(a.value, b.value) });
  return evaluateArithmetic(operator, a.value, b.value);
}

const COMPARISONS: Record<string, ((a: bigint, b: bigint) => boolean) | undefined> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function evaluateArithmetic(operator: string, a: bigint, b: bigint): KnownValue | null {
  switch (operator) {
    case '+':
      return int(a + b);
    case '-':
      return int(a - b);
    case '*':
      return int(a * b);
    case '//':
      return b === 0n ? null : int((a - (((a % b) + b) % b)) / b);
    case '%':
      return b === 0n ? null : int(((a % b) + b) % b);
    case '**':
      return b < 0n || b > 64n ? null : int(a ** b);
    case '&':
      return int(a & b);
    case '|':
      return int(a | b);
    case '^':
      return int(a ^ b);
    case '<<':
      return b < 0n || b > 64n ? null : int(a << b);
    case '>>':
      return b < 0n || b > 64n ? null : int(a >> b);
    default:
      return null;
  }
}
