import { closeSync, openSync, readSync } from 'node:fs';

/** Reads up to `length` bytes from the start of a file; null if it cannot be read. */
export function readHead(path: string, length: number): Uint8Array | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    const buffer = Buffer.allocUnsafe(length);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, length, 0));
  } catch {
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

export const minifiedSampleBytes = 4096;

/** Tells a minified file by its first `minifiedSampleBytes`: hardly any white space, or hardly any lines (semantics 07 §3). */
export function isMinified(sample: Uint8Array): boolean {
  if (sample.length <= 1000) return false;
  let blanks = 0;
  let lines = 0;
  for (const byte of sample) {
    if (byte === 0x0a) lines++;
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) blanks++;
  }
  return blanks / sample.length < 0.07 || lines / sample.length < 0.001;
}

export const binarySampleBytes = 16;

/**
 * Leading bytes of common binary formats, in hexadecimal; `..` is any byte. Each holds a byte or a combination that text
 * does not start with.
 */
const signatures = [
  ['PNG', '89504e470d0a1a0a'],
  ['JPEG', 'ffd8ff'],
  ['GIF', '47494638'],
  ['TIFF', '49492a00'],
  ['TIFF, big-endian', '4d4d002a'],
  ['Windows icon', '00000100'],
  ['Photoshop', '384250530001'],
  ['WebP', '52494646........57454250'],
  ['WAV', '52494646........57415645'],
  ['AVI', '52494646........41564920'],
  ['MP3, ID3v2.2', '49443302'],
  ['MP3, ID3v2.3', '49443303'],
  ['MP3, ID3v2.4', '49443304'],
  ['MP3 without tag', 'fffb'],
  ['Ogg', '4f67675300'],
  ['FLAC', '664c614300'],
  ['MP4', '........66747970'],
  ['Matroska, WebM', '1a45dfa3'],
  ['TrueType', '0001000000'],
  ['OpenType', '4f54544f00'],
  ['WOFF', '774f4646'],
  ['WOFF2', '774f4632'],
  ['PDF', '255044462d'],
  ['ZIP, JAR, OOXML', '504b0304'],
  ['empty ZIP', '504b0506'],
  ['gzip', '1f8b08'],
  ['bzip2', '425a68..314159265359'],
  ['xz', 'fd377a585a00'],
  ['Zstandard', '28b52ffd'],
  ['LZ4', '04224d18'],
  ['7z', '377abcaf271c'],
  ['RAR', '526172211a07'],
  ['ELF', '7f454c46'],
  ['Mach-O', 'cffaedfe'],
  ['Mach-O, 32 bit', 'cefaedfe'],
  ['Java class, universal Mach-O', 'cafebabe'],
  ['Windows executable', '4d5a90'],
  ['WebAssembly', '0061736d'],
  ['OLE document', 'd0cf11e0a1b11ae1'],
  ['SQLite', '53514c69746520666f726d6174203300'],
].map(([, hex]) => (hex ?? '').match(/../g)!.map((pair) => (pair === '..' ? null : Number.parseInt(pair, 16))));

/** Tells whether a file's first `binarySampleBytes` are those of a well-known binary format. */
export function isBinaryFormat(head: Uint8Array): boolean {
  return signatures.some((bytes) =>
    bytes.every((byte, index) => (byte === null ? index < head.length : byte === head[index])),
  );
}
