/** Strings, whose `$` is text, and runs of what a name or a metavariable is made of. */
const TOKENS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?:\$\.\.\.|[\p{ID_Continue}$])+/gsu;
const METAVARIABLE = /^\$(\.\.\.)?[A-Z_][A-Z_0-9]*$/;

/** What is wrong with the first `$` of a pattern that is part of no metavariable, such as `test_$N`; null without one. */
export function malformedMetavariable(pattern: string): string | null {
  for (const [token] of pattern.matchAll(TOKENS)) {
    if (/^["']/.test(token) || !token.includes('$') || METAVARIABLE.test(token)) continue;
    const remedy = `write \`${intendedName(token)}\`, and \`metavariable-regex\` for what the name looks like`;
    return `\`${token}\` is not a metavariable, which is a whole name in capitals; ${remedy}`;
  }
  return null;
}

function intendedName(token: string): string {
  const own = /\$(\.\.\.)?[A-Z]([A-Z_0-9]*[A-Z0-9])?/.exec(token);
  if (own !== null) return own[0];
  return /^\$[a-z]\w*$/.test(token) ? token.toUpperCase() : '$X';
}
