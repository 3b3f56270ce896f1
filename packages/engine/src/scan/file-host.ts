import type { Binding, Bindings, RangeMatch } from '../match/bindings.ts';
import { captureBindings } from '../match/captures.ts';
import { type ConstantValue, type Leaf, type MatchHost, type MatchTarget, visibleText } from '../match/target.ts';
import type { FileFacts } from '../names/file-facts.ts';
import type { LoadedLanguages } from '../patterns/loaded-languages.ts';
import type { MatchOptions } from '../patterns/match-options.ts';
import { typeMatches } from '../patterns/match-type.ts';
import { unifyBindings } from '../patterns/unify.ts';
import { MatchLimitError, type PatternSearch, walkPatterns } from '../patterns/walk-patterns.ts';
import { fileKind } from '../text/file-kind.ts';
import type { CompiledRegex } from '../text/pcre.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import type { LeafCompiler } from './compile-leaf.ts';
import { GenericDocuments, type GenericPattern } from './generic-pattern.ts';
import { type ParsedText, parseText } from './parsed-text.ts';

/** What all rules share of one file beside its tree. */
export class SharedTexts {
  readonly documents = new GenericDocuments();
  private readonly text: string;
  private readable: boolean | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** Neither binary nor minified. */
  get isReadable(): boolean {
    this.readable ??= !['binary', 'minified'].includes(fileKind(this.text));
    return this.readable;
  }
}

/** What evaluating formulas on one file asks of the engine: leaves, unification, values, nested texts. */
export class FileHost implements MatchHost {
  private readonly leaves: LeafCompiler;
  private readonly languages: LoadedLanguages;
  /** Facts of the file and of every text parsed on the way; a node belongs to the tree of its text. */
  private readonly parsed = new Map<string, ParsedText>();
  private readonly facts: FileFacts | null;
  private readonly shared: SharedTexts;
  private readonly options: Pick<MatchOptions, 'unifyIdsStrictly' | 'constantPropagation'>;

  constructor(
    leaves: LeafCompiler,
    languages: LoadedLanguages,
    file: ParsedText | null,
    shared: SharedTexts,
    options: Pick<MatchOptions, 'unifyIdsStrictly' | 'constantPropagation'>,
  ) {
    this.leaves = leaves;
    this.languages = languages;
    this.facts = file?.facts ?? null;
    this.shared = shared;
    this.options = options;
  }

  matchLeaf(leaf: Leaf, target: MatchTarget, seed: Bindings): RangeMatch[] {
    const matcher = this.leaves.matcher(leaf);
    if (matcher.kind === 'regex') return matchRegex(matcher.regex, target);
    if (matcher.kind === 'generic') return this.matchGeneric(matcher.pattern, target);
    const facts = this.factsOf(target);
    if (target.roots === null || facts === null) return [];
    const search: PatternSearch = { pattern: matcher.pattern, seed, longestOnly: matcher.longestOnly };
    const [found] = walkPatterns(target.roots, [search], facts);
    if (found === null || found === undefined) throw new MatchLimitError();
    return found;
  }

  private matchGeneric(pattern: GenericPattern, target: MatchTarget): RangeMatch[] {
    if (pattern.skipsUnreadable && !this.shared.isReadable) return [];
    return pattern.match(target, this.shared.documents);
  }

  unify(a: Binding, b: Binding): boolean {
    return unifyBindings(a, b, this.facts, this.options);
  }

  constantOf(binding: Binding): ConstantValue | null {
    if (binding.kind !== 'node' || this.facts === null) return null;
    return this.facts.constants.valueOf(binding.node)?.value ?? null;
  }

  /** The source of what a variable was last assigned; null where that is not certain. */
  assignedSource(binding: Binding): string | null {
    if (binding.kind !== 'node' || this.facts === null) return null;
    const source = assignedNode(binding.node, this.facts);
    return source === null ? null : this.facts.text.slice(source.start, source.end);
  }

  hasType(binding: Binding, types: readonly string[], target: MatchTarget): boolean {
    const facts = this.factsOf(target);
    const loaded = this.languages.get(target.language);
    if (binding.kind !== 'node' || facts === null || loaded === undefined) return false;
    return types.some((type) => typeMatches(type, binding.node, facts, loaded));
  }

  parse(text: string, language: string): MatchTarget | null {
    const loaded = this.languages.get(language);
    if (loaded === undefined) return null;
    const parsed = this.parsed.get(text) ?? parseText(text, loaded);
    this.parsed.set(text, parsed);
    if (parsed.tree.errors.length > 0) return null;
    return { language, text, start: 0, end: text.length, roots: [parsed.tree.root] };
  }

  private factsOf(target: MatchTarget): FileFacts | null {
    return this.facts?.text === target.text ? this.facts : (this.parsed.get(target.text)?.facts ?? null);
  }
}

function assignedNode(node: Node, facts: FileFacts): Node | null {
  if (node.kind !== Kind.Name) return null;
  const known = facts.constants.valueOf(node);
  if (known !== null) return known.isJoined ? null : known.literal;
  return facts.constants.symbolicOf(node);
}

/** All matches in the visible part of the text, groups as bindings. */
function matchRegex(regex: CompiledRegex, target: MatchTarget): RangeMatch[] {
  const visible = visibleText(target);
  return regex.findAll(visible).map((match) => {
    const start = target.start + match.start;
    const end = target.start + match.end;
    const bindings = captureBindings(match, { text: visible, start: target.start }, { start, end });
    return { start, end, bindings, kind: 'regex', node: null, fix: null };
  });
}
