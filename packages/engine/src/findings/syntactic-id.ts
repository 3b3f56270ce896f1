import { murmurHash128 } from './murmur-hash.ts';
import { posixPath, pythonRepr } from './python-repr.ts';

/**
 * The older identity of a finding (semantics 11 §2): rule, path, code, and an index among equal ones, as 32 hex
 * digits. Baselines compare by it (`syntacticIds`), and GitLab's vulnerability ids are made of it.
 */
export function syntacticId(ruleId: string, path: string, code: string, index: number): string {
  const key = [ruleId, posixPath(path), code].map(pythonRepr).join(', ');
  return murmurHash128(`(${key}, ${index})`);
}

export interface SyntacticSource {
  ruleId: string;
  path: string;
  /** The full lines of the match (`Finding.lines`). */
  lines: string;
}

/**
 * The syntactic ids of a report's findings, in order: the code counts without its indentation and without a
 * suppression comment, and equal findings are numbered. Give it suppressed findings too, so that suppressing one does
 * not renumber the others.
 */
export function syntacticIds(findings: readonly SyntacticSource[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ ruleId, path, lines }) => {
    const code = syntacticContext(lines);
    const key = [ruleId, posixPath(path), code].join('\0');
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    return syntacticId(ruleId, path, code, index);
  });
}

/** The lines of a match with their common indentation and a suppression comment at the end of the first removed. */
export function syntacticContext(lines: string): string {
  const [first = '', ...rest] = lines.split('\n');
  const withoutMarker = first.replace(TRAILING_MARKER, '').trimEnd();
  return dedent([withoutMarker, ...rest])
    .join('\n')
    .trim();
}

const TRAILING_MARKER = /[:#/]+ nosem(?:grep)?(?:[:=]\s?(?:[^,\s][,\s]*)+)?$/i;

function dedent(lines: string[]): string[] {
  const blank = (line: string) => /^[ \t]*$/.test(line);
  const margins = lines.filter((line) => !blank(line)).map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const margin = margins.reduce((common, next) => commonPrefix(common, next), margins[0] ?? '');
  return lines.map((line) => (blank(line) ? '' : line.slice(margin.length)));
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
