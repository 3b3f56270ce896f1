import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Finding } from '../findings/finding.ts';
import { findLanguage } from '../languages/language-table.ts';
import { TEXT_LANGUAGES } from '../languages/languages.ts';
import { loadRules } from '../rules/load-rules.ts';
import { RuleSieve } from '../scan/rule-sieve.ts';
import { Scanner } from '../scan/scanner.ts';
import { languages, languagesOf, scannerOptions } from './load-engine.ts';

/**
 * Questions that were put to the reference engine, with its answers: exact ranges and, in the message, bindings. How the
 * files are written is told in `fixtures/pack-micro-cases.mjs`.
 */
const FOLDER = fileURLToPath(new URL('../../fixtures/micro-cases/', import.meta.url));

/** As packed. */
interface PackedBatch {
  rules: { id: string; languages?: string[]; message?: string }[];
  targets: Record<string, string>;
  expected: Record<string, Record<string, string | string[] | null>>;
}

/** `topic/batch`, in order. */
export function batchNames(): string[] {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) =>
    readdirSync(join(FOLDER, name)).map((file) => `${name}/${file.replace(/\.json$/, '')}`),
  );
}

/** What one rule should have found and did not, or found and should not have: `target:range message`. */
export interface CaseResult {
  id: string;
  isPython: boolean;
  missed: string[];
  extra: string[];
  /** Why the engine did not run the rule. */
  refused: string[];
}

/**
 * Runs all rules of a batch on all its targets, but for rules of languages that the engine does not have. `sifted`: with
 * what is left of them for these targets.
 */
export function runBatch(name: string, { sifted }: { sifted: boolean } = { sifted: false }): CaseResult[] {
  const batch = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as PackedBatch;
  const rules = batch.rules
    .map((rule) => ({ languages: ['python'], message: 'm', severity: 'ERROR', ...rule }))
    .filter((rule) => rule.languages.some(isLoaded));
  const loaded = loadRules(JSON.stringify({ rules }), 'rules.yaml');
  const sieve = new RuleSieve(Object.values(batch.targets));
  const used = sifted ? loaded.rules.flatMap((rule) => sieve.sift(rule) ?? []) : loaded.rules;
  const scanner = new Scanner(used, languages, { ...scannerOptions, depth: 'function' });
  const refusals = [...loaded.problems, ...scanner.issues].filter(({ level }) => level === 'error');
  const found = scanTargets(scanner, batch.targets);
  return rules.map(({ id, message, languages }) => {
    const expected = readExpected(batch.expected[id] ?? {}, message);
    const own = found.get(id) ?? [];
    const compared = own.filter(({ target }) => batch.expected[id]?.[target] !== null).map(({ row }) => row);
    return {
      id,
      isPython: languages.includes('python'),
      missed: without(expected, compared),
      extra: without(compared, expected),
      refused: refusals.filter(({ ruleId }) => ruleId === id).map((refusal) => refusal.message),
    };
  });
}

function isLoaded(language: string): boolean {
  const name = findLanguage(language)?.name ?? language;
  return languages.has(name) || TEXT_LANGUAGES.has(name);
}

function scanTargets(
  scanner: Scanner,
  targets: Record<string, string>,
): Map<string, { target: string; row: string }[]> {
  const found = new Map<string, { target: string; row: string }[]>();
  for (const [target, text] of Object.entries(targets)) {
    const { findings, issues } = scanner.scan({ path: target, text, languages: languagesOf(target) });
    const broken = issues.find(({ code }) => code === 'internal-error');
    if (broken !== undefined) throw new Error(`${target}: ${broken.ruleId}: ${broken.message}`);
    for (const finding of findings) {
      if (finding.ignored) continue;
      const rows = found.get(finding.ruleId) ?? [];
      rows.push({ target, row: `${target}:${rangeOf(finding)} ${finding.message}` });
      found.set(finding.ruleId, rows);
    }
  }
  return found;
}

function rangeOf({ start, end }: Finding): string {
  return `${start.line}:${start.column}-${end.line === start.line ? '' : `${end.line}:`}${end.column}`;
}

function readExpected(byTarget: PackedBatch['expected'][string], message: string): string[] {
  return Object.entries(byTarget).flatMap(([target, ranges]) => {
    if (typeof ranges === 'string') return ranges.split(' ').map((range) => `${target}:${range} ${message}`);
    return (ranges ?? []).map((row) => `${target}:${row}`);
  });
}

function without(rows: readonly string[], others: readonly string[]): string[] {
  const removed = new Set(others);
  return rows.filter((row) => !removed.has(row));
}

/** Cases that are known to differ for one reason. */
export interface KnownDifference {
  /**
   * `better`: the reference's answer is plainly wrong for a reader of the message or range, ours is right.
   * `defect-of-reference`: its answer comes from a defect that no rule can rely on; ours differs without a claim.
   * `not-yet`: ours is incomplete.
   */
  kind: 'better' | 'defect-of-reference' | 'not-yet';
  reason: string;
  /** `topic/batch` → rule ids. */
  cases: Record<string, string[]>;
}

export function knownDifferences(): KnownDifference[] {
  return parse(readFileSync(join(FOLDER, 'known-differences.yaml'), 'utf8')) as KnownDifference[];
}
