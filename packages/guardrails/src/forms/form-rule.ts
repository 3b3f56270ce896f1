import type { RulePart } from './rule-text.ts';

/** What one entry of a short form becomes, before its guardrail adds what all of its rules share. */
export interface FormRule {
  /** Added to the id of the entry; '' for its first rule. */
  suffix: string;
  /** One sentence for people: what it looks for. */
  about: string;
  message: string;
  /** Everything of the rule that says what it finds: `patterns`, `mode`, `options`, … */
  body: RulePart;
  role: FormRole;
}

/** `inventory` finds everything that an entry is about, right or wrong, and is never reported. */
export type FormRole = 'fault' | 'misplaced' | 'inventory';

/** `a`, `a` or `b`, `a`, `b` or `c`; each as code. */
export function codeList(items: readonly string[], word: 'and' | 'or' | 'nor'): string {
  const quoted = items.map((item) => `\`${item.trim()}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted.at(-1)}`;
}
