import { Kind, type Node } from '../../tree/nodes.ts';
import type { PythonLowering } from './lowering-context.ts';
import { Sym } from './symbols.ts';

export function lowerParameters(l: PythonLowering, node: number): Node[] {
  return l.read.parts(node).map((child) => lowerParameter(l, child));
}

export function lowerLambda(l: PythonLowering, node: number): Node {
  const { read, fields } = l;
  const parametersNode = read.field(node, fields.parameters);
  const parameters = parametersNode < 0 ? [] : lowerParameters(l, parametersNode);
  return l.build.lambda(read.start(node), read.end(node), parameters, l.expression(read.field(node, fields.body)));
}

function lowerParameter(l: PythonLowering, node: number): Node {
  const { read, build, fields } = l;
  const start = read.start(node);
  const end = read.end(node);
  switch (read.code(node)) {
    case Sym.identifier: {
      const name = l.ident(node);
      if (name.kind === Kind.Ellipsis || name.kind === Kind.MetavariableSequence) return name;
      return build.parameter(start, end, '', name, null, null);
    }
    case Sym.default_parameter: {
      const name = lowerParameterName(l, read.field(node, fields.name));
      return build.parameter(start, end, '', name, null, l.expression(read.field(node, fields.value)));
    }
    case Sym.typed_parameter:
      return lowerTypedParameter(l, node);
    case Sym.typed_default_parameter: {
      const name = lowerParameterName(l, read.field(node, fields.name));
      const annotation = l.expression(read.field(node, fields.type));
      return build.parameter(start, end, '', name, annotation, l.expression(read.field(node, fields.value)));
    }
    case Sym.list_splat_pattern:
      return lowerSplatParameter(l, node, '*');
    case Sym.dictionary_splat_pattern:
      return lowerSplatParameter(l, node, '**');
    case Sym.keyword_separator:
      return build.parameter(start, end, '*', null, null, null);
    case Sym.positional_separator:
      return build.parameter(start, end, '/', null, null, null);
    default:
      return build.parameter(start, end, '', l.other(node), null, null);
  }
}

/** `x: T`, `*x: T`: the parameter inside, with the annotation. */
function lowerTypedParameter(l: PythonLowering, node: number): Node {
  const { read, build } = l;
  const inside = read.firstPart(node);
  const parameter = inside < 0 ? null : lowerParameter(l, inside);
  const annotation = l.expression(read.field(node, l.fields.type));
  if (parameter?.kind === Kind.Parameter) {
    return build.parameter(read.start(node), read.end(node), parameter.operator, parameter.name, annotation, null);
  }
  return build.parameter(read.start(node), read.end(node), '', parameter, annotation, null);
}

function lowerSplatParameter(l: PythonLowering, node: number, operator: string): Node {
  const { read } = l;
  const inside = read.firstPart(node);
  const name = inside < 0 ? null : l.ident(inside);
  return l.build.parameter(read.start(node), read.end(node), operator, name, null, null);
}

function lowerParameterName(l: PythonLowering, node: number): Node {
  return l.read.code(node) === Sym.identifier ? l.ident(node) : l.expression(node);
}
