import { ConcreteReader, type GrammarIndex } from '../../syntax/concrete-reader.ts';
import type { ConcreteTree } from '../../syntax/concrete-tree.ts';
import { TreeBuilder } from '../../tree/builder.ts';
import { type Block, Kind, type Node, type Operator, type Tree } from '../../tree/nodes.ts';
import { readPlaceholder } from './placeholders.ts';
import { type Fields, Sym } from './symbols.ts';

/** Lowers one concrete node. Ids count up in the order in which nodes are built, so handlers keep that order. */
export type Handler = (l: PythonLowering, node: number) => Node;

/** Lowers a concrete statement that stands for several. */
export type SeveralHandler = (l: PythonLowering, node: number) => Node[];

/** The lowering bound to a grammar: handlers by grammar symbol, and the grammar's numbers for fields. */
export interface BoundGrammar {
  index: GrammarIndex;
  fields: Fields;
  expressions: readonly (Handler | undefined)[];
  statements: readonly (Handler | undefined)[];
  severalStatements: readonly (SeveralHandler | undefined)[];
}

/**
 * What the handlers share while one concrete tree is lowered: the reader, the builder, the way back into the tables,
 * and the steps that most of them take. A symbol in no table becomes an `Other` node that keeps its named children.
 */
export class PythonLowering {
  readonly read: ConcreteReader;
  readonly build = new TreeBuilder();
  readonly fields: Fields;
  /** The text is a pattern's: identifiers may be placeholders. */
  readonly pattern: boolean;
  private readonly bound: BoundGrammar;
  private python2: boolean | null = null;

  constructor(concrete: ConcreteTree, text: string, bound: BoundGrammar, pattern: boolean) {
    this.read = new ConcreteReader(concrete, text, bound.index);
    this.fields = bound.fields;
    this.pattern = pattern;
    this.bound = bound;
  }

  tree(): Tree {
    const statements = this.statements(0);
    const root = this.build.block(0, this.read.text.length, statements);
    return { language: 'python', text: this.read.text, root, nodeCount: this.build.count, errors: this.read.errors() };
  }

  /** The text has statements of Python 2: `print` and `exec` are no functions in it. */
  get isPython2(): boolean {
    this.python2 ??= this.read.hasCode(Sym.print_statement, Sym.exec_statement);
    return this.python2;
  }

  expression(node: number): Node {
    const handler = this.bound.expressions[this.read.typeId(node)];
    return handler === undefined ? this.other(node) : handler(this, node);
  }

  /** An optional field as an expression. */
  optional(node: number): Node | null {
    return node < 0 ? null : this.expression(node);
  }

  expressions(nodes: readonly number[]): Node[] {
    return nodes.map((node) => this.expression(node));
  }

  /** The parts of a node as expressions; without the array of `expressions(read.parts(node))`. */
  partExpressions(node: number): Node[] {
    const { read } = this;
    const stop = read.after(node);
    const result: Node[] = [];
    for (let child = node + 1; child < stop; child = read.after(child)) {
      if (read.isPart(child)) result.push(this.expression(child));
    }
    return result;
  }

  other(node: number): Node {
    const { read } = this;
    const children = this.partExpressions(node);
    const text = children.length === 0 ? read.slice(node) : '';
    // `type A = int`: the keyword does not belong to the range.
    const start = read.code(node) === Sym.type_alias_statement ? children[0]?.start : undefined;
    return this.build.other(start ?? read.start(node), read.end(node), read.typeName(node), text, children);
  }

  /** An identifier in an expression. */
  identifier(node: number): Node {
    const { read, build } = this;
    const start = read.start(node);
    const end = read.end(node);
    const name = read.slice(node);
    return (this.pattern && this.placeholder(start, end, name)) || build.name(start, end, name);
  }

  /** An identifier that is no expression. */
  ident(node: number): Node {
    const { read, build } = this;
    const start = read.start(node);
    const end = read.end(node);
    const name = read.slice(node);
    return (this.pattern && this.placeholder(start, end, name)) || build.ident(start, end, name);
  }

  /** The parts of a dotted name as identifiers. */
  idents(node: number): Node[] {
    return this.read.parts(node).map((child) => this.ident(child));
  }

  private placeholder(start: number, end: number, text: string): Node | null {
    const placeholder = readPlaceholder(text);
    switch (placeholder.kind) {
      case 'metavariable':
        return this.build.metavariable(start, end, placeholder.name);
      case 'sequence':
        return this.build.metavariableSequence(start, end, placeholder.name);
      case 'ellipsis':
        return this.build.ellipsis(start, end);
      case 'plain':
        return null;
    }
  }

  /** Of `not in` and `is not` the reference keeps the first word's place. */
  operator(node: number, name: string): Operator {
    const start = this.read.start(node);
    const space = name.indexOf(' ');
    return this.build.operator(start, space < 0 ? this.read.end(node) : start + space, name);
  }

  /** One node as it is, several as a tuple without parentheses. */
  tupleOf(nodes: readonly number[]): Node | null {
    const first = nodes[0];
    const last = nodes[nodes.length - 1];
    if (first === undefined || last === undefined) return null;
    if (nodes.length === 1) return this.expression(first);
    return this.build.container(this.read.start(first), this.read.end(last), 'tuple', this.expressions(nodes));
  }

  /** The statements directly in a module or block; one concrete statement may become several. */
  statements(node: number): Node[] {
    const { read } = this;
    const stop = read.after(node);
    const result: Node[] = [];
    for (let child = node + 1; child < stop; child = read.after(child)) {
      if (!read.isPart(child)) continue;
      const several = this.bound.severalStatements[read.typeId(child)];
      if (several === undefined) result.push(this.statement(child));
      else for (const statement of several(this, child)) result.push(statement);
    }
    return result;
  }

  /** A statement that stands for one. */
  statement(node: number): Node {
    const handler = this.bound.statements[this.read.typeId(node)];
    return handler === undefined ? this.asStatement(this.expression(node)) : handler(this, node);
  }

  private asStatement(expression: Node): Node {
    return expression.kind === Kind.Other
      ? expression
      : this.build.expressionStatement(expression.start, expression.end, expression);
  }

  /** A missing body (error recovery) is an empty block. */
  body(node: number): Block {
    if (node < 0) return this.build.block(0, 0, []);
    const statements = this.statements(node);
    const first = statements[0];
    const last = statements[statements.length - 1];
    const start = first === undefined ? this.read.start(node) : first.start;
    const end = last === undefined ? this.read.end(node) : last.end;
    return this.build.block(start, end, statements);
  }
}
