import type { ConstantValue } from '../match/target.ts';

/** Same type and value; numbers compare by value across int and float only where both are of one type. */
export function equalConstants(a: ConstantValue, b: ConstantValue): boolean {
  return a.kind !== 'unknown' && a.kind === b.kind && a.value === (b as typeof a).value;
}

export type ConstantType = 'int' | 'float' | 'string' | 'bool' | 'null';

/** The type of a constant, whether or not its value is known. */
export function typeOf(value: ConstantValue): ConstantType {
  return value.kind === 'unknown' ? value.type : value.kind;
}
