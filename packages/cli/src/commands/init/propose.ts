import { languageNamed, type Rule } from '@lockstep/engine';
import type { Guardrail } from '@lockstep/guardrails';
import { findGuardrails } from '../../guardrails/find-guardrails.ts';
import { modelsFor, rulesOf } from '../../guardrails/rules-of.ts';
import { usedLibraries } from './libraries.ts';
import type { Survey } from './survey.ts';

/** A guardrail that fits a repository, and what of the repository it is about. */
export interface Proposal {
  name: string;
  because: string[];
}

/** The guardrails that come with Lockstep and fit; sorted by name. */
export async function proposeGuardrails(survey: Survey): Promise<Proposal[]> {
  const found = await findGuardrails(['lockstep:default'], survey.root);
  const models = await modelsFor(found, []);
  return found.flatMap((each) => {
    if (each.guardrail === null) return [];
    const because = whyItFits(each.guardrail, rulesOf(each, models), survey);
    return because.length === 0 ? [] : [{ name: each.name, because }];
  });
}

/** The languages and libraries of the repository that a guardrail is about; empty: it does not fit. */
function whyItFits(guardrail: Guardrail, rules: readonly Rule[], survey: Survey): string[] {
  // One that names folders is about somebody's own code, and is there to be copied.
  if (guardrail.paths.include.length > 0) return [];
  const languages = new Set(rules.flatMap((rule) => rule.languages).filter((name) => survey.languages.has(name)));
  if (languages.size === 0) return [];
  const technologies = new Set([...rules.flatMap(technologiesOf), ...forbiddenModules(guardrail)]);
  if (technologies.size === 0) return [...languages];
  const libraries = usedLibraries(technologies, survey);
  const named = [...technologies].filter((name) => libraries.has(name) || languages.has(name));
  const isLanguage = (name: string) => languageNamed(name) !== null;
  // The libraries say more, where there are any.
  const telling = named.filter((name) => !isLanguage(name));
  return telling.length > 0 ? telling : named;
}

function technologiesOf({ metadata }: Rule): string[] {
  const { technology } = metadata;
  return Array.isArray(technology) ? technology.filter((name) => typeof name === 'string') : [];
}

/** What is forbidden matters where it can be had. */
function forbiddenModules({ forbid }: Guardrail): string[] {
  return forbid.flatMap(({ use, module }) => [...use, ...module].map((name) => name.split('.')[0] ?? name));
}
