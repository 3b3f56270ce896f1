import { type Call, type Comprehension, type Container, Kind, type Node, SUBSCRIPTS } from '../tree/nodes.ts';
import {
  type Argument,
  type ComprehensionClause,
  type Expression,
  type Field,
  type FunctionBody,
  forEachPlace,
  isPlace,
  type Operator,
  type Sequence,
  type Target,
  type Variable,
} from './il.ts';

/** How the lowering of functions makes the body of a lambda. */
export type LowerLambda = (node: Node & { kind: typeof Kind.Lambda }) => FunctionBody;

const COMPARISONS = new Set([
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '<>',
  'in',
  'not in',
  'is',
  'is not',
  '=~',
  '===',
  '!==',
]);
const BOOLEANS = new Set(['and', 'or', 'not', '&&', '||', '!']);

/** Uniform expressions as expressions of the intermediate language. */
export class ExpressionLowering {
  private readonly lowerLambda: LowerLambda;

  constructor(lowerLambda: LowerLambda) {
    this.lowerLambda = lowerLambda;
  }

  expression = (node: Node): Expression => {
    const { start, end } = node;
    const base = { start, end, origin: node };
    switch (node.kind) {
      case Kind.Name:
        return variable(node);
      case Kind.Int:
      case Kind.Float:
      case Kind.Str:
      case Kind.Constant:
        return { kind: 'literal', ...base };
      case Kind.Concat:
      case Kind.Interpolated:
        return this.operator(node, '', 'text', node.parts);
      case Kind.Hole:
        return this.operator(node, '', 'text', [node.expression, ...node.nested]);
      case Kind.Call:
        return this.call(node);
      case Kind.Member:
        return this.member(node);
      case Kind.Index:
        return this.index(node);
      case Kind.Slice:
        return { kind: 'opaque', what: 'other', parts: this.several([node.lower, node.upper, node.step]), ...base };
      case Kind.Operation:
        return this.operator(node, node.operator.name, classOf(node.operator.name), node.operands);
      case Kind.Assign:
        if (node.value === null) return { kind: 'opaque', what: 'other', parts: [], ...base };
        return { kind: 'assign', target: this.target(node.target), value: this.expression(node.value), ...base };
      case Kind.CompoundAssign:
        return {
          kind: 'assign',
          target: this.target(node.target),
          value: this.operator(node, node.operator.name, 'arithmetic', [node.target, node.value]),
          ...base,
        };
      case Kind.Conditional: {
        const test = this.expression(node.test);
        const consequence = this.expression(node.consequence);
        return { kind: 'choice', test, consequence, alternative: this.expression(node.alternative), ...base };
      }
      case Kind.Await:
      case Kind.Spread:
        return { kind: 'wrapped', value: this.expression(node.value), ...base };
      case Kind.Yield:
        return { kind: 'yield', value: node.value === null ? null : this.expression(node.value), ...base };
      case Kind.Lambda:
        return { kind: 'lambda', function: this.lowerLambda(node), ...base };
      case Kind.Container:
        return this.container(node);
      case Kind.Pair:
        return { kind: 'collection', parts: this.several([node.key, node.value]), keys: [null, null], ...base };
      case Kind.Comprehension:
        return this.comprehension(node);
      case Kind.Other:
        return this.operator(node, '', 'arithmetic', node.children);
      default:
        return { kind: 'opaque', what: 'other', parts: [], ...base };
    }
  };

  private several(nodes: readonly (Node | null)[]): Expression[] {
    return nodes.filter((node) => node !== null).map(this.expression);
  }

  private operator(node: Node, name: string, kind: Operator['class'], operands: readonly Node[]): Operator {
    const { start, end } = node;
    return { kind: 'operator', name, class: kind, operands: operands.map(this.expression), start, end, origin: node };
  }

  private call(node: Call): Expression {
    const args = node.args.map((arg): Argument => {
      if (arg.kind === Kind.Keyword) {
        const name = arg.name.kind === Kind.Ident ? arg.name.name : '';
        return { name, spread: '', value: this.expression(arg.value) };
      }
      if (arg.kind === Kind.Spread) return { name: null, spread: arg.operator, value: this.expression(arg) };
      return { name: null, spread: '', value: this.expression(arg) };
    });
    return { kind: 'call', callee: this.expression(node.callee), args, start: node.start, end: node.end, origin: node };
  }

  private member(node: Node & { kind: typeof Kind.Member }): Field {
    const name = node.property.kind === Kind.Ident ? node.property.name : '';
    return {
      kind: 'field',
      object: this.expression(node.object),
      name,
      start: node.start,
      end: node.end,
      origin: node,
    };
  }

  private index(node: Node & { kind: typeof Kind.Index }): Expression {
    const { start, end, index } = node;
    const object = this.expression(node.object);
    const isSlice = index.kind === Kind.Slice || (index.kind === Kind.Other && index.type === SUBSCRIPTS);
    if (isSlice) {
      return { kind: 'opaque', what: 'slice', parts: [object, this.expression(index)], start, end, origin: node };
    }
    return { kind: 'index', object, index: this.expression(index), start, end, origin: node };
  }

  private container(node: Container): Expression {
    const { start, end, shape } = node;
    const parts = node.elements.map(this.expression);
    if (shape === 'list' || shape === 'tuple') return { kind: 'sequence', elements: parts, start, end, origin: node };
    const keys = node.elements.map((entry) => (shape === 'dict' ? writtenKey(entry) : null));
    return { kind: 'collection', parts, keys, start, end, origin: node };
  }

  private comprehension(node: Comprehension): Expression {
    const { start, end, shape } = node;
    const clauses = node.clauses.map((clause): ComprehensionClause => {
      if (clause.kind === Kind.ComprehensionFor) {
        return { target: this.target(clause.target), value: this.expression(clause.iterable) };
      }
      return { target: null, value: this.expression(clause.kind === Kind.ComprehensionIf ? clause.test : clause) };
    });
    return { kind: 'comprehension', shape, clauses, element: this.expression(node.element), start, end, origin: node };
  }

  private destructuring(node: Container): Target {
    const targets = node.elements.map((element) => this.target(element));
    const elements: Expression[] = [];
    for (const target of targets) forEachPlace(target, (place) => elements.push(place));
    const whole: Sequence = { kind: 'sequence', elements, start: node.start, end: node.end, origin: node };
    return { kind: 'several', targets, isChain: false, whole };
  }

  /** What an assignment to the node writes. */
  target(node: Node): Target {
    switch (node.kind) {
      case Kind.Container:
        return this.destructuring(node);
      case Kind.Spread:
        return { kind: 'rest', target: this.target(node.value) };
      case Kind.Assign: {
        const targets = [node.target, node.value].filter((part) => part !== null);
        return { kind: 'several', targets: targets.map((part) => this.target(part)), isChain: true, whole: null };
      }
      case Kind.Name:
      case Kind.Ident:
        return { kind: 'place', place: variable(node) };
      default: {
        const expression = this.expression(node);
        if (isPlace(expression)) return { kind: 'place', place: expression };
        return { kind: 'other', expression };
      }
    }
  }
}

/** Of an entry of a dictionary, which is a tuple. */
function writtenKey(entry: Node): string | null {
  const key = entry.kind === Kind.Container ? entry.elements[0] : undefined;
  return key?.kind === Kind.Str ? key.value : null;
}

/** Parentheses around a name are no part of it. */
export function variable(node: Node & { kind: typeof Kind.Name | typeof Kind.Ident }): Variable {
  const { name, reference } = node;
  const start = node.kind === Kind.Name ? node.token : node.start;
  const declaration = reference?.declaration ?? 0;
  const key = declaration === 0 ? name : `${name}#${declaration}`;
  return { kind: 'variable', key, name, start, end: start + name.length, origin: node };
}

function classOf(operator: string): Operator['class'] {
  if (COMPARISONS.has(operator)) return 'comparison';
  return BOOLEANS.has(operator) ? 'boolean' : 'arithmetic';
}
