import { type FileContext, findEntry, type Json, type YamlMap, type YamlNode } from '@lockstep/engine';

/**
 * The values of a `guardrail.yaml`, described once: a field both reads its value, with the place and the remedy of
 * whatever is wrong, and says what editors are told of it. A schema library would give the second for free, but its
 * messages know neither the place nor what was meant.
 */
export interface Field<T> {
  /** null after reporting what is wrong. */
  read(context: FileContext, node: YamlNode, place: Place): T | null;
  /** For editors: JSON Schema, draft 7. */
  schema: Schema;
  /** What a reader is told to write where the value is missing; null: what the key is about. */
  expected: string | null;
}

export type Schema = { [key: string]: Json };

/** Where a value stands: its path in the file, its key, and what the key is about. */
export interface Place {
  path: string;
  key: string;
  about: string;
}

/** A key of a mapping: its value, or what stands for it where it is left out. */
export interface Key<T> {
  about: string;
  field: Field<T>;
  missing: { required: true } | { required: false; value: T };
}

export function required<T>(field: Field<T>, about: string): Key<T> {
  return { about, field, missing: { required: true } };
}

export function optional<T>(field: Field<T>, about: string): Key<T | null> {
  return { about, field, missing: { required: false, value: null } };
}

export function defaulted<T>(field: Field<T>, value: T, about: string): Key<T> {
  return { about, field, missing: { required: false, value } };
}

/** The keys of a mapping by the names that the code has for them: `approvedBy` is written `approved-by`. */
export type Keys<T> = { [Name in keyof T]-?: Key<T[Name]> };

/** A mapping. All of its keys are read, so that everything wrong with it is told at once. */
export function object<T extends object>(keys: Keys<T>, expected = 'a mapping'): Field<T> {
  const entries = Object.entries<Key<unknown>>(keys).map(([name, key]) => ({ name, written: writtenKey(name), key }));
  const known = entries.map(({ written }) => written);
  return {
    expected: null,
    read(context, node, { path }) {
      const map = context.map(node, path, expected);
      if (map === null) return null;
      const errorsBefore = context.errorCount;
      for (const entry of map.entries) {
        if (!known.includes(entry.key)) context.unknownKey(entry, joinPath(path, entry.key), known);
      }
      const values = entries.map(({ name, written, key }) => [name, readKey(context, map, path, written, key)]);
      return context.errorCount > errorsBefore ? null : (Object.fromEntries(values) as T);
    },
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        entries.map(({ written, key }) => [written, { ...key.field.schema, description: key.about }]),
      ),
      required: entries.filter(({ key }) => key.missing.required).map(({ written }) => written),
      additionalProperties: false,
    },
  };
}

function readKey<T>(context: FileContext, map: YamlMap, path: string, key: string, spec: Key<T>): T | null {
  const { field, about, missing } = spec;
  const node = findEntry(map, key)?.value;
  if (node !== undefined) return field.read(context, node, { path: joinPath(path, key), key, about });
  return missing.required ? context.missingKey(map, path, key, field.expected ?? about) : missing.value;
}

export function joinPath(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`;
}

function writtenKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
