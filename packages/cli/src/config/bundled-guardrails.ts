import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigProblem } from './config-problem.ts';
import { isGuardrailManifest } from './rule-file-names.ts';

const scheme = 'lockstep:';

export type BundledConfig =
  | { ok: true /** Relative to the bundled guardrails. */; folder: string }
  | { ok: false; problem: ConfigProblem };

/**
 * Resolves `lockstep:default` (all guardrails that come with Lockstep) and `lockstep:<guardrail>`; null if the value is
 * of another kind. `bundledGuardrails` is their folder, absolute, or null if this build has none.
 */
export function resolveBundled(value: string, bundledGuardrails: string | null): BundledConfig | null {
  if (!value.startsWith(scheme)) return null;
  const name = value.slice(scheme.length);
  if (bundledGuardrails === null) {
    return unknown(value, 'this build comes without guardrails', 'Pass the path of a rule file or folder.');
  }
  const names = bundledNames(bundledGuardrails);
  if (name === 'default') return { ok: true, folder: '' };
  if (names.includes(name)) return { ok: true, folder: name };
  return unknown(value, 'there is no such guardrail', `Known: ${['default', ...names].join(', ')}.`);
}

/** Only names that exist are accepted, so that nothing like `lockstep:../x` leads out of the folder. */
export function bundledNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isGuardrail(join(folder, entry.name)))
    .map((entry) => entry.name)
    .sort();
}

function isGuardrail(folder: string): boolean {
  return readdirSync(folder).some(isGuardrailManifest);
}

function unknown(value: string, reason: string, remedy: string): BundledConfig {
  const message = `${value} cannot be used: ${reason}`;
  return { ok: false, problem: { code: 'unknown-guardrail', level: 'fatal', subject: value, message, remedy } };
}
