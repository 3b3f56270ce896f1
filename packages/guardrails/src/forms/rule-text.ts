import type { Json } from '@lockstep/engine';

/** Parts of a rule in Semgrep syntax, as objects that become YAML. */
export type RulePart = { [operator: string]: Json };

/** All of these; one alone needs no list around it, and a conjunction among them adds its parts. */
export function all(parts: RulePart[]): RulePart {
  const flat = parts.flatMap((part) => (Array.isArray(part['patterns']) ? (part['patterns'] as RulePart[]) : [part]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined && ('pattern' in only || 'pattern-either' in only)
    ? only
    : { patterns: flat };
}

/** Any of these. */
export function any(parts: RulePart[]): RulePart {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { 'pattern-either': parts };
}

export function pattern(text: string): RulePart {
  return { pattern: text };
}

export function not(text: string): RulePart {
  return { 'pattern-not': text };
}

export function notInside(text: string): RulePart {
  return { 'pattern-not-inside': text };
}

export function focus(metavariable: string): RulePart {
  return { 'focus-metavariable': metavariable };
}

/** Nothing where there are none: for spreading into a list of parts. */
export function insideAny(texts: readonly string[]): RulePart[] {
  return texts.length === 0 ? [] : [any(texts.map((text) => ({ 'pattern-inside': text })))];
}

export function conditions(where: Readonly<Record<string, string>>): RulePart[] {
  return Object.entries(where).map(([metavariable, regex]) => ({ 'metavariable-regex': { metavariable, regex } }));
}
