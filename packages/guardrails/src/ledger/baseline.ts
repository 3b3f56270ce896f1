import { compareTexts } from '@lockstep/engine';
import { defaulted, type Field, object, required } from '../fields/field.ts';
import { readDocument } from '../fields/read-document.ts';
import type { FileReading } from '../fields/read-file.ts';
import { date, list, ordinal, text } from '../fields/values.ts';
import { type FindingPlace, identity } from './finding-place.ts';
import { type FindingRecord, pairFindings } from './pair-findings.ts';
import { yamlLine } from './yaml-line.ts';

/** Findings that were there before: so many in each place, and no more. */
export interface Baseline {
  findings: FindingRecord[];
  /** When it was allowed to grow, oldest first. */
  growth: Growth[];
}

export interface Growth {
  date: string;
  who: string;
  reason: string;
  /** Findings. */
  added: number;
}

export const EMPTY_BASELINE: Baseline = { findings: [], growth: [] };

const fields: Field<Baseline> = object<Baseline>(
  {
    findings: defaulted(
      list(
        object<FindingRecord>({
          guardrail: required(text(), 'the guardrail, or the rule'),
          path: required(text(), 'the file, relative to the root of the repository'),
          symbol: defaulted(text(), '', 'the function or class that it stands in'),
          finding: required(identity, 'the identity of the finding'),
          count: defaulted(ordinal(), 1, 'how many there are'),
        }),
      ),
      [],
      'what is known, one a line',
    ),
    growth: defaulted(
      list(
        object<Growth>({
          date: required(date(), 'when'),
          who: required(text(), 'who allowed it'),
          reason: required(text(), 'why'),
          added: required(ordinal(), 'how many findings'),
        }),
      ),
      [],
      'when it was allowed to grow',
    ),
  },
  'a mapping: a baseline',
);

/** Reads a baseline, reporting everything that is wrong with it. */
export function readBaseline(content: string, file: string): FileReading<Baseline> {
  return readDocument(content, file, fields, EMPTY_BASELINE);
}

const HEADING =
  '# Findings that were there before: only what is new counts, and the numbers may only fall.\n' +
  '# Written by `lockstep baseline write`.\n';

/** One line a finding, sorted, so that a change of one finding is a change of one line. */
export function renderBaseline({ findings, growth }: Baseline): string {
  const lines = merged(findings).map(({ guardrail, path, symbol, finding, count }) =>
    yamlLine({ guardrail, path, ...(symbol === '' ? {} : { symbol }), finding, count }),
  );
  const grown = growth.map(({ date, who, reason, added }) => yamlLine({ date, who, reason, added }));
  return HEADING + section('findings', lines) + section('growth', grown);
}

function section(name: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${name}:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
}

/** What a comparison may conclude from a scan. */
export interface BaselineScope {
  /** The file is not there any more. */
  isGone(path: string): boolean;
  /** Its rule ran on its file, and nothing kept it from finding what there is. */
  wasLookedAt(record: FindingRecord): boolean;
}

export interface Comparison {
  /** For each finding: whether the baseline knows it. */
  isKnown: boolean[];
  /** What is known and still there, where it is now. */
  present: FindingRecord[];
  /** What was there and is no more; `count`: so many less. */
  fixed: FindingRecord[];
  /** What nobody looked at: nothing is known of it. */
  unseen: FindingRecord[];
}

/** What of a scan is known, and what of the baseline is no longer needed. */
export function compareBaseline(
  baseline: Baseline,
  findings: readonly FindingPlace[],
  scope: BaselineScope,
): Comparison {
  const pairs = pairFindings(baseline.findings, findings, scope.isGone);
  const left = baseline.findings.map(({ count }) => count);
  for (const record of pairs) if (record !== null) left[record] = (left[record] ?? 0) - 1;
  const rest = baseline.findings
    .map((record, at): FindingRecord => ({ ...record, count: left[at] ?? 0 }))
    .filter(({ count }) => count > 0);
  const isFixed = (record: FindingRecord) => scope.isGone(record.path) || scope.wasLookedAt(record);
  return {
    isKnown: pairs.map((record) => record !== null),
    present: merged(findings.filter((_, at) => pairs[at] !== null).map(one)),
    fixed: rest.filter(isFixed),
    unseen: rest.filter((record) => !isFixed(record)),
  };
}

/** The baseline after a scan: what was fixed leaves it where `prune` says so, what is new enters it with `growth`. */
export function nextBaseline(
  baseline: Baseline,
  findings: readonly FindingPlace[],
  { isKnown, present, fixed, unseen }: Comparison,
  options: { prune: boolean; growth: Omit<Growth, 'added'> | null },
): Baseline {
  const fresh = findings.filter((_, at) => !isKnown[at]);
  const { prune, growth } = options;
  return {
    findings: merged([...present, ...unseen, ...(prune ? [] : fixed), ...fresh.map(one)]),
    growth: growth === null ? baseline.growth : [...baseline.growth, { ...growth, added: fresh.length }],
  };
}

function one(place: FindingPlace): FindingRecord {
  return { ...place, count: 1 };
}

/** Records of the same findings as one, sorted. */
function merged(records: readonly FindingRecord[]): FindingRecord[] {
  const byKey = new Map<string, FindingRecord>();
  for (const record of records) {
    const key = [record.path, record.guardrail, record.symbol, record.finding].join('\0');
    byKey.set(key, { ...record, count: record.count + (byKey.get(key)?.count ?? 0) });
  }
  return [...byKey].sort(([a], [b]) => compareTexts(a, b)).map(([, record]) => record);
}

/** How many findings it holds. */
export function baselineSize({ findings }: Baseline): number {
  return findings.reduce((sum, { count }) => sum + count, 0);
}
