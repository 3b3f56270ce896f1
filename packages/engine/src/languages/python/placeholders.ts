/**
 * Pattern tokens in Python's clothing. The grammar accepts any letter as an identifier, so `$` and `.` of the pattern
 * tokens are replaced by one letter that real code does not use: `$X` → `ꞰX`, `...` → `ꞰꞰꞰ`, `$...X` → `ꞰꞰꞰꞰX`,
 * `<... E ...>` → `Ʇd (E)`, and the typed metavariable `$X: T` as an argument → `Ʞt[ꞰX: T]`.
 */
export const MARK = '\uA7B0';
export const ELLIPSIS_NAME = MARK.repeat(3);
export const DEEP_NAME = `${MARK}d`;
export const TYPED_NAME = `${MARK}t`;
/** The one arm of `match E: ...`, which stands for any arms. */
export const ANY_CASE_NAME = `${MARK}m`;

/** What an identifier of a substituted pattern stands for. */
export type Placeholder =
  | { kind: 'metavariable'; name: string }
  | { kind: 'sequence'; name: string }
  | { kind: 'ellipsis' }
  | { kind: 'plain'; name: string };

/** Reads an identifier of substituted text back. */
export function readPlaceholder(identifier: string): Placeholder {
  if (!identifier.startsWith(MARK)) return { kind: 'plain', name: identifier };
  let marks = 1;
  while (identifier[marks] === MARK) marks++;
  const rest = identifier.slice(marks);
  if (marks === 4) return { kind: 'sequence', name: `$...${rest}` };
  if (rest === '') return { kind: 'ellipsis' };
  if (marks === 1 && /^[A-Z_][A-Z_0-9]*$/.test(rest)) return { kind: 'metavariable', name: `$${rest}` };
  return { kind: 'plain', name: identifier };
}
