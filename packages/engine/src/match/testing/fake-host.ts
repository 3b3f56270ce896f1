/**
 * A stand-in for the matching engine, for the tests of what is built on it: expressions of names, integers, strings in
 * double quotes and calls, one a line or nested; patterns are the same with `$X`, `"$X"`, `$...A` and `...`.
 * `def(...)`-like calls do for whatever encloses something.
 */

import { compileRegex } from '../../text/pcre.ts';
import { TreeBuilder } from '../../tree/builder.ts';
import { Kind, type Node } from '../../tree/nodes.ts';
import { type Binding, type Bindings, NO_BINDINGS, type RangeMatch } from '../bindings.ts';
import { captureBindings } from '../captures.ts';
import type { CompileLeaf } from '../formula.ts';
import { type ConstantValue, type Leaf, type MatchHost, type MatchTarget, visibleText } from '../target.ts';

export class FakeHost implements MatchHost {
  /** Values of names, as constant propagation would find them. */
  constants: Record<string, ConstantValue> = {};
  /** Types of names. */
  types: Record<string, string> = {};
  /** Leaves in the order in which they were matched, by text. */
  matched: string[] = [];
  #leaves = 0;

  compileLeaf: CompileLeaf = ({ kind, text, language, location }) => {
    if (text === 'bad(') return { ok: false, problem: { message: `bad pattern in ${language}`, remedy: '', location } };
    const selector = kind === 'pattern' && /^\$[A-Z]+$/.test(text) ? text : null;
    return { ok: true, leaf: { id: this.#leaves++, kind, text, selector, isCommon: false } };
  };

  matchLeaf(leaf: Leaf, target: MatchTarget, seed: Bindings = NO_BINDINGS): RangeMatch[] {
    this.matched.push(leaf.text);
    return leaf.kind === 'regex' ? matchRegex(leaf, target) : this.#matchPattern(leaf, target, seed);
  }

  /** Identifiers and contents of strings by text, other code by source; all in the one text of the test. */
  unify(a: Binding, b: Binding): boolean {
    return unifyText(a) === unifyText(b);
  }

  constantOf(binding: Binding): ConstantValue | null {
    const node = binding.kind === 'node' ? binding.node : null;
    return (node?.kind === Kind.Name && this.constants[node.name]) || null;
  }

  hasType(binding: Binding, types: readonly string[]): boolean {
    const type = binding.kind === 'node' && binding.node.kind === Kind.Name ? this.types[binding.node.name] : undefined;
    return type !== undefined && types.includes(type);
  }

  parse(text: string, language: string): MatchTarget | null {
    const target = parseTarget(text.replace('<?php', '     '), language);
    return target && { ...target, text };
  }

  #matchPattern(leaf: Leaf, target: MatchTarget, seed: Bindings): RangeMatch[] {
    const pattern = parseTarget(leaf.text, 'pattern')?.roots?.[0];
    if (!pattern) throw new Error(`not a pattern of the fake engine: ${leaf.text}`);
    return (target.roots ?? []).flatMap(withDescendants).flatMap((node) => {
      const { start, end } = node;
      return this.#matches(pattern, node, seed).map((bindings): RangeMatch => {
        return { start, end, bindings, kind: 'plain', node, fix: null };
      });
    });
  }

  #matches(pattern: Node, node: Node, bindings: Bindings): Bindings[] {
    if (pattern.kind === Kind.Name && pattern.name.startsWith('$')) {
      return this.#bind(bindings, pattern.name, { kind: 'node', node, start: node.start, end: node.end });
    }
    if (pattern.kind === Kind.Str && pattern.value.startsWith('$')) {
      if (node.kind !== Kind.Str) return [];
      const { value: text, contentStart: start, contentEnd: end } = node;
      return this.#bind(bindings, pattern.value, { kind: 'text', text, node, literal: true, start, end });
    }
    if (pattern.kind !== node.kind) return [];
    if (pattern.kind === Kind.Call && node.kind === Kind.Call) {
      const callees = this.#matches(pattern.callee, node.callee, bindings);
      return callees.flatMap((callee) => this.#matchList(pattern.args, node.args, callee));
    }
    return printed(pattern) === printed(node) ? [bindings] : [];
  }

  #matchList(patterns: Node[], nodes: Node[], bindings: Bindings): Bindings[] {
    const [pattern, ...rest] = patterns;
    if (!pattern) return nodes.length === 0 ? [bindings] : [];
    const sequence = pattern.kind === Kind.Name && /^(\.\.\.|\$\.\.\.)/.test(pattern.name) ? pattern.name : null;
    if (sequence === null) {
      const [first, ...others] = nodes;
      return first ? this.#matches(pattern, first, bindings).flatMap((b) => this.#matchList(rest, others, b)) : [];
    }
    return [...nodes.keys(), nodes.length].flatMap((length) => {
      const taken = nodes.slice(0, length);
      const [start, end] = length === 0 ? [-1, -1] : [taken[0]!.start, taken.at(-1)!.end];
      const bound =
        sequence === '...' ? [bindings] : this.#bind(bindings, sequence, { kind: 'nodes', nodes: taken, start, end });
      return bound.flatMap((b) => this.#matchList(rest, nodes.slice(length), b));
    });
  }

  #bind(bindings: Bindings, name: string, binding: Binding): Bindings[] {
    const bound = bindings.get(name);
    if (bound) return this.unify(bound, binding) ? [bindings] : [];
    return [new Map(bindings).set(name, binding)];
  }
}

export function parseTarget(text: string, language: string): MatchTarget | null {
  const roots = language === 'generic' || language === 'regex' ? null : parseLines(text);
  return roots === undefined ? null : { language, text, start: 0, end: text.length, roots };
}

function matchRegex(leaf: Leaf, target: MatchTarget): RangeMatch[] {
  const regex = compileRegex(leaf.text, { multiline: true });
  if (regex.kind === 'problem') throw new Error(regex.message);
  const text = visibleText(target);
  return regex.findAll(text).map((match) => ({
    start: match.start + target.start,
    end: match.end + target.start,
    bindings: captureBindings(match, { text, start: target.start }, target),
    kind: 'regex',
    node: null,
    fix: null,
  }));
}

const TOKEN = /\s*(?:(?<name>\$?\.\.\.[A-Z]*|\$?[\w.]+)|"(?<string>(?:[^"\\]|\\.)*)"|(?<sign>[(),]))/y;

/** undefined where the text is nothing of the kind. */
function parseLines(text: string): Node[] | undefined {
  const build = new TreeBuilder();
  const token = new RegExp(TOKEN);
  const roots: Node[] = [];
  const next = () => {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) {
      token.lastIndex = at;
      return null;
    }
    const start = at + /^\s*/.exec(match[0])![0].length;
    return { groups: match.groups!, start, end: token.lastIndex, back: () => (token.lastIndex = at) };
  };
  const expression = (): Node | null => {
    const first = next();
    if (!first || first.groups['sign']) return null;
    const { groups, start, end } = first;
    let node: Node;
    if (groups['string'] !== undefined) {
      const value = groups['string'].replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
      node = build.str(start, end, value, '', start + 1, end - 1, false);
    } else if (/^\d/.test(groups['name']!)) {
      node = build.int(start, end, BigInt(groups['name']!), groups['name']!);
    } else {
      node = build.name(start, end, groups['name']!);
    }
    for (let sign = next(); sign; sign = next()) {
      if (sign.groups['sign'] !== '(') {
        sign.back();
        break;
      }
      const list = args();
      if (!list) return null;
      node = build.call(start, token.lastIndex, node, list);
    }
    return node;
  };
  const args = (): Node[] | null => {
    const list: Node[] = [];
    for (;;) {
      const close = next();
      if (!close) return null;
      if (close.groups['sign'] === ')') return list;
      if (close.groups['sign'] !== ',') close.back();
      const arg = expression();
      if (!arg) return null;
      list.push(arg);
    }
  };
  while (token.lastIndex < text.trimEnd().length) {
    const root = expression();
    if (!root) return undefined;
    roots.push(root);
  }
  return roots;
}

function withDescendants(node: Node): Node[] {
  return node.kind === Kind.Call ? [node, ...[node.callee, ...node.args].flatMap(withDescendants)] : [node];
}

function printed(node: Node): string {
  if (node.kind === Kind.Call) return `${printed(node.callee)}(${node.args.map(printed).join()})`;
  if (node.kind === Kind.Str) return JSON.stringify(node.value);
  return node.kind === Kind.Int ? node.text : (node as { name: string }).name;
}

function unifyText(binding: Binding): string {
  if (binding.kind === 'text') return binding.text;
  return binding.kind === 'node' ? printed(binding.node) : binding.nodes.map(printed).join();
}
