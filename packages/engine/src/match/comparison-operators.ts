/**
 * Operators and functions of the comparison language. All return null for a failure: an operand of the wrong type,
 * code of unknown value, a division by zero. A failure makes the whole comparison false (semantics 04 §4).
 */
import {
  bool,
  equalValues,
  float,
  int,
  numberOf,
  sameValue,
  string,
  type Value,
  valueText,
} from './comparison-value.ts';

export type UnaryOperator = 'not' | '-' | '+' | '~';

export function applyUnary(operator: UnaryOperator, operand: Value): Value | null {
  switch (operator) {
    case 'not':
      return operand.kind === 'bool' ? bool(!operand.value) : null;
    case '+':
      return numberOf(operand) === null ? null : operand;
    case '-':
      if (operand.kind === 'int') return int(-operand.value);
      return operand.kind === 'float' ? float(-operand.value) : null;
    case '~':
      return operand.kind === 'int' ? int(~operand.value) : null;
  }
}

type Operation = (left: Value, right: Value) => Value | null;

/** `and` and `or` too: there is no short circuit, so that a failing operand fails the whole. */
const OPERATIONS = {
  and: (a, b) => (a.kind === 'bool' && b.kind === 'bool' ? bool(a.value && b.value) : null),
  or: (a, b) => (a.kind === 'bool' && b.kind === 'bool' ? bool(a.value || b.value) : null),
  '==': (a, b) => truth(equalValues(a, b)),
  '!=': (a, b) => truth(negated(equalValues(a, b))),
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
  in: (a, b) => truth(isMember(a, b, /* where b holds nothing */ false)),
  'not in': (a, b) => truth(negated(isMember(a, b, /* where b holds nothing */ true))),
  '+': arithmetic(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  '-': arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  '*': arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  // Towards zero, as BigInt does.
  '/': arithmetic(
    (a, b) => (b === 0n ? null : a / b),
    (a, b) => a / b,
  ),
  '%': arithmetic(
    (a, b) => (b === 0n ? null : a % b),
    (a, b) => a % b,
  ),
  '**': arithmetic(power, (a, b) => a ** b),
  '|': bitwise((a, b) => a | b),
  '&': bitwise((a, b) => a & b),
  '^': bitwise((a, b) => a ^ b),
  // The machine's shifts, which take the count modulo 64.
  '<<': bitwise((a, b) => a << BigInt.asUintN(6, b)),
  '>>': bitwise((a, b) => a >> BigInt.asUintN(6, b)),
} satisfies Record<string, Operation>;

export type BinaryOperator = keyof typeof OPERATIONS;

export function isBinaryOperator(name: string): name is BinaryOperator {
  return Object.hasOwn(OPERATIONS, name);
}

export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value | null {
  return OPERATIONS[operator](left, right);
}

type UnaryFunction = (argument: Value) => Value | null;

const FUNCTIONS = {
  int: (value) => (value.kind === 'int' ? value : value.kind === 'string' ? parseInteger(value.value) : null),
  str: (value) => {
    const text = valueText(value);
    return text === null ? null : string(text);
  },
  strptime: (value) => (value.kind === 'string' ? parseDate(value.value) : null),
  parse_promql_duration: (value) => (value.kind === 'string' ? parseDuration(value.value) : null),
} satisfies Record<string, UnaryFunction>;

/** Functions of one argument. */
export type FunctionName = keyof typeof FUNCTIONS;

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

export function applyFunction(name: FunctionName, argument: Value): Value | null {
  return FUNCTIONS[name](argument);
}

function truth(value: boolean | null): Value | null {
  return value === null ? null : bool(value);
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function ordered(compare: (a: bigint | number, b: bigint | number) => boolean): Operation {
  return (a, b) => {
    if (a.kind === 'int' && b.kind === 'int') return bool(compare(a.value, b.value));
    const [left, right] = [numberOf(a), numberOf(b)];
    return left === null || right === null ? null : bool(compare(left, right));
  };
}

function arithmetic(
  ints: (a: bigint, b: bigint) => bigint | null,
  floats: (a: number, b: number) => number,
): Operation {
  return (a, b) => {
    if (a.kind === 'int' && b.kind === 'int') {
      const result = ints(a.value, b.value);
      return result === null ? null : int(result);
    }
    const [left, right] = [numberOf(a), numberOf(b)];
    return left === null || right === null ? null : float(floats(left, right));
  };
}

function bitwise(operation: (a: bigint, b: bigint) => bigint): Operation {
  return (a, b) => (a.kind === 'int' && b.kind === 'int' ? int(operation(a.value, b.value)) : null);
}

/** By squaring, cut to 64 bits at every step: `2 ** 1000000000` must not build a number of a billion bits. */
function power(base: bigint, exponent: bigint): bigint | null {
  if (exponent < 0n) return null;
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return result;
}

/** In a list by value and type, in a string as a part; `otherwise` where the right side is neither. */
function isMember(item: Value, container: Value, otherwise: boolean): boolean | null {
  if (item.kind === 'code' || container.kind === 'code') return null;
  if (container.kind === 'string' && item.kind === 'string') return container.value.includes(item.value);
  if (container.kind !== 'list') return otherwise;
  let member: boolean | null = false;
  for (const candidate of container.items) {
    const same = sameValue(item, candidate);
    if (same === null) member = null;
    else if (same && member !== null) member = true;
  }
  return member;
}

const INTEGER = /^([+-]?)(0u)?((?:0[xob])?[0-9a-f][0-9a-f_]*)$/i;

function parseInteger(text: string): Value | null {
  const [, sign, , digits] = INTEGER.exec(text) ?? [];
  // Longer than 64 binary digits: don't let a scanned file have huge numbers computed.
  if (digits === undefined || digits.length > 100) return null;
  const prefixed = /^0[xob]/i.test(digits);
  const plain = digits.replaceAll('_', '');
  if (!prefixed && !/^\d+$/.test(plain)) return null;
  let magnitude: bigint;
  try {
    magnitude = BigInt(plain);
  } catch {
    // A digit that its base does not have: `0b12`.
    return null;
  }
  const value = sign === '-' ? -magnitude : magnitude;
  return BigInt.asIntN(64, value) === value ? int(value) : null;
}

/** Midnight of that day, local time, in seconds since the epoch. */
function parseDate(text: string): Value | null {
  const [, year, month, day] = (/^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = new Date(2000, 0, 1);
  date.setFullYear(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? float(date.getTime() / 1000) : null;
}

const MILLISECONDS: Record<string, bigint> = {
  ms: 1n,
  s: 1000n,
  m: 60_000n,
  h: 3_600_000n,
  d: 86_400_000n,
  w: 604_800_000n,
  y: 31_536_000_000n,
};

function parseDuration(text: string): Value | null {
  if (!/^(\d{1,19}(ms|[smhdwy]))+$/.test(text)) return null;
  let total = 0n;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) total += BigInt(count!) * MILLISECONDS[unit!]!;
  return int(total);
}
