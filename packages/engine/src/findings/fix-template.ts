import type { Binding, Bindings } from '../match/bindings.ts';
import { Kind } from '../tree/nodes.ts';
import { lineStartAt } from './line-start.ts';

/**
 * A `fix:` is text with holes, and filling the holes as they stand can break the code around them: an empty
 * `$...ARGS` leaves a comma behind, `$X.get()` changes meaning when `$X` is `a or b`. These functions adapt the
 * template to what is bound, before the names in it are replaced.
 */
export function adaptTemplate(template: string, bindings: Bindings, text: string, language: string): string {
  const ordered = language === 'python' ? putSequencesFirst(template, bindings) : template;
  return parenthesize(dropEmptySequences(ordered, bindings), bindings, text);
}

const SEQUENCE = /\$\.\.\.[A-Z_][A-Z_0-9]*/g;

/** `f(a, $...ARGS)` → `f(a)`: an empty sequence takes the comma before it along, or else the one after it. */
function dropEmptySequences(template: string, bindings: Bindings): string {
  const names = new Set(Array.from(template.matchAll(SEQUENCE), ([name]) => name));
  let rest = template;
  for (const name of names) {
    if (!isEmptySequence(bindings.get(name))) continue;
    const hole = `\\$\\.\\.\\.${name.slice(4)}(?![A-Z_0-9])`;
    rest = rest.replace(new RegExp(`,\\s*${hole}|${hole}(?:\\s*,\\s*)?`, 'g'), '');
  }
  return rest;
}

function isEmptySequence(binding: Binding | undefined): boolean {
  return binding?.kind === 'nodes' && binding.nodes.length === 0;
}

/** `f(x=1, $...ARGS)` → `f($...ARGS, x=1)` where a positional argument is bound: Python wants those first. */
function putSequencesFirst(template: string, bindings: Bindings): string {
  for (const match of template.matchAll(SEQUENCE)) {
    const [name] = match;
    if (!hasPositional(bindings.get(name))) continue;
    const keyword = firstKeywordArgument(template.slice(0, match.index));
    if (keyword === null) continue;
    const before = template.slice(keyword, match.index).replace(/,\s*$/, '');
    const after = template.slice(match.index + name.length);
    return putSequencesFirst(`${template.slice(0, keyword)}${name}, ${before}${after}`, bindings);
  }
  return template;
}

function hasPositional(binding: Binding | undefined): boolean {
  if (binding?.kind !== 'nodes') return false;
  return binding.nodes.some(
    (node) => node.kind !== Kind.Keyword && !(node.kind === Kind.Spread && node.operator === '**'),
  );
}

/** Offset of the first `name=` among the arguments of the call that is still open at the end of `head`, or null. */
function firstKeywordArgument(head: string): number | null {
  let depth = 0;
  let first: number | null = null;
  for (let at = head.length - 1; at >= 0; at--) {
    const character = head[at] ?? '';
    if (')]}'.includes(character)) depth++;
    else if ('([{'.includes(character) && depth-- === 0) return character === '(' ? first : null;
    else if (depth === 0) first = keywordAt(head, at) ?? first;
  }
  return null;
}

/** Where an argument starts behind the comma or parenthesis before `at`, if it is a keyword argument. */
function keywordAt(head: string, at: number): number | null {
  const startsArgument = /[(,]\s*$/.test(head.slice(0, at));
  return startsArgument && /^[A-Za-z_]\w*\s*=(?!=)/.test(head.slice(at)) ? at : null;
}

/** Puts parentheses around a bound operation where an operator, a member access or a call stands beside its hole. */
function parenthesize(template: string, bindings: Bindings, text: string): string {
  return template.replace(/\$[A-Z_][A-Z_0-9]*/g, (name, at: number) => {
    if (!isLooseExpression(bindings.get(name), text)) return name;
    const before = template.slice(lineStartAt(template, at), at);
    const after = /^[^\n]*/.exec(template.slice(at + name.length))?.[0] ?? '';
    return !insideQuotes(before) && (BINDS_LEFT.test(before) || BINDS_RIGHT.test(after)) ? `(${name})` : name;
  });
}

/** The end of what stands before a hole: an operator that would take only the first operand of what fills it. */
const BINDS_LEFT = /(?:[-+*/%!~&|^<]|[^-=]>|[=!<>]=|(?<!\bfor\b.*)\b(?:not|and|or|in|is|await))\s*$/;
/** The start of what stands after a hole. */
const BINDS_RIGHT = /^(?:\s*(?:[-+*/%&|^<>]|[=!]=|\?\.|\.(?!\.))|[[(]|\s+(?:and|or|not|in|is|if|instanceof)\b)/;

const LOOSE_KINDS: readonly Kind[] = [
  Kind.Operation,
  Kind.Conditional,
  Kind.Lambda,
  Kind.Await,
  Kind.Yield,
  Kind.Assign,
];

function isLooseExpression(binding: Binding | undefined, text: string): boolean {
  if (binding?.kind !== 'node' || !LOOSE_KINDS.includes(binding.node.kind)) return false;
  return !isParenthesized(text.slice(binding.start, binding.end));
}

/** True where the first parenthesis closes at the very end: `(a + b)`, not `(a) + (b)`. */
function isParenthesized(code: string): boolean {
  if (!code.startsWith('(') || !code.endsWith(')')) return false;
  let depth = 0;
  for (let at = 0; at < code.length; at++) {
    if (code[at] === '(') depth++;
    else if (code[at] === ')' && --depth === 0) return at === code.length - 1;
  }
  return false;
}

function insideQuotes(before: string): boolean {
  return ['"', "'", '`'].some((quote) => before.split(quote).length % 2 === 0);
}
