import { loadRules, type Model, type Rule } from '@lockstep/engine';
import { compileGuardrail } from '@lockstep/guardrails';
import { loadModelSet } from '../commands/scan/load-model-set.ts';
import { loadCompiledRules } from './compiled-rules.ts';
import type { FoundGuardrail } from './find-guardrails.ts';

/** The sound rules of a guardrail: those of its short forms, then those of its rule files. */
export function rulesOf({ guardrail, manifest, ruleFiles }: FoundGuardrail, models: readonly Model[]): Rule[] {
  const compiled = guardrail === null ? [] : compileGuardrail(guardrail).filter(({ role }) => role !== 'inventory');
  return [
    ...loadCompiledRules(compiled, manifest.path, models).rules,
    ...ruleFiles.flatMap(({ path, text }) => loadRules(text, path, { models }).rules),
  ];
}

/** The models that guardrails may use; reading those that come with Lockstep takes 100 ms, so only where one is named. */
export async function modelsFor(
  found: readonly FoundGuardrail[],
  folders: readonly string[],
): Promise<readonly Model[]> {
  const texts = found.flatMap(({ manifest, ruleFiles }) => [manifest, ...ruleFiles].map(({ text }) => text));
  const withBundled = texts.some((text) => /\bmodels\b/.test(text));
  return (await loadModelSet(folders, { cwd: process.cwd(), withBundled })).models;
}
