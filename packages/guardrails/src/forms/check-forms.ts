import { type FileContext, findEntry, type YamlMap } from '@lockstep/engine';
import type { Guardrail, Requirement } from '../guardrail.ts';
import { FORM_LANGUAGES, type Idioms, idiomsOf } from './idioms.ts';

/** What can be wrong with short forms because of their language. */
export function checkForms(context: FileContext, map: YamlMap, guardrail: Guardrail): void {
  const { require, forbid, unsafeCall, languages } = guardrail;
  if (require.length + forbid.length + unsafeCall.length === 0) return;
  if (languages.length === 0) {
    context.missingKey(map, '', 'languages', `the languages of its short forms, such as \`[${FORM_LANGUAGES[0]}]\``);
  }
  for (const language of languages) {
    const idioms = idiomsOf(language);
    if (idioms === null) reportLanguage(context, map, language);
    else for (const entry of require) checkRequirement(context, entry, idioms);
  }
}

function reportLanguage(context: FileContext, map: YamlMap, language: string): void {
  const node = findEntry(map, 'languages')?.value ?? map;
  const known = FORM_LANGUAGES.map((name) => `\`${name}\``).join(', ');
  const message = `there are no short forms for \`${language}\` yet, only for ${known}`;
  context.report('bad-value', node, 'languages', message, 'write the rule in rules.yaml');
}

function checkRequirement(context: FileContext, { on, have, place }: Requirement, idioms: Idioms): void {
  const report = (message: string, suggestion: string) =>
    context.report('bad-value', place, place.path, message, suggestion);
  const callsFor = (kind: string) => have.some((safeguard) => safeguard.kind === kind);
  if (callsFor('call') && on.some((text) => idioms.containing(text, 'f()') === null)) {
    report(
      '`have` asks for something in the body, and `on` says what the body is',
      'leave it open: `def $F(...): ...`',
    );
  }
  if (callsFor('wrapper') && on.some((text) => idioms.declaredName(text) === null)) {
    report('`wrapper` needs an `on` that declares a name', 'such as `def $F(...): ...`');
  }
  if (callsFor('decorator') && on.some((text) => idioms.declaredName(text) === null)) {
    report('a decorator needs an `on` that declares a function or a class', 'such as `def $F(...): ...`');
  }
}
