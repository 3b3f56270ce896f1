import { didYouMean, type Rule } from '@lockstep/engine';
import { hasEnded, isNamed, type Override, overridesOn, withOverride } from '@lockstep/guardrails';
import type { SetupProblem } from '../reports/setup-problem.ts';
import type { Project } from './open-project.ts';

/** What a `lockstep.yaml` overrides, while rules are loaded: remembers what there is, to tell of what there is not. */
export class ProjectOverrides {
  readonly #file: string;
  readonly #overrides: readonly Override[];
  readonly #today: string;
  readonly #guardrails = new Set<string>();
  readonly #ruleIds = new Set<string>();

  constructor({ file, config }: Pick<Project, 'file' | 'config'>, today: string) {
    this.#file = file;
    this.#overrides = config?.overrides ?? [];
    this.#today = today;
  }

  /** The rule as it is to run here; null where it is off. */
  apply(rule: Rule, guardrail: string | null): Rule | null {
    this.#ruleIds.add(rule.id);
    if (guardrail !== null) this.#guardrails.add(guardrail);
    let current: Rule | null = rule;
    for (const override of overridesOn({ id: rule.id, guardrail }, this.#overrides, this.#today)) {
      current = current === null ? null : withOverride(current, override);
    }
    return current;
  }

  /** Overrides that are about nothing or have ended, and, for those who ask, what is off. */
  problems(): SetupProblem[] {
    return this.#overrides.flatMap((override) => {
      if (!this.#exists(override)) return [this.#unknown(override)];
      if (hasEnded(override, this.#today)) {
        const message = `is no longer overridden: that ended on ${override.until}`;
        const remedy = 'Remove the override, or agree on another day.';
        return [this.#problem(override, 'override-ended', 'config', 'warning', message, remedy)];
      }
      return override.off ? [this.#problem(override, 'rule-off', 'rule', 'warning', `is off: ${override.reason}`)] : [];
    });
  }

  #exists({ guardrail, rule }: Override): boolean {
    if (guardrail !== null) return this.#guardrails.has(guardrail);
    return rule !== null && [...this.#ruleIds].some((id) => isNamed(id, rule));
  }

  #unknown(override: Override): SetupProblem {
    const known = override.guardrail === null ? this.#ruleIds : this.#guardrails;
    const hint = didYouMean(override.guardrail ?? override.rule ?? '', known);
    const remedy = hint === '' ? 'Correct the name, or remove the override.' : hint;
    return this.#problem(override, 'unknown-override', 'config', 'error', 'is overridden, and does not exist', remedy);
  }

  #problem(
    { guardrail, rule, place }: Override,
    code: string,
    stage: SetupProblem['stage'],
    level: SetupProblem['level'],
    message: string,
    remedy = '',
  ): SetupProblem {
    const subject = guardrail === null ? `the rule ${rule}` : `the guardrail ${guardrail}`;
    const { line, column, start, end } = place;
    return {
      stage,
      code,
      level,
      message: `${subject} ${message}`,
      remedy,
      subject: this.#file,
      place: { line, column, endLine: line, endColumn: column + (end - start) },
      ruleId: null,
    };
  }
}
