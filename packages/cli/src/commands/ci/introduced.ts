import { compareTexts, type Finding } from '@lockstep/engine';
import { compareFindings } from '../../reports/scan-report.ts';

/** What was found in one file, now or before. */
export interface FileFindings {
  /** The name it has now; before a rename, too. */
  path: string;
  text: string;
  findings: readonly Finding[];
}

/**
 * The findings that were not there before. Each finding from before accounts for one that is there now: the one in the
 * same file whose code and neighbouring lines are the same, else the same lines, else the same code laid out otherwise,
 * else what its anchor calls the same in the same function (the body of an `if` was edited); and last the same lines in
 * another file, if a neighbouring line has moved with them. A finding that a comment suppressed accounts for none that is
 * no longer suppressed: that one is news.
 */
export function introducedFindings(now: readonly FileFindings[], before: readonly FileFindings[]): Set<Finding> {
  const old = describeAll(before);
  let left = describeAll(now);
  for (const keysOf of TIERS) {
    const known = new Map<string, Described[]>();
    for (const each of old) for (const key of keysOf(each)) pushTo(known, key, each);
    left = left.filter((each) => {
      const candidates = keysOf(each).flatMap((key) => known.get(key) ?? []);
      const fitting = candidates.filter(
        ({ finding, isSpent }) => !isSpent && (each.finding.ignored || !finding.ignored),
      );
      const match = fitting.find(({ finding }) => finding.ignored === each.finding.ignored) ?? fitting[0];
      if (match !== undefined) match.isSpent = true;
      return match === undefined;
    });
  }
  return new Set(left.map(({ finding }) => finding));
}

/**
 * Those findings that may have stood in a text, laid out in whatever way: the others were not found there. Of several
 * lines the first has to be there, as the rest may be a body that was edited.
 */
export function findingsStandingIn(text: string, findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const squeezed = squeeze(text);
  return findings.filter((finding) => squeezed.includes(squeeze(matchedCode(finding).split('\n', 1)[0] ?? '')));
}

/** The lines of a finding from where it starts to where it ends. */
function matchedCode({ lines, start, end }: Finding): string {
  const bytes = Buffer.from(lines);
  const last = Buffer.byteLength(lines.slice(0, lines.lastIndexOf('\n') + 1));
  return bytes.toString('utf8', start.column - 1, last + end.column - 1);
}

interface Described {
  finding: Finding;
  isSpent: boolean;
  rule: string;
  path: string;
  lines: string;
  code: string;
  /** The lines before and after that are not blank. */
  previous: string;
  next: string;
}

type KeysOf = (described: Described) => string[];

/** From the surest sign that two findings are the same to the weakest. */
const TIERS: readonly KeysOf[] = [
  ({ path, rule, lines, previous, next }) => [key(path, rule, lines, previous, next)],
  ({ path, rule, lines, previous, next }) => [key(path, rule, lines, '<', previous), key(path, rule, lines, '>', next)],
  ({ path, rule, lines }) => [key(path, rule, lines)],
  ({ path, rule, code }) => [key(path, rule, code)],
  ({ path, rule, finding: { anchor } }) => [key(path, rule, anchor.symbol, anchor.identity)],
  ({ rule, lines, previous, next }) => [
    ...(previous === '' ? [] : [key(rule, lines, '<', previous)]),
    ...(next === '' ? [] : [key(rule, lines, '>', next)]),
  ],
];

function key(...parts: string[]): string {
  return parts.join('\0');
}

function pushTo(map: Map<string, Described[]>, at: string, each: Described): void {
  const list = map.get(at);
  if (list === undefined) map.set(at, [each]);
  else list.push(each);
}

function describeAll(files: readonly FileFindings[]): Described[] {
  const described = files.flatMap(({ path, text, findings }) => {
    if (findings.length === 0) return [];
    const lines = text.split('\n');
    return findings.map(
      (finding): Described => ({
        finding,
        isSpent: false,
        rule: finding.ruleId,
        path,
        lines: squeeze(withoutMarker(finding.lines)),
        code: squeeze(matchedCode(finding)),
        previous: neighbour(lines, finding.start.line - 2, -1),
        next: neighbour(lines, finding.end.line, 1),
      }),
    );
  });
  return described.sort((a, b) => compareTexts(a.path, b.path) || compareFindings(a.finding, b.finding));
}

function neighbour(lines: readonly string[], from: number, step: 1 | -1): string {
  for (let at = from; at >= 0 && at < lines.length; at += step) {
    const line = squeeze(lines[at] ?? '');
    if (line !== '') return line;
  }
  return '';
}

/** A comment that suppresses comes and goes without the code being another. */
function withoutMarker(lines: string): string {
  return lines.replace(/[ \t]*(?:#|\/\/)[ \t]*nosem(?:grep)?\b[^\n]*/gi, '');
}

/** What formatters leave as it is: no blanks, one kind of quotes, no comma before a closing bracket. */
function squeeze(code: string): string {
  return code
    .replace(/\s+/g, '')
    .replace(/'/g, '"')
    .replace(/,(?=[)\]}])/g, '');
}
