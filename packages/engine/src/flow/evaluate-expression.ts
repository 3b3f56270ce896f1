import type { ConstantValue } from '../match/target.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import type { CallExpression, Expression, Operator } from './il.ts';

/** A value that is the same whenever the program gets there. */
export type Constant = Exclude<ConstantValue, { kind: 'unknown' } | { kind: 'float' }>;

/** The value of an expression that is not written out; null where it is not known. */
export type ValueOf = (expression: Expression) => Constant | null;

/** Longer strings are not computed: sixty lines of `a = a + a` make 2^60 characters. */
const LONGEST_STRING = 10_000;

/** Larger numbers are not computed: no test of real code needs them, and powers of powers take for ever. */
const LARGEST_INT = 2n ** 64n;

/** The value of an expression, its variables' by `constantOf`; null where it is not known. */
export function evaluateExpression(expression: Expression, constantOf: ValueOf): Constant | null {
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression.origin);
    case 'variable':
      return constantOf(expression);
    case 'operator':
      return operation(expression, constantOf);
    case 'index':
      return character(
        evaluateExpression(expression.object, constantOf),
        evaluateExpression(expression.index, constantOf),
      );
    case 'call':
      return lengthOf(expression, constantOf);
    case 'choice': {
      const test = truthOf(expression.test, constantOf);
      if (test === null) return null;
      return evaluateExpression(test ? expression.consequence : expression.alternative, constantOf);
    }
    default:
      return null;
  }
}

/** Whether a test holds; null where that is not known. Knows more than the value: `x and False` is false. */
export function truthOf(expression: Expression, constantOf: ValueOf): boolean | null {
  if (expression.kind === 'operator' && expression.class === 'boolean') {
    const truths = expression.operands.map((operand) => truthOf(operand, constantOf));
    const [first] = truths;
    if (expression.name === 'not') return first == null ? null : !first;
    const decisive = expression.name === 'or';
    if (truths.includes(decisive)) return decisive;
    return truths.includes(null) ? null : !decisive;
  }
  const value = evaluateExpression(expression, constantOf);
  return value === null ? null : isTrue(value);
}

/** The elements of a list, tuple or set of constants, or the keys of a dictionary; null where one is not known. */
export function constantElements(container: Expression, constantOf: ValueOf): Constant[] | null {
  const written = writtenElements(container);
  if (written === null) return null;
  const values: Constant[] = [];
  for (const element of written) {
    const value = evaluateExpression(element, constantOf);
    if (value === null) return null;
    values.push(value);
  }
  return values;
}

function writtenElements(container: Expression): Expression[] | null {
  if (container.kind === 'sequence') return container.elements;
  if (container.kind !== 'collection' || container.origin.kind !== Kind.Container) return null;
  if (container.origin.shape !== 'dict') return container.parts;
  const keys = container.parts.map((entry) => (entry.kind === 'sequence' ? entry.elements[0] : undefined));
  return keys.some((key) => key === undefined) ? null : (keys as Expression[]);
}

export function sameConstant(a: Constant, b: Constant): boolean {
  const x = asNumber(a);
  const y = asNumber(b);
  return x !== null && y !== null ? x === y : a.kind === b.kind && a.value === b.value;
}

function isTrue({ value }: Constant): boolean {
  return typeof value === 'bigint' ? value !== 0n : Boolean(value);
}

function literalValue(node: Node): Constant | null {
  if (node.kind === Kind.Int) return node.value === null ? null : { kind: 'int', value: node.value };
  // Bytes equal no string.
  if (node.kind === Kind.Str) return node.prefix.includes('b') ? null : text(node.value);
  if (node.kind !== Kind.Constant) return null;
  return node.name === 'null' ? { kind: 'null', value: null } : bool(node.name === 'true');
}

function operation(expression: Operator, constantOf: ValueOf): Constant | null {
  if (expression.class === 'text') return joined(expression, constantOf);
  if (expression.class === 'boolean') return logical(expression, constantOf);
  const [left, right, ...others] = expression.operands;
  if (left === undefined || others.length > 0) return null;
  const a = evaluateExpression(left, constantOf);
  if (a === null) return null;
  const isCompound = expression.origin.kind === Kind.CompoundAssign;
  const name = isCompound ? expression.name.replace(/=$/, '') : expression.name;
  if (right === undefined) return unary(name, a);
  if (name === 'in' || name === 'not in') return contained(a, right, name === 'in', constantOf);
  const b = evaluateExpression(right, constantOf);
  if (b === null) return null;
  return expression.class === 'comparison' ? compared(name, a, b) : arithmetic(name, a, b);
}

/** Strings side by side, and f-strings of what prints as it is written. */
function joined({ operands, origin }: Operator, constantOf: ValueOf): Constant | null {
  if (origin.kind === Kind.Hole && (origin.format !== '' || operands.length !== 1)) return null;
  let whole = '';
  for (const operand of operands) {
    const value = evaluateExpression(operand, constantOf);
    if (value === null || (value.kind !== 'string' && value.kind !== 'int')) return null;
    whole += value.value;
  }
  return text(whole);
}

/** The operand that decides: what `a or b` is, is one of them. */
function logical({ name, operands }: Operator, constantOf: ValueOf): Constant | null {
  const [first] = operands;
  if (name === 'not') {
    const truth = first === undefined ? null : truthOf(first, constantOf);
    return truth === null ? null : bool(!truth);
  }
  if (name !== 'and' && name !== 'or') return null;
  let last: Constant | null = null;
  for (const operand of operands) {
    last = evaluateExpression(operand, constantOf);
    if (last === null || isTrue(last) === (name === 'or')) return last;
  }
  return last;
}

function unary(name: string, value: Constant): Constant | null {
  const number = asNumber(value);
  if (number === null) return null;
  if (name === '-') return int(-number);
  if (name === '+') return int(number);
  return name === '~' ? int(~number) : null;
}

function contained(value: Constant, container: Expression, isIn: boolean, constantOf: ValueOf): Constant | null {
  const whole = evaluateExpression(container, constantOf);
  if (whole?.kind === 'string' && value.kind === 'string') return bool(whole.value.includes(value.value) === isIn);
  const elements = constantElements(container, constantOf);
  return elements === null ? null : bool(elements.some((element) => sameConstant(element, value)) === isIn);
}

function compared(name: string, a: Constant, b: Constant): Constant | null {
  if (name === '==') return bool(sameConstant(a, b));
  if (name === '!=') return bool(!sameConstant(a, b));
  if (name === 'is' || name === 'is not') {
    // Whether equal numbers and strings are one object is up to the interpreter.
    if (a.kind === b.kind && (a.kind === 'int' || a.kind === 'string')) return null;
    return bool((a.kind === b.kind && a.value === b.value) === (name === 'is'));
  }
  const order = orderOf(a, b);
  if (order === null) return null;
  if (name === '<') return bool(order < 0);
  if (name === '<=') return bool(order <= 0);
  if (name === '>') return bool(order > 0);
  return name === '>=' ? bool(order >= 0) : null;
}

function orderOf(a: Constant, b: Constant): number | null {
  const x = asNumber(a) ?? a.value;
  const y = asNumber(b) ?? b.value;
  if (x === null || y === null || typeof x !== typeof y) return null;
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

function arithmetic(name: string, a: Constant, b: Constant): Constant | null {
  if (a.kind === 'string' && b.kind === 'string') return name === '+' ? text(a.value + b.value) : null;
  const x = asNumber(a);
  const y = asNumber(b);
  if (x === null || y === null) return null;
  switch (name) {
    case '+':
      return int(x + y);
    case '-':
      return int(x - y);
    case '*':
      return int(x * y);
    case '//':
      return y === 0n ? null : int((x - modulo(x, y)) / y);
    case '%':
      return y === 0n ? null : int(modulo(x, y));
    case '**':
      return y < 0n || y > 64n ? null : int(x ** y);
    case '&':
      return int(x & y);
    case '|':
      return int(x | y);
    case '^':
      return int(x ^ y);
    case '<<':
      return y < 0n || y > 64n ? null : int(x << y);
    case '>>':
      return y < 0n || y > 64n ? null : int(x >> y);
    default:
      return null;
  }
}

/** Of the sign of the divisor. */
function modulo(x: bigint, y: bigint): bigint {
  return ((x % y) + y) % y;
}

/** `"ABC"[1]` */
function character(whole: Constant | null, index: Constant | null): Constant | null {
  if (whole?.kind !== 'string' || index?.kind !== 'int') return null;
  const found = [...whole.value].at(Number(index.value));
  return found === undefined ? null : text(found);
}

/** `len("abc")` */
function lengthOf({ callee, args }: CallExpression, constantOf: ValueOf): Constant | null {
  const [only, ...others] = args;
  if (callee.kind !== 'variable' || callee.key !== 'len' || only === undefined || others.length > 0) return null;
  const value = evaluateExpression(only.value, constantOf);
  return value?.kind === 'string' ? int(BigInt([...value.value].length)) : null;
}

/** A bool counts as a number. */
function asNumber({ kind, value }: Constant): bigint | null {
  if (kind === 'bool') return value ? 1n : 0n;
  return kind === 'int' ? value : null;
}

function bool(value: boolean): Constant {
  return { kind: 'bool', value };
}

function int(value: bigint): Constant | null {
  return value > -LARGEST_INT && value < LARGEST_INT ? { kind: 'int', value } : null;
}

function text(value: string): Constant | null {
  return value.length <= LONGEST_STRING ? { kind: 'string', value } : null;
}
