/** The value of `LOCKSTEP_<name>`, else of `SEMGREP_<name>`, for the first name that has one; empty ones do not count. */
export function readEnvironment(env: NodeJS.ProcessEnv, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = env[`LOCKSTEP_${name}`] || env[`SEMGREP_${name}`];
    if (value) return value;
  }
  return null;
}

/** Whether to colour: true or false where somebody said so, null where it depends on the stream. */
export function readColor(forced: boolean, env: NodeJS.ProcessEnv): boolean | null {
  if (forced) return true;
  const wanted = readEnvironment(env, 'FORCE_COLOR') ?? (env['FORCE_COLOR'] || null);
  if (wanted !== null) return wanted !== '0' && wanted !== 'false';
  return env['NO_COLOR'] ? false : null;
}
