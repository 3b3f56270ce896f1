import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { suiteOf } from '../packages/cli/src/commands/guardrail/suite-of.ts';
import { loadModelSet } from '../packages/cli/src/commands/scan/load-model-set.ts';
import { findGuardrails } from '../packages/cli/src/guardrails/find-guardrails.ts';
import { rulesOf } from '../packages/cli/src/guardrails/rules-of.ts';
import { parseAnnotations } from '../packages/cli/src/rule-tests/annotations.ts';
import { lockstep } from './testing/lockstep.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** What every function is given is a source to these, whoever calls it: there is nothing to follow across files. */
const WITHIN_FILES = ['eval-of-data', 'shell-command', 'unsafe-pickle'];

interface TaintRule {
  id: string;
  guardrail: string;
  refusesFiles: boolean;
  /** Lines of its programs that are marked as right, as `path:line`. */
  right: string[];
  /** Findings of its programs that are not found within a file. */
  acrossFiles: string[];
}

let rules: TaintRule[] = [];

beforeAll(async () => {
  const found = await findGuardrails([join(REPOSITORY, 'guardrails')], REPOSITORY);
  const { models } = await loadModelSet([join(REPOSITORY, 'models')], { cwd: REPOSITORY, withBundled: false });
  const flows = found
    .map((each) => ({ each, taint: rulesOf(each, models).filter(({ mode }) => mode === 'taint') }))
    .filter(({ taint }) => taint.length > 0);
  const names = flows.map(({ each }) => each.name);
  const [deep, shallow] = await Promise.all([findings(names, 'project'), findings(names, 'file')]);
  const ofGuardrails = flows.map(async ({ each, taint }): Promise<TaintRule[]> => {
    const programs = (await suiteOf(each))?.programs ?? [];
    const files = programs.flatMap(({ targets }) => targets.map(({ path }) => path));
    return taint.map(({ id, options }) => ({
      id,
      guardrail: each.name,
      refusesFiles: options.other['interfile'] === false,
      right: files.flatMap((path) => rightLines(path, id)),
      acrossFiles: files.flatMap((path) => {
        const known = linesIn(shallow, id, path);
        return linesIn(deep, id, path).filter((place) => !known.includes(place));
      }),
    }));
  });
  rules = (await Promise.all(ofGuardrails)).flat();
});

function rightLines(path: string, id: string): string[] {
  return parseAnnotations(readFileSync(path, 'utf8'))
    .filter(({ verdict, ids }) => verdict === 'absent' && ids.includes(id))
    .map(({ line }) => `${path}:${line + 1}`);
}

/** Rule → absolute path → lines with findings. */
type Findings = Map<string, Record<string, { reported_lines: number[] }>>;

function linesIn(findings: Findings, id: string, path: string): string[] {
  return (findings.get(id)?.[resolve(path)]?.reported_lines ?? []).map((line) => `${path}:${line}`);
}

/** What rules find in their examples at some depth. */
async function findings(names: readonly string[], depth: string): Promise<Findings> {
  const folders = names.map((name) => `guardrails/${name}`);
  const { stdout } = await lockstep(['test', '--json', '--depth', depth, ...folders], { cwd: REPOSITORY });
  const { results } = JSON.parse(stdout);
  return new Map(
    Object.values<{ checks: object }>(results).flatMap(({ checks }) =>
      Object.entries(checks).map(([id, { matches }]) => [id, matches]),
    ),
  );
}

test('every rule of the library that follows data shows a wrong and a right flow across files', () => {
  expect(rules.length).toBeGreaterThan(20);
  const lacking = rules
    .filter(({ guardrail }) => !WITHIN_FILES.includes(guardrail))
    .filter(({ right, acrossFiles }) => right.length === 0 || acrossFiles.length === 0);
  expect(lacking).toEqual([]);
});

test('rules without such a flow say that they stay within files', () => {
  const within = rules.filter(({ refusesFiles }) => refusesFiles).map(({ guardrail }) => guardrail);
  expect(within).toEqual(WITHIN_FILES);
});
