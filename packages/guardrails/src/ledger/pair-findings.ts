import { compareTexts } from '@lockstep/engine';
import type { FindingPlace } from './finding-place.ts';

/** What was written down of findings, of so many that are alike. */
export type FindingRecord = FindingPlace & { count: number };

/**
 * Which record each finding is known by; null for what is new. A record stands for no more findings than it counts:
 * one old finding never excuses two. The closest pairs are made first: same file and symbol, then same file (the
 * function was renamed, the code moved), then a file that is gone for one that no record knows (it was renamed).
 */
export function pairFindings(
  records: readonly FindingRecord[],
  findings: readonly FindingPlace[],
  isGone: (path: string) => boolean,
): (number | null)[] {
  const pairing = new Pairing(records, findings);
  const everywhere = { records: () => true, findings: () => true };
  pairing.match(({ path, symbol, finding }) => [path, symbol, finding].join('\0'), everywhere);
  pairing.match(({ path, finding }) => [path, finding].join('\0'), everywhere);
  for (const { from, to } of pairing.renames(isGone)) {
    const within = {
      records: ({ path }: FindingPlace) => path === from,
      findings: ({ path }: FindingPlace) => path === to,
    };
    pairing.match(({ symbol, finding }) => [symbol, finding].join('\0'), within);
    pairing.match(({ finding }) => finding, within);
  }
  return pairing.paired;
}

interface Scope {
  records: (record: FindingPlace) => boolean;
  findings: (finding: FindingPlace) => boolean;
}

class Pairing {
  readonly paired: (number | null)[];
  readonly #records: readonly FindingRecord[];
  readonly #findings: readonly FindingPlace[];
  readonly #left: number[];

  constructor(records: readonly FindingRecord[], findings: readonly FindingPlace[]) {
    this.#records = records;
    this.#findings = findings;
    this.#left = records.map(({ count }) => count);
    this.paired = findings.map(() => null);
  }

  /** Pairs what is alike by a key, in the order in which they stand. */
  match(keyOf: (place: FindingPlace) => string, scope: Scope): void {
    const open = new Map<string, number[]>();
    for (const [at, record] of this.#records.entries()) {
      if (this.#left[at] === 0 || !scope.records(record)) continue;
      const key = keyOf(record);
      const others = open.get(key);
      if (others === undefined) open.set(key, [at]);
      else others.push(at);
    }
    for (const [at, finding] of this.#findings.entries()) {
      if (this.paired[at] !== null || !scope.findings(finding)) continue;
      const candidates = open.get(keyOf(finding));
      const record = candidates?.find((each) => (this.#left[each] ?? 0) > 0);
      if (record === undefined) continue;
      this.#left[record] = (this.#left[record] ?? 0) - 1;
      this.paired[at] = record;
    }
  }

  /** Files that are gone, each with files that may be what has become of it: those with most in common first. */
  renames(isGone: (path: string) => boolean): { from: string; to: string }[] {
    const known = new Set(this.#records.map(({ path }) => path));
    const gone = new Map<string, Set<string>>();
    for (const [at, { path, finding }] of this.#records.entries()) {
      if (this.#left[at] === 0) continue;
      if (!gone.has(path) && isGone(path)) gone.set(path, new Set());
      gone.get(path)?.add(finding);
    }
    const shared = new Map<string, { from: string; to: string; count: number }>();
    for (const [at, { path, finding }] of this.#findings.entries()) {
      if (this.paired[at] !== null || known.has(path)) continue;
      for (const [from, identities] of gone) {
        if (!identities.has(finding)) continue;
        const key = `${from}\0${path}`;
        const pair = shared.get(key) ?? { from, to: path, count: 0 };
        pair.count++;
        shared.set(key, pair);
      }
    }
    return [...shared.values()].sort(
      (a, b) => b.count - a.count || compareTexts(a.from, b.from) || compareTexts(a.to, b.to),
    );
  }
}
