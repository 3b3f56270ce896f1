import type { Binding } from '../match/bindings.ts';
import { type Concat, type Hole, type Interpolated, Kind, type Node, type Str } from '../tree/nodes.ts';
import { compileList } from './compile-list.ts';
import { compileStructure } from './compile-structure.ts';
import { type PatternCompiler, PatternError } from './compiler.ts';
import type { MatchContext, Matcher } from './match-context.ts';
import { compileStringRegex } from './string-regex.ts';

const METAVARIABLE = /^\$[A-Z_][A-Z_0-9]*$/;
const SEQUENCE = /^\$\.\.\.[A-Z_][A-Z_0-9]*$/;
/** One flag at most, and no newline: anything else is plain text. */
const REGEX = /^=~\/(.*)\/([im]?)$/;

/** What the content of a string pattern asks for (semantics 02 §1). */
type StringForm =
  | { kind: 'any' }
  | { kind: 'metavariable'; name: string }
  | { kind: 'regex'; test: (text: string) => boolean }
  | { kind: 'text'; text: string };

function stringForm(content: string): StringForm {
  if (content === '...') return { kind: 'any' };
  if (METAVARIABLE.test(content)) return { kind: 'metavariable', name: content };
  const regex = REGEX.exec(content);
  if (regex !== null) {
    const test = compileStringRegex(regex[1] ?? '', regex[2] ?? '');
    if (typeof test === 'string') throw new PatternError(`the regular expression in ${content} is not valid: ${test}`);
    return { kind: 'regex', test };
  }
  return { kind: 'text', text: content };
}

/**
 * A string literal. Without a prefix it matches any expression whose constant value fits: other prefixes, adjacent
 * literals, variables. With a prefix, or as adjacent literals, only its like.
 */
export function compileString(compiler: PatternCompiler, pattern: Str | Concat): Matcher {
  if (pattern.kind === Kind.Concat) return compileConcat(compiler, pattern);
  const form = stringForm(pattern.value);
  const match = compileForm(compiler, form);
  if (pattern.prefix !== '') {
    return (node, context, done) => {
      if (node.kind === Kind.Str && node.prefix === pattern.prefix) match(node.value, node, false, context, done);
    };
  }
  const propagates = compiler.options.constantPropagation;
  return (node, context, done) => {
    if (node.kind === Kind.Str && (propagates || node.prefix === ''))
      return match(node.value, node, false, context, done);
    if (!propagates || (node.kind === Kind.Operation && ONLY_THROUGH_VARIABLES.has(node.operator.name))) return;
    const known = context.facts.constants.valueOf(node);
    if (known === null) return;
    // An f-string of nothing has a value, but no literal to bind.
    if (form.kind === 'metavariable' && known.literal === null) return;
    if (known.value.kind === 'string') match(known.value.value, known.literal ?? node, known.isJoined, context, done);
    else if (known.value.kind === 'unknown' && known.value.type === 'string' && form.kind === 'any') done();
  };
}

/** Operators whose result is known to be a string only once it is in a variable. */
const ONLY_THROUGH_VARIABLES = new Set(['%', 'and', 'or']);

/** `literal` is where the value comes from, or the whole expression; `isJoined`: other pieces belong to the value too. */
type ValueMatcher = (value: string, literal: Node, isJoined: boolean, context: MatchContext, done: () => void) => void;

function compileForm(compiler: PatternCompiler, form: StringForm): ValueMatcher {
  switch (form.kind) {
    case 'any':
      return (_value, _literal, _isJoined, _context, done) => done();
    case 'text':
      return (value, _literal, _isJoined, _context, done) => {
        if (value === form.text) done();
      };
    case 'regex':
      return (value, _literal, _isJoined, _context, done) => {
        if (form.test(value)) done();
      };
    case 'metavariable': {
      const slot = compiler.slot(form.name);
      return (value, literal, isJoined, context, done) =>
        context.bind(slot, contentBinding(value, literal, isJoined, context.facts.text), done);
    }
  }
}

/**
 * Binds the content: without the quotes where the value stands in the literal as it is, else the whole literal (escapes
 * were decoded, or other pieces belong to the value).
 */
function contentBinding(value: string, node: Node, isJoined: boolean, source: string): Binding {
  const range = node.kind === Kind.Str && !isJoined ? valueRange(value, node, source) : node;
  return { kind: 'text', text: value, node, literal: true, start: range.start, end: range.end };
}

function valueRange(value: string, literal: Str, source: string): { start: number; end: number } {
  const { contentStart, contentEnd } = literal;
  // The reference looks for the value in the literal, and finds an empty one before the quotes.
  if (value === '') return { start: literal.start, end: literal.start };
  if (contentEnd - contentStart === value.length) return { start: contentStart, end: contentEnd };
  const at = source.indexOf(value, literal.start);
  return at >= 0 && at + value.length <= literal.end ? { start: at, end: at + value.length } : literal;
}

/** Adjacent literals match the same pieces, those of f-strings included. */
function compileConcat(compiler: PatternCompiler, pattern: Concat): Matcher {
  const parts = literalPieces(pattern).map((part) => asListElement(part));
  const matchParts = compileList(compiler, parts, {
    sequences: true,
    prefix: false,
    element: (part) => compilePiece(compiler, part),
  });
  return (node, context, done) => {
    if (node.kind === Kind.Concat || node.kind === Kind.Interpolated) matchParts(literalPieces(node), context, done);
  };
}

/** The pieces of adjacent literals and f-strings, one list. */
function literalPieces(node: Node): Node[] {
  return node.kind === Kind.Concat || node.kind === Kind.Interpolated ? node.parts.flatMap(literalPieces) : [node];
}

/**
 * An f-string: literal pieces and holes in order. A piece that is exactly `...` stands for any number of pieces,
 * `$...X` binds a run of them.
 */
export function compileInterpolated(compiler: PatternCompiler, pattern: Interpolated | Hole): Matcher {
  if (pattern.kind === Kind.Hole) return compileHole(compiler, pattern);
  const parts = pattern.parts.map((part) => asListElement(part));
  const matchParts = compileList(compiler, parts, {
    sequences: true,
    prefix: false,
    element: (part) => compilePiece(compiler, part),
  });
  return (node, context, done) => {
    if (node.kind === Kind.Interpolated) matchParts(node.parts, context, done);
  };
}

/** Literal `...` and `$...X` pieces become the list elements that they stand for. */
function asListElement(part: Node): Node {
  if (part.kind !== Kind.Str) return part;
  const { id, start, end, value } = part;
  if (value === '...') return { kind: Kind.Ellipsis, id, start, end };
  if (SEQUENCE.test(value)) return { kind: Kind.MetavariableSequence, id, start, end, name: value };
  return part;
}

function compilePiece(compiler: PatternCompiler, part: Node): Matcher {
  if (part.kind === Kind.Hole) return compileHole(compiler, part);
  if (part.kind !== Kind.Str) return compiler.root(part);
  const match = compileForm(compiler, stringForm(part.value));
  return (node, context, done) => {
    if (node.kind === Kind.Str) match(node.value, node, false, context, done);
  };
}

/** `{$X}` matches holes without conversion, format or `=`. */
function compileHole(compiler: PatternCompiler, pattern: Hole): Matcher {
  const matchExpression = compiler.expression(pattern.expression);
  const isBare = pattern.format === '' && pattern.nested.length === 0;
  if (!isBare) return compileStructure(compiler, pattern);
  return (node, context, done) => {
    if (node.kind === Kind.Hole && node.format === '') matchExpression(node.expression, context, done);
  };
}
