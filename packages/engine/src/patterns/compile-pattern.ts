import { ANY_WORDS, type PossibleName, type PossibleWords } from '../match/possible-words.ts';
import { type Ident, Kind, type Metavariable, type Name, type Node } from '../tree/nodes.ts';
import { compileSequence, type SequenceMatcher } from './compile-sequence.ts';
import { PatternCompiler, PatternError } from './compiler.ts';
import type { Matcher } from './match-context.ts';
import type { MatchOptions } from './match-options.ts';
import { metavariableNames } from './metavariable-names.ts';
import type { ParsedPattern } from './parse-pattern.ts';
import { requiredIdentifiers, requiredNames } from './required-identifiers.ts';

/** Where in a file a pattern can start, so that a walk tries it nowhere else. */
export interface StartHint {
  /** Node kinds at which it can start; null: any expression. */
  kinds: ReadonlySet<Kind> | null;
  /** Of a call, member or name: what the last identifier of its dotted name may be; null where it may be any. */
  names: readonly string[] | null;
}

/** A pattern ready to run; immutable, shared by all files of a scan. */
export interface CompiledPattern {
  kind: ParsedPattern['kind'];
  /** For all kinds but sequences. */
  match: Matcher;
  /** For sequences. */
  sequence: SequenceMatcher | null;
  /** Metavariables by slot. */
  names: readonly string[];
  options: MatchOptions;
  start: StartHint;
  /** Identifiers without which the pattern cannot match: they must all stand in the file's text. */
  identifiers: readonly string[];
  /** Each of these must stand in the file's text too; words with `@`, in a decorator (`decoratorWord`). */
  choices: readonly PossibleName[];
  /** A lone metavariable or `...`: it also matches operators and `with` items. */
  isWildcard: boolean;
  /** Those that must stand in the matched construct itself and are not looked up by the start hint already. */
  localIdentifiers: readonly string[];
  /** `$X` where the pattern is nothing else. */
  selector: string | null;
  /** Where a match of the pattern's root ends, which may be beyond the node (`for` … `else`). */
  endOf(node: Node): number;
}

/**
 * Compiles a parsed pattern; returns the reason where that is impossible. Where `words` says what a metavariable can be,
 * matches in which it is something else may be left out.
 */
export function compilePattern(
  parsed: ParsedPattern,
  options: MatchOptions,
  words: PossibleWords = ANY_WORDS,
): CompiledPattern | string {
  const roots = parsed.kind === 'sequence' ? parsed.statements : [parsed.root];
  const compiler = new PatternCompiler(options, metavariableNames(roots));
  try {
    const [first] = roots;
    if (first === undefined) return 'the pattern is empty';
    const isSequence = parsed.kind === 'sequence';
    const sequence = isSequence ? compileSequence(compiler, roots) : null;
    const match: Matcher = isSequence ? () => {} : compiler.root(first);
    const start = isSequence ? sequenceStart(first) : startHint(first, options, words);
    const identifiers = requiredIdentifiers(...roots);
    return {
      kind: parsed.kind,
      match,
      sequence,
      names: compiler.names,
      options,
      start,
      identifiers,
      choices: requiredNames(words, roots, options),
      localIdentifiers: localIdentifiers(identifiers, start, options),
      isWildcard: !isSequence && (first.kind === Kind.Metavariable || first.kind === Kind.Ellipsis),
      selector: first.kind === Kind.Metavariable && parsed.kind === 'expression' ? first.name : null,
      endOf: compileEnd(first),
    };
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

/** With symbolic propagation the identifiers may stand where the variable is assigned. */
function localIdentifiers(identifiers: readonly string[], start: StartHint, options: MatchOptions): readonly string[] {
  return options.symbolicPropagation ? [] : identifiers.filter((identifier) => !start.names?.includes(identifier));
}

/** `else` of a loop and `from` of a raise lie outside the range unless the pattern has them. */
function compileEnd(root: Node): (node: Node) => number {
  if ((root.kind === Kind.For || root.kind === Kind.While) && root.alternative !== null) {
    return (node) => ((node.kind === Kind.For || node.kind === Kind.While) && node.alternative?.end) || node.end;
  }
  if (root.kind === Kind.Raise && root.cause !== null) {
    return (node) => (node.kind === Kind.Raise && node.cause?.end) || node.end;
  }
  return (node) => node.end;
}

/** A sequence is tried at every statement unless its first statement has a kind of its own. */
function sequenceStart(first: Node): StartHint {
  const isOwn = first.kind !== Kind.ExpressionStatement && first.kind !== Kind.Return;
  return { kinds: isOwn ? startKinds(first) : null, names: null };
}

function startHint(root: Node, options: MatchOptions, words: PossibleWords): StartHint {
  const kinds = startKinds(root);
  // A variable's assigned expression may stand for the callee or object: then the written name says nothing.
  if (options.symbolicPropagation && root.kind !== Kind.Name) return { kinds, names: null };
  const last = lastName(root);
  const identifier = last !== null && last.kind !== Kind.Metavariable ? [last.name] : null;
  return { kinds, names: identifier ?? wordsOf(last, words) };
}

function startKinds(root: Node): ReadonlySet<Kind> | null {
  switch (root.kind) {
    case Kind.Metavariable:
    case Kind.Ellipsis:
    case Kind.Deep:
    case Kind.TypedMetavariable:
    case Kind.Str:
    case Kind.Int:
    case Kind.Float:
    case Kind.Constant:
      return null;
    case Kind.Member:
      return new Set(
        root.property.kind === Kind.Ellipsis ? [Kind.Member, Kind.Call, Kind.Name] : [Kind.Member, Kind.Name],
      );
    case Kind.Import:
    case Kind.ImportFrom:
      return new Set([Kind.Import, Kind.ImportFrom]);
    case Kind.Container:
      return new Set([Kind.Container, Kind.Comprehension]);
    case Kind.Concat:
      return new Set([Kind.Concat, Kind.Interpolated]);
    case Kind.ExpressionStatement:
      return null;
    default:
      return new Set([root.kind]);
  }
}

/** Of a call, member or name: the last part of its dotted name. */
function lastName(root: Node): Ident | Name | Metavariable | null {
  if (root.kind === Kind.Call) {
    const { callee } = root;
    if (callee.kind === Kind.Call) return null;
    return callee.kind === Kind.Metavariable ? callee : lastName(callee);
  }
  if (root.kind === Kind.Name) return root;
  if (root.kind !== Kind.Member) return null;
  const { property } = root;
  return property.kind === Kind.Ident || property.kind === Kind.Metavariable ? property : null;
}

function wordsOf(last: ReturnType<typeof lastName>, words: PossibleWords): readonly string[] | null {
  const name = last?.kind === Kind.Metavariable ? words.get(last.name) : undefined;
  return name?.kind === 'words' ? name.words : null;
}
