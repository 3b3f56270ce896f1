import { murmurHash128 } from './murmur-hash.ts';
import { posixPath, pythonRepr } from './python-repr.ts';

/**
 * The older identity of a finding (semantics 11 §2): rule, path, the code without its indentation, and the index
 * among equal ones. GitLab's vulnerability ids are made of it.
 */
export interface SyntacticSource {
  ruleId: string;
  path: string;
  /** The full lines of the match (`Finding.lines`). */
  lines: string;
}

/**
 * The syntactic ids of a report's findings, in order, as 32 hex digits each.
 * Give it suppressed findings too, so that suppressing one does not renumber the others.
 */
export function syntacticIds(findings: readonly SyntacticSource[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const code = syntacticContext(finding.lines);
    const key = [finding.ruleId, posixPath(finding.path), code].map(pythonRepr).join(', ');
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    return murmurHash128(`(${key}, ${index})`);
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
