/** Names of the file that makes a folder a guardrail. */
export const guardrailManifestNames = ['guardrail.yaml', 'guardrail.yml'] as const;

export function isGuardrailManifest(name: string): boolean {
  return (guardrailManifestNames as readonly string[]).includes(name);
}

/** Both spellings: one that nobody reads would look as if it were in force. */
export const PROJECT_FILES = ['lockstep.yaml', 'lockstep.yml'] as const;

/**
 * Tells whether a config folder's file is read as rules (semantics 01 §1.1): `.yml` or `.yaml`, case-sensitive, but no
 * `x.test.yaml`, and nothing with a `.fixed` part in its name. Hidden files count. `lockstep.yaml` names rules, and holds
 * none.
 */
export function isRuleFileName(name: string): boolean {
  if ((PROJECT_FILES as readonly string[]).includes(name)) return false;
  if (!/\.ya?ml$/.test(name) || /\.test\.ya?ml$/.test(name)) return false;
  return !/\.fixed(\.|$)/.test(name);
}
