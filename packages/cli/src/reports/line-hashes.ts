/**
 * The hash of each line of a file by which GitHub recognises an alert when lines above it come and go:
 * `primaryLocationLineHash` as its own uploader computes it. It covers the line and what follows, up to 100 characters
 * without blanks; `:` and a number follow, for lines alike. GitHub takes no other fingerprint, and an upload through its
 * interface, without the uploader, has only the one that we write.
 */
export function lineHashes(text: string): string[] {
  const { units, lineStarts } = hashedUnits(text);
  const window = new RollingHash();
  for (const unit of units.subarray(0, WINDOW)) window.push(unit, 0);
  const counts = new Map<string, number>();
  const hashes: string[] = [];
  let at = 0;
  for (const start of lineStarts) {
    for (; at < start; at++) window.push(units[at + WINDOW] ?? 0, units[at] ?? 0);
    const hash = window.toString();
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    hashes.push(`${hash}:${count}`);
  }
  return hashes;
}

/** Characters that a line's hash covers. */
const WINDOW = 100;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
/** Stands behind the last character. */
const END_OF_FILE = 0xffff;

/**
 * A text without blanks and with plain line breaks, and where its lines start in that; behind it stand as many zeros as
 * the last line lacks. A carriage return ends a line, and swallows the first line feed or blank behind it.
 */
function hashedUnits(text: string): { units: Uint16Array; lineStarts: number[] } {
  const units = new Uint16Array(text.length + 1 + WINDOW);
  const lineStarts = [0];
  let length = 0;
  let afterReturn = false;
  for (let at = 0; at <= text.length; at++) {
    const unit = at === text.length ? END_OF_FILE : text.charCodeAt(at);
    const isSkipped = unit === BLANK || unit === TAB || (afterReturn && unit === LINE_FEED);
    afterReturn = unit === CARRIAGE_RETURN;
    if (isSkipped) continue;
    if (length > 0 && units[length - 1] === LINE_FEED) lineStarts.push(length);
    units[length++] = unit === CARRIAGE_RETURN ? LINE_FEED : unit;
  }
  return { units, lineStarts };
}

/** A polynomial over a window of 16-bit units, modulo 2⁶⁴, in two halves that plain numbers hold exactly. */
class RollingHash {
  #high = 0;
  #low = 0;

  push(entering: number, leaving: number): void {
    const low = this.#low * BASE + entering - FIRST_POWER.low * leaving;
    const carry = Math.floor(low / HALF);
    this.#low = low - carry * HALF;
    const high = this.#high * BASE + carry - FIRST_POWER.high * leaving;
    this.#high = high - Math.floor(high / HALF) * HALF;
  }

  toString(): string {
    const high = this.#high === 0 ? '' : this.#high.toString(16);
    return high + this.#low.toString(16).padStart(high === '' ? 0 : 8, '0');
  }
}

const BASE = 37;
const HALF = 2 ** 32;
const FIRST_POWER = firstPower();

/** 37¹⁰⁰ modulo 2⁶⁴: what the oldest unit of a window has been multiplied by when it leaves. */
function firstPower(): { high: number; low: number } {
  const power = BigInt.asUintN(64, BigInt(BASE) ** BigInt(WINDOW));
  return { high: Number(power >> 32n), low: Number(power & 0xffff_ffffn) };
}
