import { Kind } from '../tree/nodes.ts';
import type { Expression } from './il.ts';

export interface DottedPath {
  names: string[];
  /** What the first name is imported as; null where it is not imported. */
  canonical: readonly string[] | null;
  /** The first name is declared in the file. */
  isDeclared: boolean;
}

/** The names of `a.b.c`; null of what is made of more than names. */
export function dottedPath(expression: Expression): DottedPath | null {
  if (expression.kind === 'variable') {
    const { origin } = expression;
    const reference = origin.kind === Kind.Name || origin.kind === Kind.Ident ? origin.reference : null;
    return {
      names: [expression.name],
      canonical: reference?.canonical ?? null,
      isDeclared: (reference?.declaration ?? 0) > 0,
    };
  }
  if (expression.kind !== 'field') return null;
  const object = dottedPath(expression.object);
  return object === null ? null : { ...object, names: [...object.names, expression.name] };
}
