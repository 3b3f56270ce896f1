import type { RuleLocation } from '../rules/rule.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import { type BoundText, bindingText, boundText, stringContent } from './binding-text.ts';
import type { Binding, Bindings, RangeMatch } from './bindings.ts';
import type { Evaluation } from './evaluation.ts';
import type { CompiledFormula } from './formula.ts';
import { joinBindings } from './range-algebra.ts';
import type { Leaf, MatchTarget } from './target.ts';

export interface PatternCondition {
  kind: 'pattern';
  metavariable: string;
  formula: CompiledFormula;
  /** null for the language of the code around it. */
  language: string | null;
  location: RuleLocation;
}

/** What the nested formula is matched on. */
interface Searched {
  target: MatchTarget;
  /**
   * For a text of its own: what to add to its offsets to get those of the enclosing text; null where the two are
   * spelled differently.
   */
  shift: number | null;
  /** The target is the enclosing one, of which less is visible. */
  rerooted: boolean;
}

/**
 * `metavariable-pattern`: the formula must match somewhere within what the metavariable is bound to. Each match makes a
 * set of the bindings that are new (semantics 04 §4).
 */
export function checkPattern(
  condition: PatternCondition,
  binding: Binding,
  match: RangeMatch,
  evaluation: Evaluation,
): readonly Bindings[] | null {
  const searched =
    condition.language === null
      ? reroot(condition, binding, match, evaluation)
      : reparse(condition, condition.language, binding, match, evaluation);
  if (!searched) return null;
  const nested = nestedEvaluation(searched.target, match, evaluation);
  const found = nested.evaluate(condition.formula, nested);
  if (found.length === 0) return null;
  return found.flatMap((inner) => {
    const added = [...inner.bindings].filter(([name]) => !match.bindings.has(name));
    if (added.length === 0) return [];
    return [new Map(added.map(([name, of]) => [name, translate(of, searched, binding)]))];
  });
}

/** The same tree, of which only what the metavariable is bound to is visible. */
function reroot(
  condition: PatternCondition,
  binding: Binding,
  match: RangeMatch,
  evaluation: Evaluation,
): Searched | null {
  const { target } = evaluation;
  const roots = rootsOf(binding);
  const unparsed = target.roots === null && target.language === 'generic';
  if (binding.start < 0 || (roots === null && !unparsed)) {
    const remedy = binding.kind === 'text' ? '; say with `language` what its text is written in' : '';
    evaluation.report(`${condition.metavariable} is not bound to code${remedy}`, condition.location, match);
    return null;
  }
  const visible = { start: binding.start, end: binding.end, roots: unparsed ? null : roots };
  return { target: { ...target, ...visible }, shift: 0, rerooted: true };
}

/** Arguments and parameters in a row are no construct that a pattern could be matched on. */
function rootsOf(binding: Binding): readonly Node[] | null {
  if (binding.kind === 'node') return [binding.node];
  return binding.kind === 'nodes' && binding.nodes.every(isStatement) ? binding.nodes : null;
}

const NOT_STATEMENTS: readonly number[] = [Kind.ImportName, Kind.Parameter, Kind.Decorator, Kind.Case, Kind.Handler];

function isStatement(node: Node): boolean {
  return node.kind >= Kind.ExpressionStatement && node.kind <= Kind.Other && !NOT_STATEMENTS.includes(node.kind);
}

/** The content of a string, or for generic mode any piece of source, as a text of its own. */
function reparse(
  condition: PatternCondition,
  language: string,
  binding: Binding,
  match: RangeMatch,
  evaluation: Evaluation,
): Searched | null {
  const source = evaluation.textOf(binding);
  const content = stringContent(binding, source) ?? (language === 'generic' ? sourceOf(binding, source) : null);
  if (!content) return null;
  const prefix = language === 'php' && !content.text.trimStart().startsWith('<?') ? '<?php ' : '';
  const text = prefix + content.text;
  const target = hasTree(language)
    ? evaluation.host.parse(text, language)
    : { language, text, start: 0, end: text.length, roots: null };
  if (!target) {
    const message = `the text of ${condition.metavariable} could not be parsed as ${language}`;
    evaluation.report(message, condition.location, match);
    return null;
  }
  return { target, shift: content.start < 0 ? null : content.start - prefix.length, rerooted: false };
}

function sourceOf(binding: Binding, source: string): BoundText | null {
  return binding.kind === 'nodes' && binding.start >= 0
    ? { text: source.slice(binding.start, binding.end), start: binding.start }
    : boundText(binding, source);
}

function hasTree(language: string): boolean {
  return language !== 'generic' && language !== 'regex';
}

function nestedEvaluation(target: MatchTarget, match: RangeMatch, outer: Evaluation): Evaluation {
  const context: RangeMatch = {
    start: target.start,
    end: target.end,
    bindings: match.bindings,
    kind: 'plain',
    node: target.roots?.length === 1 ? target.roots[0]! : null,
    fix: null,
  };
  const known = new Map<Binding, string>();
  for (const binding of match.bindings.values()) known.set(binding, outer.textOf(binding));
  const matched = new Map<number, RangeMatch[]>();
  return {
    ...outer,
    target,
    context,
    leafMatches: (leaf) => {
      const matches = matched.get(leaf.id) ?? matchInContext(leaf, target, context, outer);
      matched.set(leaf.id, matches);
      return matches;
    },
    textOf: (binding) => known.get(binding) ?? target.text,
    // Offsets of a text of its own mean nothing to the reader: the match in the file is what the problem is about.
    report: (message, location) => outer.report(message, location, match),
  };
}

/** Every match carries the bindings made around it, and agrees with them. */
function matchInContext(leaf: Leaf, target: MatchTarget, context: RangeMatch, { host }: Evaluation): RangeMatch[] {
  const unify = (a: Binding, b: Binding): boolean => host.unify(a, b);
  return host.matchLeaf(leaf, target, context.bindings).flatMap((match) => {
    const bindings = joinBindings(match.bindings, context.bindings, unify);
    return bindings ? [{ ...match, bindings }] : [];
  });
}

/**
 * A binding of a text of its own as one of the enclosing text. It becomes plain text: its node belongs to a tree that
 * nothing outside can make sense of. Where offsets cannot be translated it stands for all that was searched.
 */
function translate(binding: Binding, { target, shift, rerooted }: Searched, outer: Binding): Binding {
  if (rerooted) return binding;
  const text = binding.kind === 'text' ? binding.text : (bindingText(binding, target.text) ?? '');
  const literal = binding.kind === 'text' && binding.literal;
  const placed = binding.start >= 0 && shift !== null && binding.start + shift >= outer.start;
  const [start, end] = placed ? [binding.start + shift, binding.end + shift] : [outer.start, outer.end];
  return { kind: 'text', text, node: null, literal, start, end };
}
