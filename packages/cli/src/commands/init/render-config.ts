import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Proposal } from './propose.ts';
import type { Survey } from './survey.ts';

/** The text of a first `lockstep.yaml`. */
export function renderConfig({ root, hasGuardrails, ruleFiles }: Survey, proposals: readonly Proposal[]): string {
  const schema = 'node_modules/lockstep/schema/lockstep.schema.json';
  const width = Math.max(...proposals.map(({ name }) => name.length));
  const names = proposals.map(({ name, because }) => `      - ${name.padEnd(width)}  # ${because.join(', ')}`);
  return [
    ...(existsSync(join(root, schema)) ? [`# yaml-language-server: $schema=${schema}`] : []),
    '# What this repository is checked for. All guardrails start at the stage `monitor`: security sees their findings, and no',
    '# build fails. To move one on, or to leave it out, add an entry to `overrides`, with a reason.',
    ...(hasGuardrails || names.length > 0 ? ['guardrails:'] : []),
    ...(hasGuardrails ? ['  - guardrails'] : []),
    ...(names.length > 0 ? ['  - lockstep:', ...names] : []),
    ...(ruleFiles.length > 0 ? [`rules: [${ruleFiles.join(', ')}]`] : []),
    '',
  ].join('\n');
}
