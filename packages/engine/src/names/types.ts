import { forEachChild } from '../tree/fields.ts';
import { Kind, type Node, type Tree } from '../tree/nodes.ts';

/** Types of expressions as far as they are known without inference across calls (semantics 03 §9). */
export interface Types {
  /** Type expressions that hold for the expression: declared ones, builtin names for literals. */
  typesOf(node: Node): readonly Node[];
}

/** Declared types by declaration id, collected in one walk at the first question. */
export function createTypes(tree: Tree): Types {
  let declared: Map<number, Node | null> | null = null;
  const typesOf = (node: Node): readonly Node[] => {
    const literal = literalType(node);
    if (literal !== null) return [builtinType(literal, node)];
    if (isIntegerOperation(node, typesOf)) return [builtinType('int', node)];
    if (node.kind !== Kind.Name) return [];
    declared ??= collectDeclaredTypes(tree);
    const declaration = node.reference?.declaration ?? 0;
    const type = declared.get(declaration);
    // A builtin type comes from a literal elsewhere: it is known here.
    if (type != null) return [type.kind === Kind.Ident ? { ...type, start: node.start, end: node.end } : type];
    // `Foo` of no known type is taken for the class of that name: `Foo.run()` has a receiver of type Foo.
    return [node];
  };
  return { typesOf };
}

function literalType(node: Node): string | null {
  switch (node.kind) {
    case Kind.Int:
      return 'int';
    case Kind.Float:
      return 'float';
    case Kind.Str:
      return /[br]/.test(node.prefix) ? null : 'str';
    case Kind.Constant:
      return node.name === 'null' ? null : 'bool';
    case Kind.Operation:
      return BOOLEAN_OPERATORS.has(node.operator.name) ? 'bool' : null;
    default:
      return null;
  }
}

/** Of the arithmetic of ints, the reference knows the type of these only. */
function isIntegerOperation(node: Node, typesOf: (node: Node) => readonly Node[]): boolean {
  if (node.kind !== Kind.Operation || (node.operator.name !== '**' && node.operator.name !== '//')) return false;
  return node.operands.every((operand) =>
    typesOf(operand).some((type) => type.kind === Kind.Ident && type.name === 'int'),
  );
}

const BOOLEAN_OPERATORS = new Set(['not', 'in', 'not in', 'is', 'is not', '==', '!=', '<', '<=', '>', '>=']);

function builtinType(name: string, at: Node): Node {
  return { kind: Kind.Ident, id: at.id, start: at.start, end: at.end, name, reference: null };
}

function collectDeclaredTypes(tree: Tree): Map<number, Node | null> {
  const declared = new Map<number, Node | null>();
  const declare = (target: Node, type: Node | null): void => {
    if (target.kind !== Kind.Name && target.kind !== Kind.Ident) return;
    const declaration = target.reference?.declaration ?? 0;
    if (declaration !== 0 && !declared.has(declaration)) declared.set(declaration, type);
  };
  const visit = (node: Node): void => {
    if (node.kind === Kind.Parameter && node.annotation !== null && node.name !== null)
      declare(node.name, node.annotation);
    else if (node.kind === Kind.Assign && node.annotation !== null) declare(node.target, node.annotation);
    else if (node.kind === Kind.Assign && node.value !== null) {
      declare(node.target, assignedType(node.value, declared));
    }
    forEachChild(node, visit);
  };
  visit(tree.root);
  return declared;
}

function assignedType(value: Node, declared: ReadonlyMap<number, Node | null>): Node | null {
  const literal = literalType(value);
  if (literal !== null) return builtinType(literal, value);
  if (value.kind !== Kind.Name) return null;
  return declared.get(value.reference?.declaration ?? 0) ?? null;
}

const GROUPS: readonly (readonly string[])[] = [
  ['int', 'long', 'Integer', 'Int', 'Long'],
  ['float', 'double', 'Float', 'Double'],
  ['str', 'string', 'String'],
  ['bool', 'boolean', 'Boolean'],
];

/** True for two spellings of one builtin type. */
export function isSameBuiltinType(a: string, b: string): boolean {
  return a === b || GROUPS.some((group) => group.includes(a) && group.includes(b));
}
