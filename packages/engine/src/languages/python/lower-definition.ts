import { Kind, type Node } from '../../tree/nodes.ts';
import { lowerParameters } from './lower-parameter.ts';
import type { PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

/** Decorators belong to the definition, which then starts at the first one. */
export function lowerDecorated(l: PythonLowering, node: number): Node {
  const { read } = l;
  const decorators = read.parts(node).filter((child) => read.code(child) === Sym.decorator);
  const definition = l.statement(read.field(node, l.fields.definition));
  if (definition.kind !== Kind.Function && definition.kind !== Kind.Class) return l.other(node);
  definition.decorators = decorators.map((child) => lowerDecorator(l, child));
  definition.start = read.start(node);
  return definition;
}

/** A bare `@d` is the call `d()`, whose range is `d`. */
function lowerDecorator(l: PythonLowering, node: number): Node {
  const { read, build } = l;
  const inside = read.firstPart(node);
  if (inside < 0) return l.other(node);
  const expression = l.expression(inside);
  const isBare = expression.kind !== Kind.Call && expression.kind !== Kind.Ellipsis;
  const call = isBare ? build.call(expression.start, expression.end, expression, []) : expression;
  return build.decorator(read.start(node), call.end, call);
}

export function lowerFunction(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const parametersNode = read.field(node, fields.parameters);
  const body = l.body(read.field(node, fields.body));
  const isAsync = read.hasChild(node, Sym.async);
  const name = l.ident(read.field(node, fields.name));
  const typeParameters = lowerTypeParameters(l, node);
  const parameters = parametersNode < 0 ? [] : lowerParameters(l, parametersNode);
  const returns = l.optional(read.field(node, fields.return_type));
  return l.build.function(read.start(node), body.end, [], isAsync, name, typeParameters, parameters, returns, body);
}

export function lowerClass(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const basesNode = read.field(node, fields.superclasses);
  const body = l.body(read.field(node, fields.body));
  const name = l.ident(read.field(node, fields.name));
  const typeParameters = lowerTypeParameters(l, node);
  const bases = basesNode < 0 ? [] : l.partExpressions(basesNode);
  return l.build.class(read.start(node), body.end, [], name, typeParameters, bases, body);
}

function lowerTypeParameters(l: PythonLowering, node: number): Node[] {
  const parameters = l.read.field(node, l.fields.type_parameters);
  return parameters < 0 ? [] : l.partExpressions(parameters);
}
