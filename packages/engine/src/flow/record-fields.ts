import type { RecordClasses } from '../languages/flow-language.ts';
import { dottedPath } from './dotted-path.ts';
import type { ClassBody, ClassField, Expression } from './il.ts';

/** What the constructor of a class that is only fields takes. */
export interface RecordFields {
  /** In the order in which it takes them. */
  names: readonly string[];
  /** Its objects are tuples of them as well. */
  isTuple: boolean;
}

/** Of a class and those that it is derived from, nearest first; null where it is no such class, or has other bases. */
export function recordFields(lineage: readonly ClassBody[]): RecordFields | null {
  const records = lineage[0]?.enclosing?.language.records;
  if (records === undefined) return null;
  const known = new Set(lineage.map(({ name }) => name));
  const isRecord =
    lineage.some((one) => one === lineage[0] && isDecorated(one, records)) || isDerived(lineage, records);
  const isPlain = (base: Expression): boolean =>
    nameIn(base, records.bases) || nameIn(base, records.tuples) || nameIn(base, records.plainBases);
  if (!isRecord || !lineage.every(({ bases }) => bases.every((base) => isPlain(base) || known.has(lastName(base)))))
    return null;
  const names = new Set<string>();
  for (const { fields } of [...lineage].reverse())
    for (const field of fields) if (isTaken(field, records)) names.add(field.name);
  return {
    names: [...names],
    isTuple: lineage.some(({ bases }) => bases.some((base) => nameIn(base, records.tuples))),
  };
}

function isDecorated({ decorators }: ClassBody, records: RecordClasses): boolean {
  return decorators.some((one) => nameIn(one.kind === 'call' ? one.callee : one, records.decorators));
}

function isDerived(lineage: readonly ClassBody[], { bases, tuples }: RecordClasses): boolean {
  return lineage.some((one) => one.bases.some((base) => nameIn(base, bases) || nameIn(base, tuples)));
}

/** Whether the constructor takes the field. */
function isTaken({ annotation, value }: ClassField, { noFields, fieldMakers, takenBy }: RecordClasses): boolean {
  const call = value?.kind === 'call' ? value : null;
  if (annotation === null) return call !== null && nameIn(call.callee, fieldMakers);
  const type = annotation.kind === 'index' ? annotation.object : annotation;
  return !noFields.has(lastName(type)) && call?.args.every(({ name }) => name !== takenBy) !== false;
}

function nameIn(expression: Expression, names: ReadonlySet<string>): boolean {
  const path = dottedPath(expression.kind === 'index' ? expression.object : expression);
  if (path === null) return false;
  const [first = '', ...rest] = path.names;
  return names.has([...(path.canonical ?? [first]), ...rest].join('.'));
}

function lastName(expression: Expression): string {
  return expression.kind === 'variable' || expression.kind === 'field' ? expression.name : '';
}
