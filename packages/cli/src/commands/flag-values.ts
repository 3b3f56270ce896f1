import { InvalidArgumentError } from 'commander';
import { parseByteSize } from '../targets/parse-byte-size.ts';

/** Readers of flag values; what they throw becomes "error: option '…' argument '…' is invalid. <message>". */

export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

export function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(value);
}

/** Seconds; fractions are welcome. */
export function seconds(value: string): number {
  if (!/^\d{1,6}(?:\.\d+)?$/.test(value)) throw new InvalidArgumentError('Expected a number of seconds.');
  return Number(value);
}

export function byteSize(value: string): number {
  const size = parseByteSize(value);
  if (size === null) throw new InvalidArgumentError('Expected a number of bytes, or a size such as 1.5MB.');
  return size;
}
