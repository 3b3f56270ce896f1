/** UTC: a date means the same on every machine of a team. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
