/**
 * Rule text → YAML tree, with every problem of the YAML itself.
 *
 * The `yaml` package says exactly what is wrong with a text, and is slow: cold, 323 rule files cost it 430 ms of a
 * processor. Nearly all files are written in the ordinary way and without mistakes; these `read-plain-yaml.ts` reads
 * from js-yaml's events in 180 ms, and leaves the rest to this reader. A parser of our own for the plain style was
 * quicker still, but 680 lines of YAML are not what this project exists for.
 *
 * Rule files come from strangers, so the reader is bounded: nesting is measured on the token tree, which is built
 * without recursion, before the composer (which recurses, and whose overflow can take the whole process down)
 * sees it; and aliases may not multiply into more nodes than a file could reasonably hold.
 */

import type { Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { type Alias, Composer, CST, type Document, isAlias, isMap, isScalar, isSeq, type Pair, Parser } from 'yaml';
import type { YamlProblem } from './problem.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { explainYamlError } from './yaml-errors.ts';
import { blockScalar, type Span, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.ts';

export interface YamlFile {
  /** null for an empty file, and for one whose text could not be read at all. */
  root: YamlNode | null;
  problems: YamlProblem[];
}

/** Real rules nest about 20 deep; the composer overflows the stack near 800. */
export const MAX_DEPTH = 100;
/** Nodes that aliases may add by being expanded; a rule pack that shares metadata adds hundreds. */
const MAX_ALIAS_NODES = 100_000;
/** After the first few errors the rest are echoes of them. */
const MAX_SYNTAX_ERRORS = 10;

/** Reads a YAML or JSON text. Never throws; the tree holds what could be understood. */
export function readYaml(text: string): YamlFile {
  const root = readPlainYaml(text);
  return root === null ? readAnyYaml(text) : { root, problems: [] };
}

/** What `readYaml` does for texts that are not written in the ordinary way. */
export function readAnyYaml(text: string): YamlFile {
  const tokens = [...new Parser().parse(text)];
  const tooDeep = tokens.map(findTooDeep).find((token) => token !== null);
  if (tooDeep != null) return { root: null, problems: [nestingProblem(tooDeep)] };
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent', stringKeys: false });
  const [first, ...others] = [...composer.compose(tokens, /* forceDoc */ true, text.length)];
  if (first === undefined) return { root: null, problems: [] };
  const problems = syntaxProblems(first, tokens, text);
  for (const other of others.slice(0, 1)) problems.push(severalDocuments(other, text));
  const conversion = new Conversion(text, problems);
  const root = first.contents === null ? null : conversion.node(first.contents, 0);
  return { root: isEmptyDocument(root) ? null : root, problems };
}

function isEmptyDocument(root: YamlNode | null): boolean {
  return root === null || (root.kind === 'scalar' && root.value === null && root.start === root.end);
}

/** One problem a line, and nothing after a lost indentation: what follows is read wrongly because of it. */
function syntaxProblems(document: Document, tokens: CST.Token[], text: string): YamlProblem[] {
  const problems: YamlProblem[] = [];
  const tags = document.warnings.filter((warning) => warning.code === 'TAG_RESOLVE_FAILED');
  const lines = new Set<number>();
  for (const error of [...document.errors, ...tags].sort((a, b) => a.pos[0] - b.pos[0])) {
    const line = text.lastIndexOf('\n', error.pos[0] - 1);
    if (lines.has(line)) continue;
    lines.add(line);
    problems.push(explainYamlError(error, tokens, text));
    if (error.code === 'BAD_INDENT' || problems.length === MAX_SYNTAX_ERRORS) break;
  }
  return problems;
}

function severalDocuments(document: Document, text: string): YamlProblem {
  const start = Math.min(document.range?.[0] ?? 0, text.length);
  return {
    code: 'yaml-documents',
    message: 'a second YAML document starts here; a rule file holds one',
    suggestion: 'put all rules under one `rules:` and remove the `---`',
    start,
    end: start,
  };
}

function nestingProblem(token: CST.Token): YamlProblem {
  return {
    code: 'yaml-limit',
    message: `nested more than ${MAX_DEPTH} levels deep`,
    suggestion: '',
    start: token.offset,
    end: token.offset + 1,
  };
}

/** The first collection deeper than allowed, found without recursion. */
function findTooDeep(root: CST.Token): CST.Token | null {
  const pending: { token: CST.Token; depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.depth > MAX_DEPTH && CST.isCollection(next.token)) return next.token;
    for (const child of childTokens(next.token)) pending.push({ token: child, depth: next.depth + 1 });
  }
  return null;
}

function childTokens(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!CST.isCollection(token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((child) => child != null));
}

/** One walk from the package's document to our tree: resolves aliases and merges, finds repeated keys. */
class Conversion {
  readonly #text: string;
  readonly #problems: YamlProblem[];
  readonly #anchors = new Map<string, { node: YamlNode; size: number }>();
  /** Levels below each collection: aliases share nodes, so measuring afterwards could take exponential time. */
  readonly #heights = new Map<YamlNode, number>();
  /** Nodes so far, aliases counted at their full size. */
  #size = 0;
  #aliasNodes = 0;

  constructor(text: string, problems: YamlProblem[]) {
    this.#text = text;
    this.#problems = problems;
  }

  node(node: unknown, depth: number): YamlNode {
    const sizeBefore = this.#size;
    this.#size++;
    if (isAlias(node)) return this.#alias(node, depth);
    const converted = this.#ownNode(node, depth);
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, { node: converted, size: this.#size - sizeBefore });
    return converted;
  }

  #ownNode(node: unknown, depth: number): YamlNode {
    if (isMap(node)) return this.#map(node, depth);
    if (isSeq(node)) return this.#seq(node, depth);
    if (isScalar(node)) return this.#scalar(node);
    return { kind: 'scalar', value: null, start: 0, end: 0 };
  }

  #scalar(node: Scalar): YamlNode {
    const span = spanOf(node);
    const value = node.value;
    if (node.type?.startsWith('BLOCK') === true && typeof value === 'string') {
      return blockScalar(this.#text, value, span.start, span.end);
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
      return { kind: 'scalar', value, ...span };
    }
    // Dates and binary exist only under YAML 1.1 and explicit tags; rules mean their text.
    return { kind: 'scalar', value: this.#text.slice(span.start, span.end), ...span };
  }

  #seq(seq: YAMLSeq, depth: number): YamlNode {
    const items = seq.items.map((item) => this.node(item, depth + 1));
    return this.#measured({ kind: 'seq', items, ...this.#collectionSpan(seq, items.at(-1)) }, items);
  }

  #map(map: YAMLMap, depth: number): YamlMap {
    const entries: YamlEntry[] = [];
    const seen = new Map<string, YamlEntry>();
    const merged: YamlNode[] = [];
    let last: YamlNode | undefined;
    for (const pair of map.items) {
      const value = this.#pairValue(pair, depth);
      if (isMergeKey(pair.key)) {
        merged.push(...(value.kind === 'seq' ? value.items : [value]));
        continue;
      }
      const entry = { ...this.#key(pair.key, depth), value };
      last = value;
      const first = seen.get(entry.key);
      if (first !== undefined) {
        this.#problems.push(duplicateKey(entry, first, this.#text));
        continue;
      }
      seen.set(entry.key, entry);
      entries.push(entry);
    }
    const span = this.#collectionSpan(map, last);
    addMerged(entries, seen, merged);
    return this.#measured(
      { kind: 'map', entries, ...span },
      entries.map((entry) => entry.value),
    );
  }

  #pairValue(pair: Pair, depth: number): YamlNode {
    if (pair.value != null) return this.node(pair.value, depth + 1);
    const end = isScalar(pair.key) ? spanOf(pair.key).end : 0;
    return { kind: 'scalar', value: null, start: end, end };
  }

  #key(key: unknown, depth: number): { key: string; keyStart: number; keyEnd: number } {
    const node = this.node(key, depth + 1);
    const { start, end } = isAlias(key) ? spanOf(key) : node;
    const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : this.#text.slice(start, end);
    return { key: text, keyStart: start, keyEnd: end };
  }

  #alias(alias: Alias, depth: number): YamlNode {
    const span = spanOf(alias);
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      // A bare `*` is a syntax error of its own.
      if (alias.source === '') return { kind: 'scalar', value: null, ...span };
      this.#problems.push({
        code: 'yaml-value',
        message: `\`*\` refers to the anchor \`&${alias.source}\`, which is not defined before this place`,
        suggestion: 'a text that starts with `*` must be quoted',
        ...span,
      });
      return { kind: 'scalar', value: null, ...span };
    }
    this.#size += target.size;
    this.#aliasNodes += target.size;
    const depthBelow = this.#heights.get(target.node) ?? 0;
    if (this.#aliasNodes <= MAX_ALIAS_NODES && depth + depthBelow <= MAX_DEPTH) return target.node;
    if (!this.#problems.some((problem) => problem.code === 'yaml-limit')) {
      this.#problems.push({
        code: 'yaml-limit',
        message: `anchors and aliases multiply into more than ${MAX_ALIAS_NODES} values or ${MAX_DEPTH} levels`,
        suggestion: 'write the values out',
        ...span,
      });
    }
    return { kind: 'scalar', value: null, ...span };
  }

  #measured<T extends YamlNode>(node: T, children: YamlNode[]): T {
    let height = 0;
    for (const child of children) height = Math.max(height, this.#heights.get(child) ?? 0);
    this.#heights.set(node, height + 1);
    return node;
  }

  /** Block collections have no end of their own: theirs is that of their last child. */
  #collectionSpan(node: YAMLMap | YAMLSeq, last: YamlNode | undefined): Span {
    const span = spanOf(node);
    if (node.flow === true || last === undefined) return span;
    return { start: span.start, end: Math.max(span.start, Math.min(last.end, span.end)) };
  }
}

function spanOf(node: { range?: readonly [number, number, number] | null | undefined }): Span {
  return { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/** Keys written in the mapping win over merged ones, and earlier merged mappings over later ones. */
function addMerged(entries: YamlEntry[], seen: Map<string, YamlEntry>, merged: YamlNode[]): void {
  for (const source of merged) {
    if (source.kind !== 'map') continue;
    for (const entry of source.entries) {
      if (seen.has(entry.key)) continue;
      seen.set(entry.key, entry);
      entries.push(entry);
    }
  }
}

function duplicateKey(entry: YamlEntry, first: YamlEntry, text: string): YamlProblem {
  const line = text.slice(0, first.keyStart).split('\n').length;
  return {
    code: 'duplicate-key',
    message: `the key \`${entry.key}\` stands twice in one mapping (first on line ${line})`,
    suggestion: 'keep one, or write a second list item with its own hyphen',
    start: entry.keyStart,
    end: entry.keyEnd,
  };
}
