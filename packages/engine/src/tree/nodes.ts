/**
 * The uniform tree: one set of node kinds for every language. A language folder lowers its concrete tree into it,
 * patterns and code alike; everything above (names, matching, data flow) knows only these kinds.
 *
 * Nodes are plain objects. `start` and `end` are UTF-16 offsets into the source text (end exclusive) of the first and
 * last token that belong to the construct *as a finding reports it* (semantics 03 §1: a decorated definition starts
 * at its first `@`, parentheses around an expression belong to it, …). `id` is unique within a tree and counts up in
 * creation order, so side tables can be arrays.
 */

export const Kind = {
  // expressions
  Name: 1,
  Int: 2,
  Float: 3,
  Str: 4,
  Concat: 5,
  Interpolated: 6,
  Hole: 7,
  Constant: 8,
  Call: 9,
  Keyword: 10,
  Spread: 11,
  Member: 12,
  Index: 13,
  Slice: 14,
  Operation: 15,
  Assign: 16,
  CompoundAssign: 17,
  Conditional: 18,
  Await: 19,
  Yield: 20,
  Lambda: 21,
  Container: 22,
  Pair: 23,
  Comprehension: 24,
  ComprehensionFor: 25,
  ComprehensionIf: 26,
  // names that are not expressions, operators
  Ident: 30,
  Operator: 31,
  ModulePath: 32,
  // statements
  ExpressionStatement: 40,
  Block: 41,
  If: 42,
  While: 43,
  For: 44,
  Try: 45,
  Handler: 46,
  With: 47,
  Return: 48,
  Raise: 49,
  Assert: 50,
  Delete: 51,
  ScopeDeclaration: 52,
  Jump: 53,
  Import: 54,
  ImportFrom: 55,
  ImportName: 56,
  Function: 57,
  Parameter: 58,
  Class: 59,
  Decorator: 60,
  Switch: 61,
  Case: 62,
  Other: 63,
  // only in patterns
  Metavariable: 70,
  MetavariableSequence: 71,
  Ellipsis: 72,
  Deep: 73,
  TypedMetavariable: 74,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

interface Base {
  id: number;
  start: number;
  end: number;
}

/** What an identifier in an expression, or one that declares, resolves to; filled by `names/`. */
export interface Reference {
  /** Identity of the declaration within the file; 0: unresolved (a global of elsewhere, a builtin). */
  declaration: number;
  /** Dotted path of the imported entity or module, e.g. `['os', 'system']`; null where it is not imported. */
  canonical: readonly string[] | null;
}

/** Marks a name that was made from a module path, not read from code. */
export const MODULE_PATH_REFERENCE: Reference = { declaration: 0, canonical: [] };

export interface Name extends Base {
  kind: typeof Kind.Name;
  name: string;
  /** Where the identifier itself starts: parentheses around it belong to the range, but not to what is bound. */
  token: number;
  reference: Reference | null;
}
/** An identifier that is no expression: attribute, keyword, definition, parameter and import names. */
export interface Ident extends Base {
  kind: typeof Kind.Ident;
  name: string;
  reference: Reference | null;
}
export interface Int extends Base {
  kind: typeof Kind.Int;
  /** null where it does not fit 64 bits: compare `text` then. */
  value: bigint | null;
  text: string;
}
export interface Float extends Base {
  kind: typeof Kind.Float;
  /** NaN where the literal is not a plain number (imaginary …): compare `text` then. */
  value: number;
  text: string;
}
export interface Str extends Base {
  kind: typeof Kind.Str;
  /** Content without quotes, one-character escapes decoded where the language does so (semantics 03 §10). */
  value: string;
  /** Lower-case prefix that changes the kind of string (`b`, `r`, `u` …); empty for none. */
  prefix: string;
  contentStart: number;
  contentEnd: number;
  /** A literal piece of an interpolated string: it has no quotes of its own. */
  piece: boolean;
}
/** Adjacent literals. */
export interface Concat extends Base {
  kind: typeof Kind.Concat;
  parts: Node[];
}
export interface Interpolated extends Base {
  kind: typeof Kind.Interpolated;
  /** `f`, `rf`, a template's tag …, lower case. */
  prefix: string;
  parts: Node[];
}
export interface Hole extends Base {
  kind: typeof Kind.Hole;
  expression: Node;
  /** Conversion, format specification and `=` as written; empty for a bare hole. */
  format: string;
  /** Holes inside the format specification. */
  nested: Node[];
}
/** `True`, `null`, `nil`, … by their canonical name. */
export interface Constant extends Base {
  kind: typeof Kind.Constant;
  name: 'true' | 'false' | 'null';
}
export interface Call extends Base {
  kind: typeof Kind.Call;
  callee: Node;
  args: Node[];
}
export interface Keyword extends Base {
  kind: typeof Kind.Keyword;
  name: Node;
  value: Node;
}
export interface Spread extends Base {
  kind: typeof Kind.Spread;
  /** `*`, `**`, `...` */
  operator: string;
  value: Node;
}
export interface Member extends Base {
  kind: typeof Kind.Member;
  object: Node;
  property: Node;
}
export interface Index extends Base {
  kind: typeof Kind.Index;
  object: Node;
  index: Node;
}
export interface Slice extends Base {
  kind: typeof Kind.Slice;
  lower: Node | null;
  upper: Node | null;
  step: Node | null;
}
/** Unary (one operand), binary, or a flat chain of one associative operator. */
export interface Operation extends Base {
  kind: typeof Kind.Operation;
  operator: Operator;
  operands: Node[];
}
export interface Operator extends Base {
  kind: typeof Kind.Operator;
  name: string;
}
export interface Assign extends Base {
  kind: typeof Kind.Assign;
  /** `=`, or the language's own declaring form where it differs for matching (`:=` of Go). */
  operator: string;
  target: Node;
  annotation: Node | null;
  /** null for a declaration without a value. */
  value: Node | null;
}
export interface CompoundAssign extends Base {
  kind: typeof Kind.CompoundAssign;
  operator: Operator;
  target: Node;
  value: Node;
}
export interface Conditional extends Base {
  kind: typeof Kind.Conditional;
  test: Node;
  consequence: Node;
  alternative: Node;
}
export interface Await extends Base {
  kind: typeof Kind.Await;
  value: Node;
}
export interface Yield extends Base {
  kind: typeof Kind.Yield;
  /** `yield from`. */
  delegate: boolean;
  value: Node | null;
}
export interface Lambda extends Base {
  kind: typeof Kind.Lambda;
  parameters: Node[];
  body: Node;
}
export interface Container extends Base {
  kind: typeof Kind.Container;
  shape: 'list' | 'tuple' | 'set' | 'dict';
  elements: Node[];
}
export interface Pair extends Base {
  kind: typeof Kind.Pair;
  key: Node;
  value: Node;
}
export interface Comprehension extends Base {
  kind: typeof Kind.Comprehension;
  shape: 'list' | 'set' | 'dict' | 'generator';
  element: Node;
  clauses: Node[];
}
export interface ComprehensionFor extends Base {
  kind: typeof Kind.ComprehensionFor;
  target: Node;
  iterable: Node;
}
export interface ComprehensionIf extends Base {
  kind: typeof Kind.ComprehensionIf;
  test: Node;
}
/** A dotted module path; `dots` counts the leading dots of a relative one. */
export interface ModulePath extends Base {
  kind: typeof Kind.ModulePath;
  dots: number;
  parts: Node[];
}

export interface ExpressionStatement extends Base {
  kind: typeof Kind.ExpressionStatement;
  expression: Node;
}
export interface Block extends Base {
  kind: typeof Kind.Block;
  statements: Node[];
}
export interface If extends Base {
  kind: typeof Kind.If;
  test: Node;
  consequence: Node;
  /** A block; an `elif` is a block holding one `If`. */
  alternative: Node | null;
}
export interface While extends Base {
  kind: typeof Kind.While;
  test: Node;
  body: Node;
  alternative: Node | null;
}
export interface For extends Base {
  kind: typeof Kind.For;
  isAsync: boolean;
  target: Node;
  iterable: Node;
  body: Node;
  alternative: Node | null;
}
export interface Try extends Base {
  kind: typeof Kind.Try;
  body: Node;
  handlers: Node[];
  alternative: Node | null;
  finalizer: Node | null;
}
export interface Handler extends Base {
  kind: typeof Kind.Handler;
  type: Node | null;
  name: Node | null;
  body: Node;
}
/** One item; several items are nested statements. */
export interface With extends Base {
  kind: typeof Kind.With;
  isAsync: boolean;
  value: Node;
  target: Node | null;
  body: Node;
}
export interface Return extends Base {
  kind: typeof Kind.Return;
  value: Node | null;
}
export interface Raise extends Base {
  kind: typeof Kind.Raise;
  value: Node | null;
  cause: Node | null;
}
export interface Assert extends Base {
  kind: typeof Kind.Assert;
  test: Node;
  message: Node | null;
}
export interface Delete extends Base {
  kind: typeof Kind.Delete;
  targets: Node[];
}
/** `global a, b`, `nonlocal a`. */
export interface ScopeDeclaration extends Base {
  kind: typeof Kind.ScopeDeclaration;
  keyword: string;
  names: Node[];
}
/** `break`, `continue`, `pass`. */
export interface Jump extends Base {
  kind: typeof Kind.Jump;
  keyword: string;
}
/** `import a.b as c`: one node per module. */
export interface Import extends Base {
  kind: typeof Kind.Import;
  module: Node;
  alias: Node | null;
}
export interface ImportFrom extends Base {
  kind: typeof Kind.ImportFrom;
  module: Node;
  /** Empty for `import *`. */
  names: Node[];
  wildcard: boolean;
}
export interface ImportName extends Base {
  kind: typeof Kind.ImportName;
  name: Node;
  alias: Node | null;
}
export interface Function extends Base {
  kind: typeof Kind.Function;
  decorators: Node[];
  isAsync: boolean;
  name: Node;
  typeParameters: Node[];
  parameters: Node[];
  returns: Node | null;
  body: Node;
}
export interface Parameter extends Base {
  kind: typeof Kind.Parameter;
  /** ``, `*`, `**`, or a bare marker: `/`, `*` (then `name` is null). */
  operator: string;
  name: Node | null;
  annotation: Node | null;
  value: Node | null;
}
export interface Class extends Base {
  kind: typeof Kind.Class;
  decorators: Node[];
  name: Node;
  typeParameters: Node[];
  bases: Node[];
  body: Node;
}
/** `expression` is a call for `@d(…)` and, with no arguments, for a bare `@d`. */
export interface Decorator extends Base {
  kind: typeof Kind.Decorator;
  expression: Node;
}
export interface Switch extends Base {
  kind: typeof Kind.Switch;
  subject: Node;
  cases: Node[];
}
export interface Case extends Base {
  kind: typeof Kind.Case;
  pattern: Node;
  guard: Node | null;
  body: Node;
}
/** An `Other` that only holds subscripts of one object together: expression patterns see what it holds, not it. */
export const SUBSCRIPTS = 'subscripts';

/** What one language has and no other does: still matched structurally, by its grammar's name for it. */
export interface Other extends Base {
  kind: typeof Kind.Other;
  type: string;
  /** Its own text where it has no children. */
  text: string;
  children: Node[];
}

/** `$X`; `$_` has the name `$_` and never binds. */
export interface Metavariable extends Base {
  kind: typeof Kind.Metavariable;
  name: string;
}
/** `$...X`, the name as written. */
export interface MetavariableSequence extends Base {
  kind: typeof Kind.MetavariableSequence;
  name: string;
}
export interface Ellipsis extends Base {
  kind: typeof Kind.Ellipsis;
}
/** `<... E ...>` */
export interface Deep extends Base {
  kind: typeof Kind.Deep;
  expression: Node;
}
export interface TypedMetavariable extends Base {
  kind: typeof Kind.TypedMetavariable;
  name: string;
  type: Node;
}

export type Node =
  | Name
  | Ident
  | Int
  | Float
  | Str
  | Concat
  | Interpolated
  | Hole
  | Constant
  | Call
  | Keyword
  | Spread
  | Member
  | Index
  | Slice
  | Operation
  | Operator
  | Assign
  | CompoundAssign
  | Conditional
  | Await
  | Yield
  | Lambda
  | Container
  | Pair
  | Comprehension
  | ComprehensionFor
  | ComprehensionIf
  | ModulePath
  | ExpressionStatement
  | Block
  | If
  | While
  | For
  | Try
  | Handler
  | With
  | Return
  | Raise
  | Assert
  | Delete
  | ScopeDeclaration
  | Jump
  | Import
  | ImportFrom
  | ImportName
  | Function
  | Parameter
  | Class
  | Decorator
  | Switch
  | Case
  | Other
  | Metavariable
  | MetavariableSequence
  | Ellipsis
  | Deep
  | TypedMetavariable;

/** The lowered file or pattern. */
export interface Tree {
  language: string;
  /** The text that all offsets refer to. */
  text: string;
  /** Top-level statements. */
  root: Block;
  /** One more than the greatest node id. */
  nodeCount: number;
  /** Spans that the parser skipped or invented, in order. */
  errors: { start: number; end: number }[];
}
