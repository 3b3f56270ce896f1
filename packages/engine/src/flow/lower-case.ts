import { forEachChild } from '../tree/fields.ts';
import { Kind, type Name, type Node } from '../tree/nodes.ts';
import type { Expression, Operator } from './il.ts';

/** The test whether a subject fits a pattern of literals; null for patterns that ask for something else. */
export function caseTest(pattern: Node, subject: Expression): Operator | null {
  const { start, end } = pattern;
  const base = { kind: 'operator' as const, start, end, origin: pattern };
  if (isLiteral(pattern)) {
    const literal: Expression = { kind: 'literal', start, end, origin: pattern };
    const name = pattern.kind === Kind.Constant ? 'is' : '==';
    return { ...base, name, class: 'comparison', operands: [subject, literal] };
  }
  if (pattern.kind !== Kind.Other || pattern.type !== 'union_pattern') return null;
  const operands = pattern.children.map((child) => caseTest(child, subject));
  if (operands.includes(null)) return null;
  return { ...base, name: 'or', class: 'boolean', operands: operands as Operator[] };
}

function isLiteral({ kind }: Node): boolean {
  return kind === Kind.Int || kind === Kind.Str || kind === Kind.Constant;
}

/** `case _:`, or a name without a condition. */
export function takesAnything(arm: Node): boolean {
  if (arm.kind !== Kind.Case || arm.guard !== null) return false;
  return arm.pattern.kind === Kind.Name || (arm.pattern.kind === Kind.Other && arm.pattern.text === '_');
}

/** Names that a pattern binds; those of classes and of dotted constants it only reads. */
export function capturedNames(pattern: Node): Name[] {
  if (pattern.kind === Kind.Name) return [pattern];
  if (pattern.kind === Kind.Member) return [];
  const names: Name[] = [];
  const visit = (child: Node): void => {
    names.push(...capturedNames(child));
  };
  if (pattern.kind === Kind.Call) pattern.args.forEach(visit);
  else forEachChild(pattern, visit);
  return names;
}
