/** `1 file`, `1,234 files`. */
export function quantity(count: number, noun: string): string {
  // By hand, as asking for a locale's digits takes longer than scanning a small file.
  const digits = String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${digits} ${noun}${count === 1 ? '' : 's'}`;
}
