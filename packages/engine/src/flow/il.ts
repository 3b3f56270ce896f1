import type { FlowLanguage } from '../languages/flow-language.ts';
import type { Node } from '../tree/nodes.ts';
import type { KnownValues } from './known-values.ts';

/**
 * The intermediate language of data flow: what every language with functions lowers to. Expressions stay trees, because
 * rules talk about ranges of the source and every part keeps the one it came from; control flow is a graph of
 * instructions. The analyses know no language.
 */
export type Expression =
  | Literal
  | Variable
  | Field
  | Index
  | Operator
  | Sequence
  | Collection
  | CallExpression
  | Choice
  | LambdaExpression
  | ComprehensionExpression
  | AssignExpression
  | Wrapped
  | YieldExpression
  | Opaque;

interface Base {
  /** Where it stands: UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
  /** What it was lowered from. */
  origin: Node;
}

/** A value that is written out. */
export interface Literal extends Base {
  kind: 'literal';
}

/** Read, or as a target written. */
export interface Variable extends Base {
  kind: 'variable';
  /** The same for all occurrences of a variable in a file. */
  key: string;
  name: string;
}

/** `object.name` */
export interface Field extends Base {
  kind: 'field';
  object: Expression;
  name: string;
}

/** `object[index]` */
export interface Index extends Base {
  kind: 'index';
  object: Expression;
  index: Expression;
}

/** Anything computed of its operands. */
export interface Operator extends Base {
  kind: 'operator';
  /** As written; empty where none is. */
  name: string;
  class: 'arithmetic' | 'comparison' | 'boolean' | 'text';
  operands: Expression[];
}

/** Elements in order, as of a list or tuple. */
export interface Sequence extends Base {
  kind: 'sequence';
  elements: Expression[];
}

/** A set, or a dictionary, whose parts are pairs. */
export interface Collection extends Base {
  kind: 'collection';
  parts: Expression[];
  /** Of each part of a dictionary: its key where it is a string that is written out. */
  keys: readonly (string | null)[];
}

export interface Argument {
  /** Of a keyword argument. */
  name: string | null;
  /** `*` or `**` for spread ones, else empty. */
  spread: string;
  value: Expression;
}

export interface CallExpression extends Base {
  kind: 'call';
  callee: Expression;
  args: Argument[];
}

/** `consequence if test else alternative` */
export interface Choice extends Base {
  kind: 'choice';
  test: Expression;
  consequence: Expression;
  alternative: Expression;
}

export interface LambdaExpression extends Base {
  kind: 'lambda';
  function: FunctionBody;
}

export interface ComprehensionClause {
  target: Target | null;
  /** The iterable of a `for`, the condition of an `if` where there is no target. */
  value: Expression;
}

export interface ComprehensionExpression extends Base {
  kind: 'comprehension';
  shape: 'list' | 'set' | 'dict' | 'generator';
  clauses: ComprehensionClause[];
  element: Expression;
}

/** An assignment that is an expression. */
export interface AssignExpression extends Base {
  kind: 'assign';
  target: Target;
  value: Expression;
}

/** The value itself in other clothes: awaited, cast, spread. */
export interface Wrapped extends Base {
  kind: 'wrapped';
  value: Expression;
}

export interface YieldExpression extends Base {
  kind: 'yield';
  value: Expression | null;
}

/** Evaluated for its parts; nothing is known of the result. */
export interface Opaque extends Base {
  kind: 'opaque';
  /** `slice` where the result is a part of the first. */
  what: 'slice' | 'other';
  parts: Expression[];
}

/** What an assignment writes. */
export type Target =
  | { kind: 'place'; place: Variable | Field | Index }
  /** Destructuring: position by position where `isChain` is not set, else each gets the whole. */
  | { kind: 'several'; targets: Target[]; isChain: boolean; whole: Sequence | null }
  /** A starred name takes what is left over. */
  | { kind: 'rest'; target: Target }
  /** A place that no analysis follows; still evaluated. */
  | { kind: 'other'; expression: Expression };

export type Instruction =
  | { kind: 'evaluate'; value: Expression }
  | { kind: 'assign'; target: Target; value: Expression; how: 'plain' | 'compound' | 'loop' | 'with' }
  | { kind: 'test'; value: Expression }
  /** Passed only where the test came out so; evaluates nothing. */
  | { kind: 'assume'; test: Expression; holds: boolean }
  | { kind: 'return'; value: Expression | null }
  | { kind: 'throw'; value: Expression | null }
  /** The variable gets a value that is nothing of the program's: a caught exception, a declaration. */
  | { kind: 'forget'; target: Target }
  /** An element is taken out of what holds it. */
  | { kind: 'delete'; place: Index }
  /** A function is defined here, and sees what is known here. */
  | { kind: 'define'; function: FunctionBody };

/** A node of the graph; nodes are numbers, places in `FunctionBody.nodes`. */
export interface FlowNode {
  instruction: Instruction | null;
  next: number[];
}

export interface FlowParameter {
  variable: Variable;
  /** `*` or `**`, else empty. */
  spread: string;
  value: Expression | null;
  /** As written. */
  annotation: Expression | null;
}

/** A variable of a class's body. */
export interface ClassField {
  name: string;
  annotation: Expression | null;
  /** Null where it is only declared. */
  value: Expression | null;
}

/** A class with its methods. */
export interface ClassBody {
  /** Unique among classes of a program; the same in every run in which its file is the same. */
  id: string;
  name: string;
  origin: Node;
  /** As written. */
  bases: Expression[];
  /** What is called to decorate it, as written. */
  decorators: readonly Expression[];
  /** In order of the text. */
  fields: readonly ClassField[];
  methods: ReadonlyMap<string, FunctionBody>;
  /** The function, or the top level, that it is defined in. */
  enclosing: FunctionBody | null;
}

/** A variable of the top level of a file. */
export interface GlobalVariable {
  kind: 'variable';
  name: string;
  /** The top level. */
  enclosing: FunctionBody;
}

/** What a name stands for that the program declares. */
export type Declared = FunctionBody | ClassBody | GlobalVariable;

export function isClass(declared: Declared): declared is ClassBody {
  return 'methods' in declared;
}

/** A function, method or lambda, or the top level of a file, with what its classes' bodies do. */
export interface FunctionBody {
  /** Unique among functions of a program; the same in every run in which its file is the same. */
  id: string;
  /** Of the file. */
  path: string;
  language: FlowLanguage;
  kind: 'function' | 'lambda' | 'top-level';
  name: string;
  /** The class whose method it is. */
  class: ClassBody | null;
  /** The function that it is defined in; null for the top level. */
  enclosing: FunctionBody | null;
  /** Functions and classes that are defined in it, by name. */
  functions: ReadonlyMap<string, FunctionBody>;
  classes: ReadonlyMap<string, ClassBody>;
  origin: Node;
  parameters: FlowParameter[];
  /** What it is annotated to return. */
  returns: Expression | null;
  /** What variables and fields are annotated to be, by the place that is written. */
  annotations: ReadonlyMap<Expression, Expression>;
  /** Keys of variables that it writes and that belong to a scope outside (`global`, `nonlocal`). */
  outer: ReadonlySet<string>;
  /** `nodes[0]` is where it begins. */
  nodes: FlowNode[];
  /** All expressions and written places that are no part of others, in source order. */
  roots: Expression[];
  /** Of lambdas: the value. */
  result: Expression | null;
  known: KnownValues;
}

/** What can be read and written: the places that values are followed in. */
export function isPlace(expression: Expression): expression is Variable | Field | Index {
  return expression.kind === 'variable' || expression.kind === 'field' || expression.kind === 'index';
}

/** Whether the expression or some part of it is such a one. Bodies of lambdas are no parts. */
export function contains(expression: Expression, is: (part: Expression) => boolean): boolean {
  if (is(expression)) return true;
  let found = false;
  forEachPart(expression, (part) => {
    found ||= contains(part, is);
  });
  return found;
}

/** Calls `visit` on each direct part, in order of evaluation as written. Bodies of lambdas are no parts. */
export function forEachPart(expression: Expression, visit: (part: Expression) => void): void {
  switch (expression.kind) {
    case 'literal':
    case 'variable':
    case 'lambda':
      return;
    case 'field':
      return visit(expression.object);
    case 'index':
      visit(expression.object);
      return visit(expression.index);
    case 'operator':
      return expression.operands.forEach(visit);
    case 'sequence':
      return expression.elements.forEach(visit);
    case 'collection':
    case 'opaque':
      return expression.parts.forEach(visit);
    case 'call':
      visit(expression.callee);
      for (const { value } of expression.args) visit(value);
      return;
    case 'choice':
      visit(expression.test);
      visit(expression.consequence);
      return visit(expression.alternative);
    case 'comprehension':
      for (const { target, value } of expression.clauses) {
        visit(value);
        if (target !== null) forEachPlace(target, visit);
      }
      return visit(expression.element);
    case 'assign':
      visit(expression.value);
      return forEachPlace(expression.target, visit);
    case 'wrapped':
      return visit(expression.value);
    case 'yield':
      if (expression.value !== null) visit(expression.value);
  }
}

/** Calls `visit` on every place that an assignment writes, and on what it evaluates for that. */
export function forEachPlace(target: Target, visit: (place: Expression) => void): void {
  if (target.kind === 'place') visit(target.place);
  else if (target.kind === 'several' && target.whole !== null) visit(target.whole);
  else if (target.kind === 'several') for (const part of target.targets) forEachPlace(part, visit);
  else if (target.kind === 'rest') forEachPlace(target.target, visit);
  else visit(target.expression);
}
