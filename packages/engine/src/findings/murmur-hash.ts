import { utf8Bytes } from './utf8.ts';

const MASK = 0xffffffffffffffffn;
const C1 = 0x87c37b91114253d5n;
const C2 = 0x4cf5ad432745937fn;

/**
 * MurmurHash3 x64 128, seed 0, of a text's UTF-8 bytes, as 32 lower-case hex digits: the number that the Python
 * binding returns, second half first. Not for anything that must resist collisions.
 */
export function murmurHash128(text: string): string {
  const bytes = utf8Bytes(text);
  const blocks = bytes.length >>> 4;
  let h1 = 0n;
  let h2 = 0n;
  for (let block = 0; block < blocks; block++) {
    h1 ^= mixFirst(word(bytes, block * 16, 8));
    h1 = (((rotate(h1, 27n) + h2) & MASK) * 5n + 0x52dce729n) & MASK;
    h2 ^= mixSecond(word(bytes, block * 16 + 8, 8));
    h2 = (((rotate(h2, 31n) + h1) & MASK) * 5n + 0x38495ab5n) & MASK;
  }
  const tail = blocks * 16;
  h2 ^= mixSecond(word(bytes, tail + 8, bytes.length - tail - 8));
  h1 ^= mixFirst(word(bytes, tail, Math.min(8, bytes.length - tail)));
  h1 ^= BigInt(bytes.length);
  h2 ^= BigInt(bytes.length);
  h1 = (h1 + h2) & MASK;
  h2 = (h2 + h1) & MASK;
  h1 = finish(h1);
  h2 = finish(h2);
  h1 = (h1 + h2) & MASK;
  h2 = (h2 + h1) & MASK;
  return h2.toString(16).padStart(16, '0') + h1.toString(16).padStart(16, '0');
}

/** Up to eight bytes, little-endian; 0 where there are none. */
function word(bytes: Uint8Array, start: number, count: number): bigint {
  let value = 0n;
  for (let at = count - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[start + at] ?? 0);
  return value;
}

function mixFirst(k: bigint): bigint {
  return (rotate((k * C1) & MASK, 31n) * C2) & MASK;
}

function mixSecond(k: bigint): bigint {
  return (rotate((k * C2) & MASK, 33n) * C1) & MASK;
}

function rotate(value: bigint, by: bigint): bigint {
  return ((value << by) | (value >> (64n - by))) & MASK;
}

function finish(value: bigint): bigint {
  let k = value;
  k = ((k ^ (k >> 33n)) * 0xff51afd7ed558ccdn) & MASK;
  k = ((k ^ (k >> 33n)) * 0xc4ceb9fe1a85ec53n) & MASK;
  return k ^ (k >> 33n);
}
