const bytesPerUnit: Record<string, number> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 2 ** 10,
  m: 1e6,
  mb: 1e6,
  mib: 2 ** 20,
  g: 1e9,
  gb: 1e9,
  gib: 2 ** 30,
};

/** Parses a size such as `1000000`, `1.5MB` or `64KiB` (units in any case) into bytes; null if it is not one. */
export function parseByteSize(text: string): number | null {
  const match = /^(-?\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = bytesPerUnit[match?.[2]?.toLowerCase() ?? 'none'];
  return match === null || unit === undefined ? null : Math.floor(Number(match[1]) * unit);
}
