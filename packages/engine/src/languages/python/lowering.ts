import { ConcreteReader } from '../../syntax/concrete-reader.ts';
import type { ConcreteTree, Grammar } from '../../syntax/concrete-tree.ts';
import { TreeBuilder } from '../../tree/builder.ts';
import { type Block, type Container, Kind, type Node, type Tree } from '../../tree/nodes.ts';
import type { Lowering } from '../language.ts';
import { decodeStringContent, floatValue, integerValue } from './literals.ts';
import { ANY_CASE_NAME, DEEP_NAME, readPlaceholder, TYPED_NAME } from './placeholders.ts';

/** Binds Python's lowering to a loaded grammar. */
export function createPythonLowering(grammar: Grammar): Lowering {
  const fieldIds = new Map<string, number>();
  grammar.fieldNames.forEach((name, id) => {
    if (name !== null) fieldIds.set(name, id);
  });
  return {
    lower(concrete, text, pattern) {
      return new PythonLowering(concrete, text, grammar, fieldIds, pattern).tree();
    },
  };
}

type Handler = (lowering: PythonLowering, node: number) => Node;

/**
 * Lowers one concrete tree. Expressions and statements each have a table from grammar symbol to handler; a symbol in
 * neither becomes an `Other` node that keeps its named children.
 */
class PythonLowering {
  readonly read: ConcreteReader;
  readonly build = new TreeBuilder();
  readonly pattern: boolean;

  constructor(
    concrete: ConcreteTree,
    text: string,
    grammar: Grammar,
    fieldIds: ReadonlyMap<string, number>,
    pattern: boolean,
  ) {
    this.read = new ConcreteReader(concrete, text, grammar, fieldIds);
    this.pattern = pattern;
  }

  tree(): Tree {
    const statements = this.statements(0);
    const root = this.build.block(0, this.read.text.length, statements);
    return { language: 'python', text: this.read.text, root, nodeCount: this.build.count, errors: this.read.errors() };
  }

  // ---- expressions

  expression(node: number): Node {
    const handler = EXPRESSIONS[this.read.typeName(node)];
    return handler === undefined ? this.other(node) : handler(this, node);
  }

  /** An optional field as an expression. */
  optional(node: number): Node | null {
    return node < 0 ? null : this.expression(node);
  }

  expressions(nodes: readonly number[]): Node[] {
    return nodes.map((node) => this.expression(node));
  }

  other(node: number): Node {
    const { read } = this;
    const children = this.expressions(read.named(node));
    const text = children.length === 0 ? read.slice(node) : '';
    // `type A = int`: the keyword does not belong to the range.
    const start = read.typeName(node) === 'type_alias_statement' ? children[0]?.start : undefined;
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

  operatorToken(node: number, name: string): ReturnType<TreeBuilder['operator']> {
    return this.build.operator(this.read.start(node), this.read.end(node), name);
  }

  call(node: number): Node {
    const { read, build } = this;
    const functionNode = read.field(node, 'function');
    const argumentsNode = read.field(node, 'arguments');
    const args = argumentsNode < 0 ? [] : this.callArguments(argumentsNode);
    if (this.pattern && read.slice(functionNode) === DEEP_NAME && args[0] !== undefined) {
      return build.deep(read.start(node), read.end(node), args[0]);
    }
    const callee = this.expression(functionNode);
    return build.call(read.start(node), read.end(node), callee, args);
  }

  callArguments(node: number): Node[] {
    if (this.read.typeName(node) === 'generator_expression') return [this.bareGenerator(node)];
    return this.expressions(this.read.named(node));
  }

  /** `f(x for x in y)`: the reference takes the lone argument for a list comprehension without brackets. */
  private bareGenerator(node: number): Node {
    const comprehension = this.comprehension(node, 'list');
    if (comprehension.kind !== Kind.Comprehension) return comprehension;
    comprehension.start = comprehension.element.start;
    comprehension.end = comprehension.clauses[comprehension.clauses.length - 1]?.end ?? comprehension.end;
    return comprehension;
  }

  /** Parentheses vanish, but the range includes them. */
  parenthesized(node: number): Node {
    const { read } = this;
    const [inside] = read.named(node);
    if (inside === undefined) return this.other(node);
    const expression = this.expression(inside);
    if (expression.kind === Kind.Yield) return expression;
    expression.start = read.start(node);
    expression.end = read.end(node);
    return expression;
  }

  /** `a and b and c`: one flat node; parentheses start a new one. */
  booleanOperator(node: number): Node {
    const { read } = this;
    let operatorNode = read.field(node, 'operator');
    const name = read.typeName(operatorNode);
    const operands: Node[] = [];
    let at = node;
    while (read.typeName(at) === 'boolean_operator' && read.typeName(read.field(at, 'operator')) === name) {
      operands.unshift(this.expression(read.field(at, 'right')));
      operatorNode = read.field(at, 'operator');
      at = read.field(at, 'left');
    }
    operands.unshift(this.expression(at));
    return this.build.operation(read.start(node), read.end(node), this.operatorToken(operatorNode, name), operands);
  }

  binary(node: number): Node {
    const { read } = this;
    const operatorNode = read.field(node, 'operator');
    const operator = this.operatorToken(operatorNode, read.typeName(operatorNode));
    const operands = [this.expression(read.field(node, 'left')), this.expression(read.field(node, 'right'))];
    return this.build.operation(read.start(node), read.end(node), operator, operands);
  }

  unary(node: number): Node {
    const { read } = this;
    const operatorNode = node + 1;
    const operand = this.expression(read.field(node, 'argument'));
    const operator = this.operatorToken(operatorNode, read.typeName(operatorNode));
    return this.build.operation(read.start(node), read.end(node), operator, [operand]);
  }

  /**
   * One operator: a binary operation. A chain is opaque, an `Other` from its first operator on: the reference loses
   * the first operand.
   */
  comparison(node: number): Node {
    const { read } = this;
    const operators = read.fields(node, 'operators');
    const operandNodes = read.named(node).filter((child) => !operators.includes(child));
    const [first] = operators;
    if (operators.length === 1 && first !== undefined) {
      const operands = this.expressions(operandNodes);
      const name = read.slice(first).replace(/\s+/g, ' ');
      const operator = this.operatorToken(first, name === '<>' ? '!=' : name);
      return this.build.operation(read.start(node), read.end(node), operator, operands);
    }
    const names = operators.map((operator) => read.slice(operator).replace(/\s+/g, ' ')).join(' ');
    const start = first === undefined ? read.start(node) : read.start(first);
    const others = operandNodes.slice(1).flatMap((operand, i): Node[] => {
      const operator = operators[i] ?? operand;
      return [this.operatorToken(operator, read.slice(operator)), this.expression(operand)];
    });
    return this.build.other(start, read.end(node), `comparison ${names}`, '', others);
  }

  subscript(node: number): Node {
    const { read, build } = this;
    const indexes = read.fields(node, 'subscript');
    if (this.pattern && read.slice(read.field(node, 'value')) === TYPED_NAME)
      return this.typedMetavariable(node, indexes);
    const object = this.expression(read.field(node, 'value'));
    const first = indexes[0];
    const last = indexes[indexes.length - 1];
    if (first === undefined || last === undefined) return this.other(node);
    const isTuple = indexes.length > 1 || read.child(node, ',') >= 0;
    const index = isTuple
      ? build.container(read.start(first), read.end(last), 'tuple', this.expressions(indexes))
      : this.expression(first);
    return build.index(read.start(node), read.end(node), object, index);
  }

  private typedMetavariable(node: number, indexes: number[]): Node {
    const { read } = this;
    const [name, type] = indexes[0] === undefined ? [] : read.named(indexes[0]);
    if (name === undefined || type === undefined) return this.other(node);
    const placeholder = readPlaceholder(read.slice(name));
    const written = placeholder.kind === 'metavariable' ? placeholder.name : read.slice(name);
    return this.build.typedMetavariable(read.start(node), read.end(node), written, this.expression(type));
  }

  slice(node: number): Node {
    const { read } = this;
    const parts: (Node | null)[] = [null, null, null];
    let at = 0;
    for (const child of read.children(node)) {
      if (read.typeName(child) === ':') at++;
      else if (read.isNamed(child)) parts[at] = this.expression(child);
    }
    return this.build.slice(read.start(node), read.end(node), parts[0] ?? null, parts[1] ?? null, parts[2] ?? null);
  }

  container(node: number, shape: Container['shape']): Node {
    const { read } = this;
    return this.build.container(read.start(node), read.end(node), shape, this.expressions(read.named(node)));
  }

  comprehension(node: number, shape: 'list' | 'set' | 'dict' | 'generator'): Node {
    const { read } = this;
    const body = read.field(node, 'body');
    const clauses = read.named(node).filter((child) => child !== body);
    return this.build.comprehension(
      read.start(node),
      read.end(node),
      shape,
      this.expression(body),
      this.expressions(clauses),
    );
  }

  forClause(node: number): Node {
    const { read } = this;
    const iterables = read.fields(node, 'right').filter((child) => read.isNamed(child));
    const iterable = this.tupleOf(iterables) ?? this.other(node);
    const target = this.expression(read.field(node, 'left'));
    return this.build.comprehensionFor(read.start(node), read.end(node), target, iterable);
  }

  /** One node as it is, several as a tuple without parentheses. */
  tupleOf(nodes: readonly number[]): Node | null {
    const first = nodes[0];
    const last = nodes[nodes.length - 1];
    if (first === undefined || last === undefined) return null;
    if (nodes.length === 1) return this.expression(first);
    return this.build.container(this.read.start(first), this.read.end(last), 'tuple', this.expressions(nodes));
  }

  string(node: number): Node {
    const { read, build } = this;
    const parts = read.children(node);
    const opening = parts[0];
    const closing = parts[parts.length - 1];
    if (opening === undefined || closing === undefined || read.typeName(closing) !== 'string_end')
      return this.other(node);
    const prefix = /^[a-z]*/i.exec(read.slice(opening))?.[0].toLowerCase() ?? '';
    const contentStart = read.end(opening);
    const contentEnd = read.start(closing);
    if (!prefix.includes('f') && !prefix.includes('t')) {
      const value = decodeStringContent(read.text.slice(contentStart, contentEnd), prefix);
      return build.str(read.start(node), read.end(node), value, prefix, contentStart, contentEnd, false);
    }
    return build.interpolated(
      read.start(node),
      read.end(node),
      prefix,
      this.pieces(parts, contentStart, contentEnd, prefix),
    );
  }

  /** Holes, and the literal text between them. */
  private pieces(parts: readonly number[], contentStart: number, contentEnd: number, prefix: string): Node[] {
    const { read, build } = this;
    const pieces: Node[] = [];
    let at = contentStart;
    const literal = (end: number): void => {
      if (end <= at) return;
      pieces.push(build.str(at, end, decodeStringContent(read.text.slice(at, end), prefix), '', at, end, true));
    };
    for (const part of parts) {
      if (read.typeName(part) !== 'interpolation') continue;
      literal(read.start(part));
      pieces.push(this.hole(part));
      at = read.end(part);
    }
    literal(contentEnd);
    return pieces;
  }

  hole(node: number): Node {
    const { read } = this;
    const expressionNode = read.field(node, 'expression');
    if (expressionNode < 0) return this.other(node);
    const specifier = read.field(node, 'format_specifier');
    const nested = specifier < 0 ? [] : this.expressions(read.named(specifier));
    const closing = read.end(node) - 1;
    const format = read.text.slice(read.end(expressionNode), closing).trim();
    return this.build.hole(read.start(node), read.end(node), this.expression(expressionNode), format, nested);
  }

  integer(node: number): Node {
    const { read, build } = this;
    const text = read.slice(node);
    if (/j$/i.test(text)) return build.float(read.start(node), read.end(node), Number.NaN, text);
    return build.int(read.start(node), read.end(node), integerValue(text), text);
  }

  float(node: number): Node {
    const text = this.read.slice(node);
    return this.build.float(this.read.start(node), this.read.end(node), floatValue(text), text);
  }

  constant(node: number, name: 'true' | 'false' | 'null'): Node {
    return this.build.constant(this.read.start(node), this.read.end(node), name);
  }

  /** The targets of `a = b = c` are one tuple, as the reference has it. */
  assignment(node: number): Node {
    const { read, build } = this;
    const left = read.field(node, 'left');
    const type = read.field(node, 'type');
    const right = read.field(node, 'right');
    const targets = [this.expression(left)];
    let value = right;
    while (value >= 0 && read.typeName(value) === 'assignment') {
      targets.push(this.expression(read.field(value, 'left')));
      value = read.field(value, 'right');
    }
    const first = targets[0] as Node;
    const last = targets[targets.length - 1] as Node;
    const target = targets.length === 1 ? first : build.container(first.start, last.end, 'tuple', targets);
    return build.assign(read.start(node), read.end(node), '=', target, this.optional(type), this.optional(value));
  }

  compoundAssignment(node: number): Node {
    const { read, build } = this;
    const operatorNode = read.field(node, 'operator');
    const operator = this.operatorToken(operatorNode, read.slice(operatorNode));
    const target = this.expression(read.field(node, 'left'));
    return build.compoundAssign(
      read.start(node),
      read.end(node),
      operator,
      target,
      this.expression(read.field(node, 'right')),
    );
  }

  walrus(node: number): Node {
    const { read, build } = this;
    const target = this.identifier(read.field(node, 'name'));
    return build.assign(
      read.start(node),
      read.end(node),
      '=',
      target,
      null,
      this.expression(read.field(node, 'value')),
    );
  }

  yield(node: number): Node {
    const { read } = this;
    const delegate = read.child(node, 'from') >= 0;
    const value = this.tupleOf(read.named(node));
    return this.build.yield(read.start(node), read.end(node), delegate, value);
  }

  lambda(node: number): Node {
    const { read } = this;
    const parametersNode = read.field(node, 'parameters');
    const parameters = parametersNode < 0 ? [] : this.parameters(parametersNode);
    return this.build.lambda(read.start(node), read.end(node), parameters, this.expression(read.field(node, 'body')));
  }

  // ---- definitions

  parameters(node: number): Node[] {
    return this.read.named(node).map((child) => this.parameter(child));
  }

  parameter(node: number): Node {
    const { read, build } = this;
    const start = read.start(node);
    const end = read.end(node);
    switch (read.typeName(node)) {
      case 'identifier': {
        const name = this.ident(node);
        if (name.kind === Kind.Ellipsis || name.kind === Kind.MetavariableSequence) return name;
        return build.parameter(start, end, '', name, null, null);
      }
      case 'default_parameter':
        return build.parameter(
          start,
          end,
          '',
          this.parameterName(read.field(node, 'name')),
          null,
          this.expression(read.field(node, 'value')),
        );
      case 'typed_parameter': {
        const [inside] = read.named(node);
        const parameter = inside === undefined ? null : this.parameter(inside);
        const annotation = this.expression(read.field(node, 'type'));
        if (parameter?.kind === Kind.Parameter) {
          return build.parameter(start, end, parameter.operator, parameter.name, annotation, null);
        }
        return build.parameter(start, end, '', parameter, annotation, null);
      }
      case 'typed_default_parameter':
        return build.parameter(
          start,
          end,
          '',
          this.parameterName(read.field(node, 'name')),
          this.expression(read.field(node, 'type')),
          this.expression(read.field(node, 'value')),
        );
      case 'list_splat_pattern':
      case 'dictionary_splat_pattern': {
        const [inside] = read.named(node);
        const operator = read.typeName(node) === 'list_splat_pattern' ? '*' : '**';
        return build.parameter(start, end, operator, inside === undefined ? null : this.ident(inside), null, null);
      }
      case 'keyword_separator':
        return build.parameter(start, end, '*', null, null, null);
      case 'positional_separator':
        return build.parameter(start, end, '/', null, null, null);
      default:
        return build.parameter(start, end, '', this.other(node), null, null);
    }
  }

  private parameterName(node: number): Node {
    return this.read.typeName(node) === 'identifier' ? this.ident(node) : this.expression(node);
  }

  decorated(node: number): Node {
    const { read } = this;
    const decorators = read.named(node).filter((child) => read.typeName(child) === 'decorator');
    const definition = this.statement(read.field(node, 'definition'))[0];
    if (definition?.kind !== Kind.Function && definition?.kind !== Kind.Class) return this.other(node);
    definition.decorators = decorators.map((child) => this.decorator(child));
    definition.start = read.start(node);
    return definition;
  }

  /** A bare `@d` is the call `d()`, whose range is `d`. */
  decorator(node: number): Node {
    const { read, build } = this;
    const [inside] = read.named(node);
    if (inside === undefined) return this.other(node);
    const expression = this.expression(inside);
    const isBare = expression.kind !== Kind.Call && expression.kind !== Kind.Ellipsis;
    const call = isBare ? build.call(expression.start, expression.end, expression, []) : expression;
    return build.decorator(read.start(node), call.end, call);
  }

  function(node: number): Node {
    const { read, build } = this;
    const parameters = read.field(node, 'parameters');
    const body = this.body(read.field(node, 'body'));
    return build.function(
      read.start(node),
      body.end,
      [],
      read.child(node, 'async') >= 0,
      this.ident(read.field(node, 'name')),
      this.typeParameters(node),
      parameters < 0 ? [] : this.parameters(parameters),
      this.optional(read.field(node, 'return_type')),
      body,
    );
  }

  class(node: number): Node {
    const { read, build } = this;
    const bases = read.field(node, 'superclasses');
    const body = this.body(read.field(node, 'body'));
    return build.class(
      read.start(node),
      body.end,
      [],
      this.ident(read.field(node, 'name')),
      this.typeParameters(node),
      bases < 0 ? [] : this.expressions(read.named(bases)),
      body,
    );
  }

  private typeParameters(node: number): Node[] {
    const parameters = this.read.field(node, 'type_parameters');
    return parameters < 0 ? [] : this.expressions(this.read.named(parameters));
  }

  // ---- statements

  /** The statements directly in a module or block; one concrete statement may become several. */
  statements(node: number): Node[] {
    const result: Node[] = [];
    for (const child of this.read.children(node)) {
      if (!this.read.isNamed(child)) continue;
      for (const statement of this.statement(child)) result.push(statement);
    }
    return result;
  }

  statement(node: number): Node[] {
    const { read } = this;
    const name = read.typeName(node);
    if (name === 'comment' || name === 'line_continuation' || name === 'ERROR') return [];
    if (name === 'import_statement' || name === 'future_import_statement') return this.importStatement(node);
    if (name === 'global_statement' || name === 'nonlocal_statement') return this.scopeDeclarations(node, name);
    const handler = STATEMENTS[name];
    return [handler === undefined ? this.asStatement(this.expression(node)) : handler(this, node)];
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

  expressionStatement(node: number): Node {
    const { read, build } = this;
    const parts = read.named(node);
    const expression =
      parts.length === 1 && read.child(node, ',') < 0
        ? this.expression(parts[0] as number)
        : build.container(read.start(node), read.end(node), 'tuple', this.expressions(parts));
    return build.expressionStatement(read.start(node), read.end(node), expression);
  }

  /** `elif` clauses become nested `If`s in the `else` branch. */
  if(node: number): Node {
    const { read } = this;
    const clauses = read.fields(node, 'alternative');
    return this.ifClause(node, clauses, 0);
  }

  private ifClause(node: number, clauses: readonly number[], at: number): Node {
    const { read, build } = this;
    const clause = clauses[at];
    let alternative: Node | null = null;
    if (clause !== undefined && read.typeName(clause) === 'elif_clause') {
      const nested = this.ifClause(clause, clauses, at + 1);
      alternative = build.block(nested.start, nested.end, [nested]);
    } else if (clause !== undefined) {
      alternative = this.body(read.field(clause, 'body'));
    }
    const test = this.expression(read.field(node, 'condition'));
    const consequence = this.body(read.field(node, 'consequence'));
    return build.if(read.start(node), (alternative ?? consequence).end, test, consequence, alternative);
  }

  private elseBody(node: number): Block | null {
    const clause = this.read.field(node, 'alternative');
    return clause < 0 ? null : this.body(this.read.field(clause, 'body'));
  }

  /** Ends before `else`. */
  while(node: number): Node {
    const { read } = this;
    const test = this.expression(read.field(node, 'condition'));
    const body = this.body(read.field(node, 'body'));
    return this.build.while(read.start(node), body.end, test, body, this.elseBody(node));
  }

  /** Starts at `for` even where `async` precedes it, and ends before `else`. */
  for(node: number): Node {
    const { read } = this;
    const target = this.expression(read.field(node, 'left'));
    const iterable = this.expression(read.field(node, 'right'));
    const body = this.body(read.field(node, 'body'));
    const keyword = read.child(node, 'for');
    const isAsync = read.child(node, 'async') >= 0;
    return this.build.for(read.start(keyword), body.end, isAsync, target, iterable, body, this.elseBody(node));
  }

  try(node: number): Node {
    const { read, build } = this;
    const handlers: Node[] = [];
    let alternative: Node | null = null;
    let finalizer: Node | null = null;
    for (const child of read.named(node)) {
      const name = read.typeName(child);
      if (name === 'except_clause' || name === 'except_group_clause') handlers.push(this.handler(child));
      else if (name === 'else_clause') alternative = this.body(read.field(child, 'body'));
      else if (name === 'finally_clause') finalizer = this.body(read.child(child, 'block'));
    }
    const body = this.body(read.field(node, 'body'));
    const last = finalizer ?? alternative ?? handlers[handlers.length - 1] ?? body;
    return build.try(read.start(node), last.end, body, handlers, alternative, finalizer);
  }

  handler(node: number): Node {
    const { read, build } = this;
    const values = read.fields(node, 'value').filter((child) => read.isNamed(child));
    let alias = read.field(node, 'alias');
    let types = values;
    const [only] = values;
    if (only !== undefined && read.typeName(only) === 'as_pattern') {
      // `except E as e` is an `as` pattern in some versions of the grammar.
      types = read.named(only).slice(0, 1);
      alias = read.named(read.field(only, 'alias'))[0] ?? -1;
    } else if (values.length === 2 && alias < 0 && read.child(node, ',') >= 0) {
      // Python 2: `except E, e`.
      types = values.slice(0, 1);
      alias = values[1] as number;
    }
    const type = this.tupleOf(types);
    const name = alias < 0 ? null : this.ident(alias);
    const body = this.body(read.child(node, 'block'));
    return build.handler(read.start(node), body.end, type, name, body);
  }

  /** Several items are nested statements, each from its item to the end. */
  with(node: number): Node {
    const { read, build } = this;
    const clause = read.child(node, 'with_clause');
    const items = clause < 0 ? [] : read.named(clause);
    const isAsync = read.child(node, 'async') >= 0;
    let body: Node = this.body(read.field(node, 'body'));
    const { end } = body;
    for (let i = items.length - 1; i >= 0; i--) {
      const item = items[i] as number;
      const [value, target] = this.withItem(item);
      const statement = build.with(read.start(item), end, isAsync, value, target, body);
      if (i === 0) return statement;
      body = build.block(statement.start, end, [statement]);
    }
    return this.other(node);
  }

  private withItem(node: number): [Node, Node | null] {
    const { read } = this;
    const value = read.field(node, 'value');
    if (read.typeName(value) !== 'as_pattern') return [this.expression(value), null];
    const alias = read.field(value, 'alias');
    const target = alias < 0 ? undefined : read.named(alias)[0];
    return [this.expression(read.named(value)[0] ?? value), target === undefined ? null : this.expression(target)];
  }

  return(node: number): Node {
    const { read } = this;
    return this.build.return(read.start(node), read.end(node), this.tupleOf(read.named(node)));
  }

  /** Ends before `from`. */
  raise(node: number): Node {
    const { read } = this;
    const causeNode = read.field(node, 'cause');
    const cause = this.optional(causeNode);
    const value = this.tupleOf(read.named(node).filter((child) => child !== causeNode));
    const end = cause === null || value === null ? read.end(node) : value.end;
    return this.build.raise(read.start(node), end, value, cause);
  }

  assert(node: number): Node {
    const { read } = this;
    const [test, message] = read.named(node);
    if (test === undefined) return this.other(node);
    const messageNode = message === undefined ? null : this.expression(message);
    return this.build.assert(read.start(node), read.end(node), this.expression(test), messageNode);
  }

  /** The keyword does not belong to the range. */
  delete(node: number): Node {
    const { read } = this;
    const [inside] = read.named(node);
    if (inside === undefined) return this.other(node);
    const parts = read.typeName(inside) === 'expression_list' ? read.named(inside) : [inside];
    return this.build.delete(read.start(inside), read.end(inside), this.expressions(parts));
  }

  /** One statement a name, each starting at the keyword. */
  private scopeDeclarations(node: number, type: string): Node[] {
    const { read, build } = this;
    const keyword = type === 'global_statement' ? 'global' : 'nonlocal';
    return read.named(node).map((child) => {
      return build.scopeDeclaration(read.start(node), read.end(child), keyword, [this.ident(child)]);
    });
  }

  jump(node: number, keyword: string): Node {
    return this.build.jump(this.read.start(node), this.read.end(node), keyword);
  }

  /** Python 2: `print x, y` and `exec code in scope` are calls. */
  keywordCall(node: number, name: string): Node {
    const { read, build } = this;
    const start = read.start(node);
    const callee = build.name(start, start + name.length, name);
    const call = build.call(start, read.end(node), callee, this.expressions(read.named(node)));
    return build.expressionStatement(start, read.end(node), call);
  }

  modulePath(node: number): Node {
    const { read, build } = this;
    if (read.typeName(node) === 'relative_import') {
      const prefix = read.child(node, 'import_prefix');
      const name = read.child(node, 'dotted_name');
      const dots = prefix < 0 ? 0 : read.slice(prefix).replace(/[^.]/g, '').length;
      return build.modulePath(read.start(node), read.end(node), dots, name < 0 ? [] : this.idents(name));
    }
    return build.modulePath(read.start(node), read.end(node), 0, this.idents(node));
  }

  private idents(node: number): Node[] {
    return this.read.named(node).map((child) => this.ident(child));
  }

  /** One statement a module, each starting at the keyword. */
  private importStatement(node: number): Node[] {
    const { read, build } = this;
    const names = read.fields(node, 'name').filter((child) => read.isNamed(child));
    if (read.typeName(node) === 'future_import_statement') {
      const module = read.children(node)[1] ?? node;
      const future = build.ident(read.start(module), read.end(module), '__future__');
      const path = build.modulePath(read.start(module), read.end(module), 0, [future]);
      return [build.importFrom(read.start(node), this.lastEnd(names, node), path, this.importNames(names), false)];
    }
    return names.map((name) => {
      const isAliased = read.typeName(name) === 'aliased_import';
      const module = this.modulePath(isAliased ? read.field(name, 'name') : name);
      const alias = isAliased ? this.ident(read.field(name, 'alias')) : null;
      return build.import(read.start(node), read.end(name), module, alias);
    });
  }

  private lastEnd(names: readonly number[], node: number): number {
    const last = names[names.length - 1];
    return last === undefined ? this.read.end(node) : this.read.end(last);
  }

  private importNames(names: readonly number[]): Node[] {
    const { read, build } = this;
    return names.map((name) => {
      const isAliased = read.typeName(name) === 'aliased_import';
      const dotted = isAliased ? read.field(name, 'name') : name;
      const [first] = read.named(dotted);
      const ident = this.ident(first ?? dotted);
      const alias = isAliased ? this.ident(read.field(name, 'alias')) : null;
      return build.importName(read.start(name), read.end(name), ident, alias);
    });
  }

  importFrom(node: number): Node {
    const { read, build } = this;
    const module = this.modulePath(read.field(node, 'module_name'));
    const wildcard = read.child(node, 'wildcard_import') >= 0;
    const names = read.fields(node, 'name').filter((child) => read.isNamed(child));
    return build.importFrom(read.start(node), this.lastEnd(names, node), module, this.importNames(names), wildcard);
  }

  match(node: number): Node {
    const { read, build } = this;
    const subject = this.tupleOf(read.fields(node, 'subject')) ?? this.other(node);
    const body = read.field(node, 'body');
    const cases = body < 0 ? [] : read.named(body).filter((child) => read.typeName(child) === 'case_clause');
    const written = cases.filter((child) => !(this.pattern && read.slice(child).includes(ANY_CASE_NAME)));
    const arms = written.map((child) => this.case(child));
    return build.switch(read.start(node), arms[arms.length - 1]?.end ?? read.end(node), subject, arms);
  }

  private case(node: number): Node {
    const { read, build } = this;
    const patterns = read.named(node).filter((child) => read.typeName(child) === 'case_pattern');
    const pattern = this.tupleOf(patterns) ?? this.other(node);
    const guard = read.field(node, 'guard');
    const test = guard < 0 ? undefined : read.named(guard)[0];
    const body = this.body(read.field(node, 'consequence'));
    const condition = test === undefined ? null : this.expression(test);
    return build.case(read.start(node), body.end, pattern, condition, body);
  }

  /** A transparent wrapper of the grammar. */
  inside(node: number): Node {
    const [only, more] = this.read.named(node);
    return only === undefined || more !== undefined ? this.other(node) : this.expression(only);
  }

  dottedName(node: number): Node {
    const parts = this.read.named(node);
    const [first] = parts;
    if (first === undefined) return this.other(node);
    let result = this.identifier(first);
    for (const part of parts.slice(1)) {
      result = this.build.member(this.read.start(node), this.read.end(part), result, this.ident(part));
    }
    return result;
  }

  genericType(node: number): Node {
    const { read, build } = this;
    const [name, parameters] = read.named(node);
    if (name === undefined || parameters === undefined) return this.other(node);
    const index = this.tupleOf(read.named(parameters)) ?? this.other(parameters);
    return build.index(read.start(node), read.end(node), this.expression(name), index);
  }
}

const EXPRESSIONS: Record<string, Handler | undefined> = {
  identifier: (l, n) => l.identifier(n),
  integer: (l, n) => l.integer(n),
  float: (l, n) => l.float(n),
  string: (l, n) => l.string(n),
  concatenated_string: (l, n) => l.build.concat(l.read.start(n), l.read.end(n), l.expressions(l.read.named(n))),
  true: (l, n) => l.constant(n, 'true'),
  false: (l, n) => l.constant(n, 'false'),
  none: (l, n) => l.constant(n, 'null'),
  ellipsis: (l, n) => l.build.name(l.read.start(n), l.read.end(n), '...'),
  call: (l, n) => l.call(n),
  keyword_argument: (l, n) =>
    l.build.keyword(
      l.read.start(n),
      l.read.end(n),
      l.ident(l.read.field(n, 'name')),
      l.expression(l.read.field(n, 'value')),
    ),
  list_splat: (l, n) => spread(l, n, '*'),
  dictionary_splat: (l, n) => spread(l, n, '**'),
  list_splat_pattern: (l, n) => spread(l, n, '*'),
  parenthesized_list_splat: (l, n) => l.parenthesized(n),
  attribute: (l, n) =>
    l.build.member(
      l.read.start(n),
      l.read.end(n),
      l.expression(l.read.field(n, 'object')),
      l.ident(l.read.field(n, 'attribute')),
    ),
  subscript: (l, n) => l.subscript(n),
  slice: (l, n) => l.slice(n),
  parenthesized_expression: (l, n) => l.parenthesized(n),
  boolean_operator: (l, n) => l.booleanOperator(n),
  binary_operator: (l, n) => l.binary(n),
  unary_operator: (l, n) => l.unary(n),
  not_operator: (l, n) => l.unary(n),
  comparison_operator: (l, n) => l.comparison(n),
  conditional_expression: (l, n) => {
    const [consequence, test, alternative] = l.read.named(n);
    if (consequence === undefined || test === undefined || alternative === undefined) return l.other(n);
    return l.build.conditional(
      l.read.start(n),
      l.read.end(n),
      l.expression(test),
      l.expression(consequence),
      l.expression(alternative),
    );
  },
  named_expression: (l, n) => l.walrus(n),
  await: (l, n) => {
    const [value] = l.read.named(n);
    return value === undefined ? l.other(n) : l.build.await(l.read.start(n), l.read.end(n), l.expression(value));
  },
  yield: (l, n) => l.yield(n),
  lambda: (l, n) => l.lambda(n),
  list: (l, n) => l.container(n, 'list'),
  tuple: (l, n) => l.container(n, 'tuple'),
  expression_list: (l, n) => l.container(n, 'tuple'),
  pattern_list: (l, n) => l.container(n, 'tuple'),
  tuple_pattern: (l, n) =>
    l.read.named(n).length === 1 && l.read.child(n, ',') < 0 ? l.parenthesized(n) : l.container(n, 'tuple'),
  list_pattern: (l, n) => l.container(n, 'list'),
  set: (l, n) => l.container(n, 'set'),
  dictionary: (l, n) => l.container(n, 'dict'),
  pair: (l, n) =>
    l.build.container(l.read.start(n), l.read.end(n), 'tuple', [
      l.expression(l.read.field(n, 'key')),
      l.expression(l.read.field(n, 'value')),
    ]),
  list_comprehension: (l, n) => l.comprehension(n, 'list'),
  set_comprehension: (l, n) => l.comprehension(n, 'set'),
  // Entries are tuples, so a dictionary comprehension is a set comprehension of tuples, as in the reference.
  dictionary_comprehension: (l, n) => l.comprehension(n, 'set'),
  generator_expression: (l, n) => l.comprehension(n, 'generator'),
  for_in_clause: (l, n) => l.forClause(n),
  if_clause: (l, n) => {
    const [test] = l.read.named(n);
    return test === undefined
      ? l.other(n)
      : l.build.comprehensionIf(l.read.start(n), l.read.end(n), l.expression(test));
  },
  assignment: (l, n) => l.assignment(n),
  augmented_assignment: (l, n) => l.compoundAssignment(n),
  interpolation: (l, n) => l.hole(n),
  format_expression: (l, n) => l.hole(n),
  type: (l, n) => l.inside(n),
  generic_type: (l, n) => l.genericType(n),
  case_pattern: (l, n) => l.inside(n),
  dotted_name: (l, n) => l.dottedName(n),
};

function spread(l: PythonLowering, n: number, operator: string): Node {
  const [value] = l.read.named(n);
  if (value === undefined) return l.other(n);
  const expression = l.expression(value);
  if (l.pattern && operator === '**' && expression.kind === Kind.Ellipsis) return expression;
  return l.build.spread(l.read.start(n), l.read.end(n), operator, expression);
}

const STATEMENTS: Record<string, Handler | undefined> = {
  expression_statement: (l, n) => l.expressionStatement(n),
  if_statement: (l, n) => l.if(n),
  while_statement: (l, n) => l.while(n),
  for_statement: (l, n) => l.for(n),
  try_statement: (l, n) => l.try(n),
  with_statement: (l, n) => l.with(n),
  function_definition: (l, n) => l.function(n),
  class_definition: (l, n) => l.class(n),
  decorated_definition: (l, n) => l.decorated(n),
  return_statement: (l, n) => l.return(n),
  raise_statement: (l, n) => l.raise(n),
  assert_statement: (l, n) => l.assert(n),
  delete_statement: (l, n) => l.delete(n),
  pass_statement: (l, n) => l.jump(n, 'pass'),
  break_statement: (l, n) => l.jump(n, 'break'),
  continue_statement: (l, n) => l.jump(n, 'continue'),
  import_from_statement: (l, n) => l.importFrom(n),
  print_statement: (l, n) => l.keywordCall(n, 'print'),
  exec_statement: (l, n) => l.keywordCall(n, 'exec'),
  match_statement: (l, n) => l.match(n),
};
