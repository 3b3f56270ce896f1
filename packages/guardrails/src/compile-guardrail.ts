import type { WrittenAt } from './fields/values.ts';
import { compileForbid } from './forms/forbid.ts';
import type { FormRole, FormRule } from './forms/form-rule.ts';
import { type Idioms, idiomsOf } from './forms/idioms.ts';
import { compileRequire } from './forms/require.ts';
import type { RulePart } from './forms/rule-text.ts';
import { compileUnsafeCall } from './forms/unsafe-call.ts';
import type { Exception, Guardrail } from './guardrail.ts';

export const FORMS = ['require', 'forbid', 'unsafe-call'] as const;
export type Form = (typeof FORMS)[number];

/** A rule that a short form stands for. */
export interface CompiledRule {
  id: string;
  /** In Semgrep syntax, as one item of `rules:`. */
  rule: RulePart;
  form: Form;
  /** Which entry of its form, from 0; the rules of one entry share it. */
  entry: number;
  /** One sentence for people: what it looks for. */
  about: string;
  role: FormRole;
  /** Those of its entry and of the guardrail. */
  exceptions: Exception[];
  /** Of the entry in `guardrail.yaml`. */
  place: WrittenAt;
}

/** The rules of a guardrail's short forms, in written order. */
export function compileGuardrail(guardrail: Guardrail): CompiledRule[] {
  const entries = entriesOf(guardrail);
  return guardrail.languages.flatMap((language) => {
    const idioms = idiomsOf(language);
    if (idioms === null) return [];
    return entries.flatMap(({ form, index, entry, compile }, at) => {
      const ownId = entry.name === null ? numbered(guardrail.id, at) : `${guardrail.id}-${entry.name}`;
      const id = guardrail.languages.length > 1 ? `${ownId}-${language}` : ownId;
      return compile(idioms).map(
        (formRule): CompiledRule => ({
          id: id + formRule.suffix,
          rule: wholeRule(guardrail, entry.message, id, language, formRule),
          form,
          entry: index,
          about: formRule.about,
          role: formRule.role,
          exceptions: [...entry.except, ...guardrail.exceptions],
          place: entry.place,
        }),
      );
    });
  });
}

/** Whether a guardrail has rules of its own, besides those of rule files. */
export function hasForms({ require, forbid, unsafeCall }: Guardrail): boolean {
  return require.length + forbid.length + unsafeCall.length > 0;
}

/** Entries that have no name: their rules are told apart by number, which changes with the order. */
export function unnamedEntries(guardrail: Guardrail): { form: Form; place: WrittenAt }[] {
  return entriesOf(guardrail)
    .slice(1)
    .filter(({ entry }) => entry.name === null)
    .map(({ form, entry }) => ({ form, place: entry.place }));
}

function entriesOf({ require, forbid, unsafeCall }: Guardrail) {
  return [
    ...require.map((entry, index) => ({
      form: 'require' as const,
      index,
      entry,
      compile: (idioms: Idioms) => compileRequire(entry, idioms),
    })),
    ...forbid.map((entry, index) => ({
      form: 'forbid' as const,
      index,
      entry,
      compile: (idioms: Idioms) => compileForbid(entry, idioms),
    })),
    ...unsafeCall.map((entry, index) => ({
      form: 'unsafe-call' as const,
      index,
      entry,
      compile: (idioms: Idioms) => compileUnsafeCall(entry, idioms),
    })),
  ];
}

function numbered(id: string, at: number): string {
  return at === 0 ? id : `${id}-${at + 1}`;
}

function wholeRule(
  guardrail: Guardrail,
  ownMessage: string | null,
  entryId: string,
  language: string,
  { suffix, message, body, role }: FormRule,
): RulePart {
  const { references, paths, weakness } = guardrail;
  // The message of an entry speaks of its first rule: what is misplaced is not missing.
  const words = suffix === '' ? ownMessage : null;
  return {
    id: entryId + suffix,
    languages: [language],
    severity: role === 'inventory' ? 'INVENTORY' : 'ERROR',
    message: words ?? `${message} ${guardrail.message ?? guardrail.promise}`,
    metadata: { category: 'security', cwe: [weakness], ...(references.length === 0 ? {} : { references }) },
    ...pathsOf(paths),
    ...body,
  };
}

function pathsOf({ include, exclude }: Guardrail['paths']): RulePart {
  if (include.length + exclude.length === 0) return {};
  return {
    paths: {
      ...(include.length === 0 ? {} : { include }),
      ...(exclude.length === 0 ? {} : { exclude }),
    },
  };
}
