import { type Idioms, idiomsOf } from '@lockstep/guardrails';
import { Document, isScalar, visit } from 'yaml';
import type { NewGuardrail } from './plan.ts';

/** The files of a new guardrail by name. `schema` is what editors are told: a path or URL. */
export function renderGuardrail(plan: NewGuardrail, schema: string): Record<string, string> {
  const idioms = idiomsOf(plan.language);
  if (idioms === null) throw new Error(`no idioms for ${plan.language}`);
  const rules = plan.template === 'pattern' ? { 'rules.yaml': rulesText(plan) } : {};
  return {
    'guardrail.yaml': guardrailText(plan, schema),
    ...rules,
    [`tests/examples${idioms.extension}`]: examplesText(plan, idioms),
  };
}

function guardrailText(plan: NewGuardrail, schema: string): string {
  const { id, promise, weakness, security, engineering, language, message, template } = plan;
  const description = {
    id,
    promise,
    weakness,
    owners: { security, engineering },
    stage: 'monitor',
    languages: [language],
    ...(message === null || template === 'pattern' ? {} : { message }),
    ...formOf(plan),
  };
  return `# yaml-language-server: $schema=${schema}\n${yamlText(description)}`;
}

function formOf({ template, pattern, right }: NewGuardrail): object {
  switch (template) {
    case 'forbid':
      return { forbid: [{ use: pattern, ...(right === null ? {} : { instead: right }) }] };
    case 'require':
      return { require: [{ on: pattern, have: right }] };
    case 'unsafe-call':
      return { 'unsafe-call': [{ call: pattern, safe: right }] };
    case 'pattern':
      return {};
  }
}

function rulesText({ id, language, message, weakness, pattern }: NewGuardrail): string {
  const metadata = { category: 'security', cwe: [weakness] };
  const rule = { id, languages: [language], severity: 'ERROR', message, metadata, pattern };
  return yamlText({ rules: [rule] });
}

function yamlText(value: object): string {
  const document = new Document(value);
  visit(document, {
    Scalar(_, node) {
      const isLong = typeof node.value === 'string' && node.value.length > 100 && !node.value.includes('\n');
      if (isScalar(node) && isLong) node.type = 'BLOCK_FOLDED';
    },
  });
  return document.toString({ lineWidth: 110 });
}

/** One example that the rule finds and one that it does not. */
function examplesText(plan: NewGuardrail, idioms: Idioms): string {
  const { id, example, pattern, template } = plan;
  const isName = template === 'forbid';
  const wrong = example ?? idioms.example(isName ? `${pattern.replace(/\.\*$/, '.load')}($DATA)` : pattern);
  const mark = (verdict: string) => `${idioms.comment} ${verdict}: ${id}`;
  const imported = isName && example === null ? idioms.importOf(pattern) : null;
  return [
    ...(imported === null ? [] : [imported]),
    marked(wrong, mark('ruleid'), plan, idioms),
    marked(rightExample(plan, idioms), mark('ok'), plan, idioms),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

/** The mark stands above the line where the finding starts: with decorators, that is the one that declares. */
function marked(code: string, mark: string, { template }: NewGuardrail, idioms: Idioms): string {
  const lines = code.split('\n');
  const declared = template === 'require' ? lines.findIndex((line) => idioms.declaredName(line) !== null) : 0;
  const at = Math.max(0, declared);
  const margin = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  return lines.toSpliced(at, 0, margin + mark).join('\n');
}

function rightExample({ template, pattern, right }: NewGuardrail, idioms: Idioms): string {
  if (right === null) return HARMLESS;
  switch (template) {
    case 'forbid':
      return idioms.example(/^[\w.]+$/u.test(right) ? `${right}($DATA)` : right);
    case 'require':
      return idioms.example(
        (right.startsWith('@') ? idioms.decorated(pattern, right, 'bottom')[0] : idioms.containing(pattern, right)) ??
          HARMLESS,
      );
    default:
      return idioms.example(right);
  }
}

const HARMLESS = 'harmless = 1';
