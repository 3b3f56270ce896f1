import type { Json, Rule } from '@lockstep/engine';
import { noteOf, withNote } from './guardrail-metadata.ts';
import type { Override } from './project-config.ts';

/** What overrides need to know of a rule. */
interface Overridable {
  /** With its prefix. */
  id: string;
  /** Of the guardrail that it keeps; null: none. */
  guardrail: string | null;
}

/** The overrides of a rule that hold: those of its guardrail first, as one that names the rule has the last word. */
export function overridesOn({ id, guardrail }: Overridable, overrides: readonly Override[], today: string): Override[] {
  const valid = overrides.filter((override) => !hasEnded(override, today));
  const ofGuardrail = valid.filter((override) => override.guardrail !== null && override.guardrail === guardrail);
  return [...ofGuardrail, ...valid.filter(({ rule }) => rule !== null && isNamed(id, rule))];
}

/** From the day after `until`, what the guardrail says itself is back in force. */
export function hasEnded({ until }: Override, today: string): boolean {
  return until !== null && until < today;
}

/** Whether an override's `rule` names a rule: by its whole id, or by what follows the folders of its file. */
export function isNamed(id: string, name: string): boolean {
  return id === name || id.endsWith(`.${name}`);
}

/** The rule as an override wants it, which its metadata tells; null where it is off. */
export function withOverride(rule: Rule, override: Override): Rule | null {
  if (override.off) return null;
  const { stage, severity, paths } = override;
  const notes = noteOf(rule.metadata)['overrides'];
  const note = noteFor(override);
  return {
    ...rule,
    severity: severity ?? rule.severity,
    paths: {
      include: rule.paths.include,
      exclude: [...rule.paths.exclude, ...paths.exclude],
      narrowed: paths.include.length === 0 ? rule.paths.narrowed : [...rule.paths.narrowed, paths.include],
    },
    metadata: withNote(rule.metadata, {
      ...(stage === null ? {} : { stage }),
      overrides: Array.isArray(notes) ? [...notes, note] : [note],
    }),
  };
}

function noteFor({ stage, severity, paths, reason, by, until }: Override): Json {
  const hasPaths = paths.include.length + paths.exclude.length > 0;
  return {
    reason,
    by,
    until,
    ...(stage === null ? {} : { stage }),
    ...(severity === null ? {} : { severity }),
    ...(hasPaths ? { paths: { ...paths } } : {}),
  };
}
