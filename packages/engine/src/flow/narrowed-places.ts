import type { FlowLanguage } from '../languages/flow-language.ts';
import { Kind } from '../tree/nodes.ts';
import { constantElements, evaluateExpression, type ValueOf } from './evaluate-expression.ts';
import {
  type CallExpression,
  type Expression,
  type Field,
  type Index,
  isPlace,
  type Operator,
  type Variable,
} from './il.ts';
import type { KnownValues } from './known-values.ts';

export type NarrowedPlace = Variable | Field | Index;

/** What somebody knows of a test that stands by itself: the places that are clean where it came out as `holds`. */
export type TestMeaning = (test: Expression, holds: boolean) => NarrowedPlace[];

/** Nobody knows more than what is true for every rule. */
export const NO_MEANING: TestMeaning = () => [];

/**
 * Places that hold nothing dangerous where the test came out as `holds`: one of the program's own constants, a number,
 * or a string of letters and digits, and what `meaning` adds. Ours: the reference knows no conditions.
 */
export function narrowedPlaces(
  test: Expression,
  holds: boolean,
  known: KnownValues,
  meaning: TestMeaning,
): NarrowedPlace[] {
  return [...meaning(test, holds), ...checkedPlaces(test, holds, known, meaning)];
}

function checkedPlaces(test: Expression, holds: boolean, known: KnownValues, meaning: TestMeaning): NarrowedPlace[] {
  if (test.kind === 'call') return holds ? checkedByCall(test, known.language) : [];
  if (test.kind !== 'operator') return [];
  if (test.class === 'comparison') return checkedByComparison(test, holds, known);
  if (test.class !== 'boolean') return [];
  const [first] = test.operands;
  if (test.name === 'not') return first === undefined ? [] : narrowedPlaces(first, !holds, known, meaning);
  const parts = test.operands.map((operand) => narrowedPlaces(operand, holds, known, meaning));
  if (holds === (test.name === 'and')) return parts.flat();
  // One of them came out so: what each of them says.
  const [some = [], ...others] = parts;
  return some.filter((place) => others.every((places) => places.some((other) => isSamePlace(place, other))));
}

function checkedByComparison(test: Operator, holds: boolean, known: KnownValues): NarrowedPlace[] {
  const [left, right, ...others] = test.operands;
  if (left === undefined || right === undefined || others.length > 0) return [];
  const isPositive = test.name === '==' || test.name === 'is' || test.name === 'in';
  const isNegative = test.name === '!=' || test.name === 'is not' || test.name === 'not in';
  if (!(isPositive && holds) && !(isNegative && !holds)) return [];
  const constantOf: ValueOf = (expression) => known.values.get(expression) ?? null;
  if (test.name === 'in' || test.name === 'not in')
    return isFixed(right, constantOf, known) ? placeOf(left, known.language) : [];
  if (evaluateExpression(right, constantOf) !== null) return placeOf(left, known.language);
  return evaluateExpression(left, constantOf) !== null ? placeOf(right, known.language) : [];
}

/** A container of constants, or a variable that always holds one. In a string anything may be, so that it is none. */
function isFixed(container: Expression, constantOf: ValueOf, { containers }: KnownValues): boolean {
  if (container.kind === 'variable') return containers.has(container.key);
  return constantElements(container, constantOf) !== null;
}

/**
 * Whether a rule may know what the outcome of a test says: it looks into a place, by more than whether it is there.
 * Other tests are not worth a join of what is known on both ways.
 */
export function mayBeCheck(test: Expression): boolean {
  if (test.kind === 'call') return test.args.length > 0 || test.callee.kind === 'field';
  if (test.kind !== 'operator') return false;
  if (test.class === 'boolean') return test.operands.some(mayBeCheck);
  return test.class === 'comparison' && test.name !== 'is' && test.name !== 'is not';
}

/** `isinstance(x, int)`, `x.isdigit()` */
function checkedByCall({ callee, args }: CallExpression, language: FlowLanguage): NarrowedPlace[] {
  if (callee.kind === 'field')
    return args.length === 0 && language.plainTextTests.has(callee.name) ? placeOf(callee.object, language) : [];
  const [value, type] = args;
  if (callee.kind !== 'variable' || callee.key !== language.typeTest || value === undefined || type === undefined)
    return [];
  const types = type.value.kind === 'sequence' ? type.value.elements : [type.value];
  const areNumbers =
    types.length > 0 && types.every((one) => one.kind === 'variable' && language.numberTypes.has(one.key));
  return areNumbers ? placeOf(value.value, language) : [];
}

function placeOf(expression: Expression, language: FlowLanguage): NarrowedPlace[] {
  if (isPlace(expression)) return [expression];
  const isSpelling =
    expression.kind === 'call' && expression.callee.kind === 'field' && language.spellings.has(expression.callee.name);
  return isSpelling && expression.callee.kind === 'field' ? placeOf(expression.callee.object, language) : [];
}

function isSamePlace(a: Expression, b: Expression): boolean {
  if (a.kind === 'variable') return b.kind === 'variable' && a.key === b.key;
  if (a.kind === 'field') return b.kind === 'field' && a.name === b.name && isSamePlace(a.object, b.object);
  if (a.kind !== 'index' || b.kind !== 'index' || !isSamePlace(a.object, b.object)) return false;
  const { origin: x } = a.index;
  const { origin: y } = b.index;
  if (x.kind === Kind.Str) return y.kind === Kind.Str && x.value === y.value;
  return x.kind === Kind.Int && y.kind === Kind.Int && x.value === y.value;
}
