import type { FlowLanguage } from '../languages/flow-language.ts';
import {
  type Class,
  type Function as FunctionNode,
  type If,
  Kind,
  type Lambda,
  type Node,
  type Tree,
  type Try,
} from '../tree/nodes.ts';
import {
  type ClassBody,
  type ClassField,
  contains,
  type Expression,
  type FlowNode,
  type FlowParameter,
  type FunctionBody,
  forEachPlace,
  type Instruction,
  type Target,
  type Variable,
} from './il.ts';
import { nothingKnown, resolveKnownValues } from './known-values.ts';
import { capturedNames, caseTest, takesAnything } from './lower-case.ts';
import { ExpressionLowering, variable } from './lower-expression.ts';
import { neverReturns } from './never-returns.ts';

/**
 * Which control flow is followed. `reference`: as Semgrep's open engine does for Python (semantics 05 §5.2), whose
 * findings rules are written against. `complete`: as the program runs.
 */
export type FlowStyle = 'reference' | 'complete';

/** Lowers all functions of the file at `path`, the top level last; functions come before those that enclose them. */
export function lowerFile(tree: Tree, style: FlowStyle, path: string, language: FlowLanguage): FunctionBody[] {
  const functions: FunctionBody[] = [];
  const top = new FunctionLowering({ style, path, language }, functions, null);
  functions.push(top.topLevel(tree.root));
  if (style === 'complete') resolveKnownValues(functions);
  return functions;
}

interface LoweredFile {
  style: FlowStyle;
  path: string;
  language: FlowLanguage;
}

/** A class while it is lowered: the function around it is not known before its end. */
interface MutableClass extends ClassBody {
  fields: ClassField[];
  methods: Map<string, FunctionBody>;
  enclosed(body: FunctionBody): void;
}

interface Loop {
  head: number;
  /** Nodes that leave the loop. */
  breaks: number[];
}

/**
 * One function. `ends` are the nodes that the next instruction follows; none means that it cannot be reached, and is
 * left out.
 */
class FunctionLowering {
  private readonly file: LoweredFile;
  private readonly style: FlowStyle;
  private readonly functions: FunctionBody[];
  /** Set while a method is lowered. */
  private readonly class: MutableClass | null;
  private readonly outer = new Set<string>();
  private readonly inner = new Map<string, FunctionBody>();
  private readonly classes = new Map<string, MutableClass>();
  /** Functions, methods and lambdas. */
  private readonly defined: FunctionBody[] = [];
  private readonly nodes: FlowNode[] = [{ instruction: null, next: [] }];
  private readonly roots: Expression[] = [];
  private readonly annotations = new Map<Expression, Expression>();
  private ends: number[] = [0];
  /** Innermost last. */
  private readonly loops: Loop[] = [];
  /** Where exceptions go, innermost last: nodes that may throw are collected. */
  private readonly handlers: number[][] = [];
  private readonly expressions: ExpressionLowering;

  constructor(file: LoweredFile, functions: FunctionBody[], owner: MutableClass | null) {
    this.file = file;
    this.style = file.style;
    this.functions = functions;
    this.class = owner;
    this.expressions = new ExpressionLowering((node) => this.lambda(node));
  }

  topLevel(root: Node): FunctionBody {
    this.statement(root);
    return this.body('top-level', '', root, [], null);
  }

  function(node: FunctionNode): FunctionBody {
    const parameters = this.parameters(node.parameters);
    this.statement(node.body);
    const returns = node.returns === null ? null : this.expressions.expression(node.returns);
    return this.body('function', node.name.kind === Kind.Ident ? node.name.name : '', node, parameters, returns);
  }

  private lambda(node: Lambda): FunctionBody {
    const inner = new FunctionLowering(this.file, this.functions, this.class);
    const parameters = inner.parameters(node.parameters);
    const result = inner.root(node.body);
    inner.add({ kind: 'return', value: result });
    const body = inner.body('lambda', '', node, parameters, null);
    body.result = result;
    this.defined.push(body);
    return body;
  }

  private body(
    kind: FunctionBody['kind'],
    name: string,
    origin: Node,
    parameters: FlowParameter[],
    returns: Expression | null,
  ): FunctionBody {
    const { nodes, roots, inner, classes, annotations } = this;
    const body: FunctionBody = {
      id: `${kind}@${origin.start}:${this.file.path}`,
      path: this.file.path,
      language: this.file.language,
      kind,
      name,
      class: this.class,
      enclosing: null,
      functions: inner,
      classes,
      origin,
      parameters,
      returns,
      annotations,
      outer: this.outer,
      nodes,
      roots,
      result: null,
      known: nothingKnown(this.file.language),
    };
    for (const defined of this.defined) defined.enclosing = body;
    for (const { enclosed } of classes.values()) enclosed(body);
    return body;
  }

  private parameters(nodes: readonly Node[]): FlowParameter[] {
    const parameters: FlowParameter[] = [];
    for (const node of nodes) {
      if (node.kind !== Kind.Parameter || node.name === null) continue;
      if (node.name.kind !== Kind.Ident && node.name.kind !== Kind.Name) continue;
      const place = variable(node.name);
      this.roots.push(place);
      const value = node.value === null ? null : this.root(node.value);
      const annotation = node.annotation === null ? null : this.expressions.expression(node.annotation);
      parameters.push({ variable: place, spread: node.operator, value, annotation });
    }
    return parameters;
  }

  /** An expression that is no part of another. */
  private root(node: Node): Expression {
    const expression = this.expressions.expression(node);
    this.roots.push(expression);
    return expression;
  }

  private target(node: Node): Target {
    const target = this.expressions.target(node);
    forEachPlace(target, (place) => this.roots.push(place));
    return target;
  }

  private add(instruction: Instruction | null): number {
    const id = this.nodes.length;
    this.nodes.push({ instruction, next: [] });
    this.link(this.ends, id);
    this.ends = [id];
    if (instruction !== null && this.mayThrow(instruction)) this.handlers[this.handlers.length - 1]?.push(id);
    return id;
  }

  /** To the reference, only what is an instruction of its own: not a `return` that calls nothing. */
  private mayThrow(instruction: Instruction): boolean {
    if (instruction.kind === 'assume') return false;
    if (this.style === 'complete' || instruction.kind !== 'return') return true;
    return instruction.value !== null && contains(instruction.value, ({ kind }) => kind === 'call');
  }

  private link(from: readonly number[], to: number): void {
    for (const id of from) this.nodes[id]?.next.push(to);
  }

  private get isDead(): boolean {
    return this.ends.length === 0;
  }

  private statement = (node: Node): void => {
    // Code that cannot be reached is not analysed, but the functions in it are.
    if (this.isDead) return this.definitions(node);
    switch (node.kind) {
      case Kind.Block:
        for (const statement of node.statements) this.statement(statement);
        return;
      case Kind.ExpressionStatement:
        return this.expressionStatement(node.expression);
      case Kind.Assign:
      case Kind.CompoundAssign:
        return this.expressionStatement(node);
      case Kind.If:
        return this.if(node);
      case Kind.While:
        return this.while(node);
      case Kind.For:
        return this.for(node);
      case Kind.Try:
        return this.try(node);
      case Kind.With:
        return this.with(node);
      case Kind.Return:
        this.add({ kind: 'return', value: node.value === null ? null : this.root(node.value) });
        this.ends = [];
        return;
      case Kind.Raise:
        if (node.cause !== null) this.add({ kind: 'evaluate', value: this.root(node.cause) });
        this.add({ kind: 'throw', value: node.value === null ? null : this.root(node.value) });
        this.ends = [];
        return;
      case Kind.Assert:
        this.add({ kind: 'evaluate', value: this.root(node.test) });
        if (node.message !== null) this.add({ kind: 'evaluate', value: this.root(node.message) });
        return;
      case Kind.ScopeDeclaration:
        for (const name of node.names) if (name.kind === Kind.Ident) this.outer.add(variable(name).key);
        return;
      case Kind.Jump:
        return this.jump(node.keyword);
      case Kind.Switch:
        return this.switch(node);
      case Kind.Delete:
        return this.delete(node.targets);
      case Kind.Function:
      case Kind.Class:
        return this.definition(node);
      case Kind.Other:
        this.add({ kind: 'evaluate', value: this.root(node) });
        return;
      default:
        return;
    }
  };

  private with(node: Node & { kind: typeof Kind.With }): void {
    const value = this.root(node.value);
    const entered =
      node.target === null
        ? this.add({ kind: 'evaluate', value })
        : this.add({ kind: 'assign', target: this.target(node.target), value, how: 'with' });
    if (this.style === 'reference' || !swallowsExceptions(value)) return this.statement(node.body);
    const thrown = [entered];
    this.handlers.push(thrown);
    this.statement(node.body);
    this.handlers.pop();
    this.ends = [...this.ends, ...thrown];
  }

  /** To the reference, `del` does nothing. */
  private delete(targets: readonly Node[]): void {
    if (this.style === 'reference') return;
    for (const node of targets) {
      const target = this.target(node);
      if (target.kind === 'place' && target.place.kind === 'index') this.add({ kind: 'delete', place: target.place });
      else if (target.kind === 'place') this.add({ kind: 'forget', target });
      else if (target.kind === 'other') this.add({ kind: 'evaluate', value: target.expression });
    }
  }

  private expressionStatement(node: Node): void {
    if (node.kind === Kind.Assign) {
      const value = node.value === null ? null : this.root(node.value);
      const target = this.target(node.target);
      this.add(value === null ? { kind: 'forget', target } : { kind: 'assign', target, value, how: 'plain' });
      if (node.annotation !== null && target.kind === 'place')
        this.annotations.set(target.place, this.expressions.expression(node.annotation));
      return;
    }
    if (node.kind === Kind.CompoundAssign) {
      const whole = this.expressions.expression(node);
      if (whole.kind !== 'assign') return;
      this.roots.push(whole.value);
      forEachPlace(whole.target, (place) => this.roots.push(place));
      this.add({ kind: 'assign', target: whole.target, value: whole.value, how: 'compound' });
      return;
    }
    // The reference takes a `yield` with a value for a return.
    if (this.style === 'reference' && node.kind === Kind.Yield && node.value !== null) {
      this.add({ kind: 'return', value: this.root(node) });
      this.ends = [];
    } else {
      const value = this.root(node);
      this.add({ kind: 'evaluate', value });
      // What it throws has reached the handlers: it is an instruction like any other.
      if (this.style === 'complete' && neverReturns(value, this.file.language)) this.ends = [];
    }
  }

  private if(node: If): void {
    const test = this.root(node.test);
    this.add({ kind: 'test', value: test });
    const before = this.ends;
    this.assume(test, true);
    this.statement(node.consequence);
    const after = this.ends;
    this.ends = before;
    this.assume(test, false);
    if (node.alternative !== null) this.statement(node.alternative);
    this.ends = [...after, ...this.ends];
  }

  /** The reference takes every branch for possible, and learns nothing on it. */
  private assume(test: Expression, holds: boolean): void {
    if (this.style === 'complete') this.add({ kind: 'assume', test, holds });
  }

  private while(node: Node & { kind: typeof Kind.While }): void {
    const test = this.root(node.test);
    const head = this.add({ kind: 'test', value: test });
    this.assume(test, true);
    this.loopBody(head, node.body);
    this.ends = [head];
    this.assume(test, false);
    this.afterLoop(this.ends, node.alternative);
  }

  /** What is iterated over is evaluated once and kept in a variable of its own, which traces show as `in`. */
  private for(node: Node & { kind: typeof Kind.For }): void {
    const start = node.target.end + 1;
    const iterated: Variable = {
      kind: 'variable',
      key: `in@${node.id}`,
      name: 'in',
      start,
      end: start + 2,
      origin: node.iterable,
    };
    const value = this.root(node.iterable);
    this.add({ kind: 'assign', target: { kind: 'place', place: iterated }, value, how: 'loop' });
    const head = this.add(null);
    this.add({ kind: 'assign', target: this.target(node.target), value: iterated, how: 'loop' });
    this.loopBody(head, node.body);
    this.afterLoop([head], node.alternative);
  }

  private loopBody(head: number, body: Node): void {
    const loop: Loop = { head, breaks: [] };
    this.loops.push(loop);
    this.statement(body);
    this.link(this.ends, head);
    this.ends = [];
  }

  private afterLoop(exits: number[], alternative: Node | null): void {
    const loop = this.loops.pop();
    this.ends = exits;
    if (alternative !== null) this.statement(alternative);
    this.ends = [...this.ends, ...(loop?.breaks ?? [])];
  }

  private jump(keyword: string): void {
    const loop = this.loops[this.loops.length - 1];
    if (keyword === 'pass' || loop === undefined) return;
    if (keyword === 'continue') this.link(this.ends, loop.head);
    else loop.breaks.push(...this.ends);
    this.ends = [];
  }

  /** What the body leaves may reach the handlers after each of its instructions; an uncaught one reaches `finally`. */
  private try(node: Try): void {
    const thrown: number[] = this.style === 'complete' ? [...this.ends] : [];
    this.handlers.push(thrown);
    this.statement(node.body);
    this.handlers.pop();
    if (node.alternative !== null) this.statement(node.alternative);
    const ends = [...this.ends];
    const unhandled: number[] = node.handlers.length === 0 ? [...thrown] : [];
    for (const handler of node.handlers) {
      if (handler.kind !== Kind.Handler) continue;
      this.ends = [...thrown];
      if (this.isDead) {
        this.definitions(handler.body);
        continue;
      }
      this.add(null);
      if (handler.name !== null) this.add({ kind: 'forget', target: this.target(handler.name) });
      this.statement(handler.body);
      ends.push(...this.ends);
    }
    this.ends = ends;
    if (node.finalizer === null) {
      // What goes on being thrown reaches the handlers outside.
      this.handlers[this.handlers.length - 1]?.push(...thrown);
      return;
    }
    const isCertain = ends.length > 0;
    this.ends = [...ends, ...unhandled, ...(isCertain ? [] : thrown)];
    this.statement(node.finalizer);
    // The reference goes on behind `finally` even where nothing but exceptions get there.
    if (!isCertain && this.style === 'complete') this.ends = [];
  }

  private switch(node: Node & { kind: typeof Kind.Switch }): void {
    const subject = this.root(node.subject);
    this.add({ kind: 'evaluate', value: subject });
    if (this.style === 'complete') return this.arms(node.cases, subject);
    const before = this.ends;
    const after: number[] = node.cases.some(takesAnything) ? [] : [...before];
    for (const arm of node.cases) {
      if (arm.kind !== Kind.Case) continue;
      this.ends = [...before];
      this.add(null);
      if (arm.guard !== null) this.add({ kind: 'test', value: this.root(arm.guard) });
      this.statement(arm.body);
      after.push(...this.ends);
    }
    this.ends = after;
  }

  /** One arm after the other is tried. */
  private arms(cases: readonly Node[], subject: Expression): void {
    const after: number[] = [];
    for (const arm of cases) {
      if (arm.kind !== Kind.Case) continue;
      const before = this.ends;
      const test = caseTest(arm.pattern, subject);
      if (test === null) this.add(null);
      else this.assume(test, true);
      this.captures(arm.pattern, subject);
      let refused: number[] = [];
      if (arm.guard !== null) {
        const guard = this.root(arm.guard);
        refused = [this.add({ kind: 'test', value: guard })];
        this.assume(guard, true);
      }
      this.statement(arm.body);
      after.push(...this.ends);
      this.ends = takesAnything(arm) ? [] : before;
      if (test !== null) this.assume(test, false);
      this.ends = [...this.ends, ...refused];
      if (this.isDead) break;
    }
    this.ends = [...this.ends, ...after];
  }

  /** What a pattern binds is the subject, or some part of it. */
  private captures(pattern: Node, subject: Expression): void {
    const { start, end, origin } = subject;
    const isPlace = subject.kind === 'variable' || subject.kind === 'field';
    for (const name of capturedNames(pattern)) {
      const target = this.target(name);
      if (!isPlace) this.add({ kind: 'forget', target });
      else if (name === pattern) this.add({ kind: 'assign', target, value: subject, how: 'plain' });
      else {
        const part: Expression = {
          kind: 'operator',
          name: '',
          class: 'arithmetic',
          operands: [subject],
          start,
          end,
          origin,
        };
        this.add({ kind: 'assign', target, value: part, how: 'plain' });
      }
    }
  }

  /** Functions are analysed by themselves; what a class's body does happens here. */
  private definition(node: Node): void {
    if (node.kind === Kind.Function) {
      const body = this.defineFunction(node, this.class);
      this.inner.set(body.name, body);
      if (this.style === 'complete' && !this.isDead) this.add({ kind: 'define', function: body });
    } else if (node.kind === Kind.Class) this.defineClass(node);
  }

  private defineFunction(node: FunctionNode, owner: MutableClass | null): FunctionBody {
    const body = new FunctionLowering(this.file, this.functions, owner).function(node);
    this.functions.push(body);
    this.defined.push(body);
    return body;
  }

  private defineClass(node: Class): void {
    const name = node.name.kind === Kind.Ident ? node.name.name : '';
    const defined: MutableClass = {
      id: `${node.start}:${this.file.path}`,
      name,
      origin: node,
      bases: node.bases.filter(({ kind }) => kind !== Kind.Keyword).map(this.expressions.expression),
      decorators: node.decorators.flatMap((decorator) => this.decoratorName(decorator)),
      fields: [],
      methods: new Map(),
      enclosing: null,
      enclosed: (body) => {
        defined.enclosing = body;
      },
    };
    this.classes.set(name, defined);
    for (const member of node.body.kind === Kind.Block ? node.body.statements : []) {
      if (member.kind !== Kind.Function) {
        const first = this.nodes.length;
        this.statement(member);
        const field = this.fieldOf(this.nodes[first]?.instruction ?? null);
        if (field !== null) defined.fields.push(field);
      } else {
        const method = this.defineFunction(member, defined);
        if (!isPartOfProperty(member)) defined.methods.set(method.name, method);
        if (this.style === 'complete' && !this.isDead) this.add({ kind: 'define', function: method });
      }
    }
  }

  private decoratorName(decorator: Node): Expression[] {
    const called = decorator.kind === Kind.Decorator ? decorator.expression : decorator;
    return called.kind === Kind.Call ? [this.expressions.expression(called.callee)] : [];
  }

  /** The variable that a statement of a class's body writes or declares. */
  private fieldOf(instruction: Instruction | null): ClassField | null {
    if (instruction?.kind !== 'assign' && instruction?.kind !== 'forget') return null;
    const { target } = instruction;
    if (target.kind !== 'place' || target.place.kind !== 'variable') return null;
    const value = instruction.kind === 'assign' ? instruction.value : null;
    return { name: target.place.name, annotation: this.annotations.get(target.place) ?? null, value };
  }

  private definitions(node: Node): void {
    if (node.kind === Kind.Function || node.kind === Kind.Class) return this.definition(node);
    if (node.kind === Kind.Block) for (const statement of node.statements) this.definitions(statement);
    else if (node.kind === Kind.If) {
      this.definitions(node.consequence);
      if (node.alternative !== null) this.definitions(node.alternative);
    }
  }
}

/** `@name.setter` over a method of the name adds to what the name stands for, and does not take its place. */
function isPartOfProperty({ name, decorators }: FunctionNode): boolean {
  return decorators.some((decorator) => {
    const called = decorator.kind === Kind.Decorator ? decorator.expression : decorator;
    const callee = called.kind === Kind.Call ? called.callee : called;
    if (callee.kind !== Kind.Member || callee.object.kind !== Kind.Name) return false;
    return name.kind === Kind.Ident && callee.object.name === name.name;
  });
}

/** Of others it is taken for granted that they let exceptions pass: `open`, locks, transactions. */
const SWALLOWING = new Set(['suppress', 'raises', 'assertRaises']);

function swallowsExceptions(manager: Expression): boolean {
  if (manager.kind !== 'call' || (manager.callee.kind !== 'field' && manager.callee.kind !== 'variable')) return false;
  return SWALLOWING.has(manager.callee.name);
}
