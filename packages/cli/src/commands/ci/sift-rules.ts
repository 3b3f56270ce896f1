import { followsFiles, type Rule, RuleSieve } from '@lockstep/engine';
import type { ScanRequest } from '../../workers/scan-request.ts';
import type { SessionOptions } from '../../workers/scan-session.ts';
import { readSource } from './source.ts';

/** Of the rules, what may find something in some of the files. */
export function siftRules(rules: readonly Rule[], files: readonly ScanRequest[], options: SessionOptions): Rule[] {
  const acrossFiles = rules.some((rule) => followsFiles(rule, options));
  const sieve = new RuleSieve(
    files.map((request) => readSource(request)),
    { acrossFiles },
  );
  return rules.flatMap((rule) => sieve.sift(rule) ?? []);
}
