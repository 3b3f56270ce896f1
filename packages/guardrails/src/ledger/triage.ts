import { compareTexts } from '@lockstep/engine';
import { defaulted, type Field, object, required } from '../fields/field.ts';
import { readDocument } from '../fields/read-document.ts';
import type { FileReading } from '../fields/read-file.ts';
import { choice, date, list, text } from '../fields/values.ts';
import { type FindingPlace, identity } from './finding-place.ts';
import { pairFindings } from './pair-findings.ts';
import { yamlScalar } from './yaml-line.ts';

/** Right, and to be fixed; wrong; right, and nobody is going to fix it. */
export const VERDICTS = ['true', 'false', 'wont-fix'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What somebody has found out about a finding. */
export interface TriageEntry extends FindingPlace {
  verdict: Verdict;
  date: string;
  who: string;
  why: string;
}

const fields: Field<{ verdicts: TriageEntry[] }> = object(
  {
    verdicts: defaulted(
      list(
        object<TriageEntry>({
          guardrail: required(text(), 'the guardrail, or the rule'),
          path: required(text(), 'the file, relative to the root of the repository'),
          symbol: defaulted(text(), '', 'the function or class that it stands in'),
          finding: required(identity, 'the identity of the finding'),
          verdict: required(choice(VERDICTS), 'the verdict, in quotation marks'),
          date: required(date(), 'when'),
          who: required(text(), 'who found it out'),
          why: required(text(), 'why'),
        }),
      ),
      [],
      'what was found out, sorted by file',
    ),
  },
  'a mapping: verdicts on findings',
);

/** Reads verdicts, reporting everything that is wrong with them. */
export function readTriage(content: string, file: string): FileReading<TriageEntry[]> {
  const { value, problems } = readDocument(content, file, fields, { verdicts: [] });
  return { value: value?.verdicts ?? null, problems };
}

const HEADING = '# Verdicts on findings, by `lockstep triage`. They count as evidence for their guardrail.\n';

/** A block an entry, sorted, so that two people's verdicts merge by themselves. */
export function renderTriage(entries: readonly TriageEntry[]): string {
  if (entries.length === 0) return HEADING;
  const sorted = entries.toSorted((a, b) => compareTexts(keyOf(a), keyOf(b)));
  return `${HEADING}verdicts:\n${sorted.map(renderEntry).join('')}`;
}

function keyOf({ path, guardrail, symbol, finding }: FindingPlace): string {
  return [path, guardrail, symbol, finding].join('\0');
}

function renderEntry({ finding, guardrail, path, symbol, verdict, date, who, why }: TriageEntry): string {
  const place = { finding, guardrail, path, ...(symbol === '' ? {} : { symbol }) };
  const pairs = Object.entries({ ...place, verdict, date, who, why });
  const lines = pairs.map(([key, value], at) => `${at === 0 ? '  - ' : '    '}${key}: ${yamlScalar(value)}\n`);
  return lines.join('');
}

/** For each finding, numbered, what was found out about it; null where nothing was. Moves do not matter. */
export function verdictsOn(
  entries: readonly TriageEntry[],
  places: readonly FindingPlace[],
  isGone: (path: string) => boolean,
): (TriageEntry | null)[] {
  const records = entries.map((entry) => ({ ...entry, count: 1 }));
  return pairFindings(records, places, isGone).map((at) => (at === null ? null : (entries[at] ?? null)));
}

/** The entries with a new one, in place of `before`, the one that its finding had. */
export function withVerdict(
  entries: readonly TriageEntry[],
  entry: TriageEntry,
  before: TriageEntry | null,
): TriageEntry[] {
  return [...entries.filter((each) => each !== before && keyOf(each) !== keyOf(entry)), entry];
}

/** How often a guardrail was right. */
export interface Precision {
  guardrail: string;
  counts: Record<Verdict, number>;
  triaged: number;
  /** The share that was right, whether or not it is going to be fixed; null where nothing has a verdict. */
  precision: number | null;
  /** Where the true share lies, in 95 of 100 cases. */
  interval: { low: number; high: number } | null;
}

/** By guardrail, sorted. */
export function precisionByGuardrail(entries: readonly TriageEntry[]): Precision[] {
  const guardrails = [...new Set(entries.map(({ guardrail }) => guardrail))].sort(compareTexts);
  return guardrails.map((guardrail) => precisionOf(entries, guardrail));
}

export function precisionOf(entries: readonly TriageEntry[], guardrail: string): Precision {
  const counts: Record<Verdict, number> = { true: 0, false: 0, 'wont-fix': 0 };
  for (const entry of entries) if (entry.guardrail === guardrail) counts[entry.verdict]++;
  const right = counts.true + counts['wont-fix'];
  const triaged = right + counts.false;
  if (triaged === 0) return { guardrail, counts, triaged, precision: null, interval: null };
  return { guardrail, counts, triaged, precision: right / triaged, interval: wilsonInterval(right, triaged) };
}

/** Quantile of the normal distribution that leaves 5 % outside. */
const Z = 1.959964;

/** Wilson's interval of a share: sound for few trials, and where all of them went one way, as the plain one is not. */
export function wilsonInterval(successes: number, trials: number): { low: number; high: number } {
  const share = successes / trials;
  const weight = Z ** 2 / trials;
  const center = (share + weight / 2) / (1 + weight);
  const margin = (Z / (1 + weight)) * Math.sqrt((share * (1 - share)) / trials + weight / (4 * trials));
  return { low: Math.max(0, center - margin), high: Math.min(1, center + margin) };
}
