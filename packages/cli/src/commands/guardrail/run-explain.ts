import { type CompiledRule, compileGuardrail } from '@lockstep/guardrails';
import { Document, isMap, isScalar, isSeq } from 'yaml';
import { type FoundGuardrail, findGuardrail, soundGuardrail } from '../../guardrails/find-guardrails.ts';
import { neutralize } from '../../reports/neutralize.ts';
import { print } from '../../reports/print.ts';

/** `lockstep guardrail explain`: the rules of the short forms, each with where it comes from. */
export async function runExplain(id: string): Promise<number> {
  const found = await findGuardrail(id, process.cwd());
  const compiled = compileGuardrail(soundGuardrail(found)).filter(({ role }) => role !== 'inventory');
  print(neutralize(compiled.length === 0 ? noForms(found) : rulesText(found, compiled)));
  return 0;
}

function noForms({ folder, ruleFiles }: FoundGuardrail): string {
  const files = ruleFiles.map(({ path }) => path).join(', ');
  return `# ${folder} has no short forms; its rules stand in ${files === '' ? 'no file' : files}\n`;
}

function rulesText({ manifest, ruleFiles }: FoundGuardrail, compiled: readonly CompiledRule[]): string {
  const document = new Document({ rules: compiled.map(({ rule }) => rule) }, { aliasDuplicateObjects: false });
  document.commentBefore = [
    ` What the short forms of ${manifest.path} stand for: rules in Semgrep syntax.`,
    ' Exceptions are no part of them; they are applied to what the rules find.',
    ...ruleFiles.map(({ path }) => ` Its other rules stand in ${path}.`),
  ].join('\n');
  const rules = document.get('rules');
  if (isSeq(rules)) {
    for (const [at, item] of rules.items.entries()) {
      const origin = compiled[at];
      if (!isMap(item) || origin === undefined) continue;
      item.commentBefore = ` ${origin.form}, line ${origin.place.line}: ${origin.about}`.replaceAll('\n', ' ');
      item.spaceBefore = at > 0;
      const message = item.get('message', /* keepScalar */ true);
      if (isScalar(message)) message.type = 'BLOCK_FOLDED';
    }
  }
  return document.toString({ lineWidth: 120 });
}
