import type { FileFacts } from '../names/file-facts.ts';
import type { Node } from '../tree/nodes.ts';
import { PatternCompiler } from './compiler.ts';
import { MatchContext, type Matcher } from './match-context.ts';
import { defaultMatchOptions, type MatchOptions } from './match-options.ts';
import { type LoadedLanguage, parsePattern } from './parse-pattern.ts';

/** Types are compared as they are written. */
const TYPE_OPTIONS: MatchOptions = { ...defaultMatchOptions(), constantPropagation: false };

const compiled = new WeakMap<LoadedLanguage, Map<string, { match: Matcher; slots: number } | null>>();

/** Whether the expression is known to have the type that `type` spells in the language (semantics 03 §9). */
export function typeMatches(type: string, node: Node, facts: FileFacts, loaded: LoadedLanguage): boolean {
  const matcher = compileType(type, loaded);
  if (matcher === null) return false;
  const context = new MatchContext(matcher.slots, facts, TYPE_OPTIONS);
  let found = false;
  for (const known of facts.types.typesOf(node)) {
    matcher.match(known, context, () => {
      found = true;
    });
  }
  return found;
}

function compileType(type: string, loaded: LoadedLanguage): { match: Matcher; slots: number } | null {
  const types = compiled.get(loaded) ?? new Map<string, { match: Matcher; slots: number } | null>();
  compiled.set(loaded, types);
  const known = types.get(type);
  if (known !== undefined) return known;
  const parsed = parsePattern(type, loaded);
  let result: { match: Matcher; slots: number } | null = null;
  if (typeof parsed !== 'string' && parsed.kind === 'expression') {
    const compiler = new PatternCompiler(TYPE_OPTIONS);
    const match = compiler.typeMatcher(parsed.root);
    result = { match, slots: compiler.names.length };
  }
  types.set(type, result);
  return result;
}
