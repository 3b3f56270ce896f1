/** What expressions of the comparison language evaluate to (semantics 04 §4, metavariable-comparison). */
export type Value =
  /** 64 bits, signed; results wrap. */
  | { kind: 'int'; value: bigint }
  | { kind: 'float'; value: number }
  | { kind: 'string'; value: string }
  | { kind: 'bool'; value: boolean }
  | { kind: 'list'; items: Value[] }
  /** Code whose value is not known: only `str` can use it. */
  | { kind: 'code'; text: string };

export const int = (value: bigint): Value => ({ kind: 'int', value: BigInt.asIntN(64, value) });
export const float = (value: number): Value => ({ kind: 'float', value });
export const string = (value: string): Value => ({ kind: 'string', value });
export const bool = (value: boolean): Value => ({ kind: 'bool', value });

/** The text that `str` gives, and that regular expressions with constant propagation see; null for lists. */
export function valueText(value: Value): string | null {
  switch (value.kind) {
    case 'int':
    case 'bool':
      return String(value.value);
    case 'float':
      return floatText(value.value);
    case 'string':
      return value.value;
    case 'list':
      return null;
    case 'code':
      return value.text;
  }
}

/**
 * `==`: numbers by value, other types structurally, different types are unequal. Null where either holds code of
 * unknown value.
 */
export function equalValues(a: Value, b: Value): boolean | null {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== null && right !== null && a.kind !== b.kind) return left === right;
  return sameValue(a, b);
}

/** Equality that tells `5` from `5.0`, as membership in a list does. */
export function sameValue(a: Value, b: Value): boolean | null {
  if (a.kind === 'code' || b.kind === 'code') return null;
  if (a.kind !== 'list' || b.kind !== 'list') {
    return a.kind === b.kind && a.kind !== 'list' && b.kind !== 'list' && a.value === b.value;
  }
  if (a.items.length !== b.items.length) return false;
  let same: boolean | null = true;
  for (const [i, item] of a.items.entries()) {
    const equal = sameValue(item, b.items[i]!);
    if (equal === false) return false;
    same &&= equal;
  }
  return same;
}

/** A number for arithmetic and order; null for what is none. */
export function numberOf(value: Value): number | null {
  return value.kind === 'int' || value.kind === 'float' ? Number(value.value) : null;
}

/** As OCaml prints floats, which rules rely on: twelve digits, and a point in any case (`5.`, `1e+20`). */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const [mantissa, exponent] = value.toExponential(11).split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 12) {
    const sign = power < 0 ? '-' : '+';
    return `${withoutTrailingZeros(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const plain = withoutTrailingZeros(value.toFixed(11 - power));
  return plain.includes('.') ? plain : `${plain}.`;
}

function withoutTrailingZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
