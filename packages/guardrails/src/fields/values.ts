import { didYouMean, findLanguage, type YamlNode } from '@lockstep/engine';
import type { Field, Place, Schema } from './field.ts';

/** A text that says something. */
export function text(schema: Schema = {}): Field<string> {
  return {
    expected: null,
    schema: { type: 'string', minLength: 1, ...schema },
    read(context, node, { path, key, about }) {
      const written = context.string(node, path)?.trim() ?? null;
      if (written !== '') return written;
      context.report('bad-value', node, path, `\`${key}\` is empty`, `expected ${about}`);
      return null;
    },
  };
}

/** A text that a test must accept; `wrong` says what is wrong with another one, and `remedy` what to write. */
export function checkedText(
  test: (text: string) => boolean,
  wrong: (text: string) => string,
  remedy: (text: string) => string,
  schema: Schema = {},
): Field<string> {
  const plain = text(schema);
  return {
    ...plain,
    read(context, node, place) {
      const written = plain.read(context, node, place);
      if (written === null || test(written)) return written;
      context.report('bad-value', node, place.path, wrong(written), remedy(written));
      return null;
    },
  };
}

/** Written as people name it in an error message: `2026-01-31`. */
export function date(): Field<string> {
  const isDate = (written: string) =>
    /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(Date.parse(`${written}T00:00:00Z`));
  return checkedText(
    isDate,
    (written) => `\`${written}\` is not a date`,
    () => 'write it as `2026-01-31`',
    { pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  );
}

export function url(): Field<string> {
  return checkedText(
    (written) => /^https?:\/\/[^\s/]+\S*$/.test(written),
    (written) => `\`${written}\` is not a URL`,
    () => 'start it with `https://`',
    { pattern: '^https?://[^\\s/]+\\S*$' },
  );
}

/** One of some words. */
export function choice<T extends string>(choices: readonly T[]): Field<T> {
  const expected = `one of ${choices.map((word) => `\`${word}\``).join(', ')}`;
  return {
    expected,
    schema: { enum: [...choices] },
    read(context, node, { path }) {
      const written = context.string(node, path, expected);
      const found = choices.find((word) => word === written);
      if (found !== undefined || written === null) return found ?? null;
      context.report('bad-value', node, path, `expected ${expected}`, didYouMean(written, choices));
      return null;
    },
  };
}

/** The canonical name of a language. */
export function language(): Field<string> {
  return {
    expected: null,
    schema: { type: 'string' },
    read(context, node, { path }) {
      const written = context.string(node, path);
      if (written === null) return null;
      const found = findLanguage(written);
      if (found === null) context.report('unknown-language', node, path, `unknown language \`${written}\``);
      return found?.name ?? null;
    },
  };
}

/** A whole number from 1 on. */
export function ordinal(): Field<number> {
  return {
    expected: null,
    schema: { type: 'integer', minimum: 1 },
    read(context, node, { path }) {
      const number = context.integer(node, path);
      if (number === null || number >= 1) return number;
      context.report('bad-value', node, path, `${number} is too small`, 'count from 1');
      return null;
    },
  };
}

/** A number from 0 to 1. */
export function share(): Field<number> {
  return {
    expected: null,
    schema: { type: 'number', minimum: 0, maximum: 1 },
    read(context, node, { path }) {
      const number = node.kind === 'scalar' && typeof node.value === 'number' ? node.value : null;
      if (number === null) return context.wrongType(node, path, 'a number from 0 to 1');
      if (number >= 0 && number <= 1) return number;
      context.report('bad-value', node, path, `${number} is not a number from 0 to 1`, 'write 95 % as `0.95`');
      return null;
    },
  };
}

/** A whole number from 0 on. */
export function count(): Field<number> {
  return {
    expected: null,
    schema: { type: 'integer', minimum: 0 },
    read(context, node, { path }) {
      const number = context.integer(node, path);
      if (number === null || number >= 0) return number;
      context.report('bad-value', node, path, `${number} is too small`, 'count from 0');
      return null;
    },
  };
}

/** `true` or `false`. */
export function flag(): Field<boolean> {
  return {
    expected: null,
    schema: { type: 'boolean' },
    read: (context, node, { path }) => context.boolean(node, path),
  };
}

export function list<T>(item: Field<T>, expected = 'a list'): Field<T[]> {
  return {
    expected: null,
    schema: { type: 'array', items: item.schema, minItems: 1 },
    read(context, node, place) {
      const items = context.seq(node, place.path, expected)?.items;
      if (items === undefined) return null;
      if (items.length === 0) {
        context.report('bad-value', node, place.path, `\`${place.key}\` is an empty list`, 'fill it, or leave it out');
      }
      const values = items.map((each, at) => item.read(context, each, itemPlace(place, at)));
      return values.filter((value) => value !== null);
    },
  };
}

/** A list, or its only item. */
export function oneOrMore<T>(item: Field<T>): Field<T[]> {
  const several = list(item);
  return {
    expected: item.expected,
    schema: { anyOf: [item.schema, several.schema] },
    read(context, node, place) {
      if (node.kind === 'seq') return several.read(context, node, place);
      const only = item.read(context, node, place);
      return only === null ? null : [only];
    },
  };
}

/** A text, or a mapping. */
export function textOr<T, U>(short: Field<T>, long: Field<U>): Field<T | U> {
  return {
    expected: null,
    schema: { anyOf: [short.schema, long.schema] },
    read: (context, node, place) => (node.kind === 'map' ? long : short).read(context, node, place),
  };
}

/** A mapping whose keys its writer chooses; `keyTest` says which are keys at all. */
export function record<T>(keyTest: RegExp, keyName: string, value: Field<T>): Field<Record<string, T>> {
  return {
    expected: null,
    schema: { type: 'object', patternProperties: { [keyTest.source]: value.schema }, additionalProperties: false },
    read(context, node, { path, about }) {
      const entries = context.map(node, path)?.entries;
      if (entries === undefined) return null;
      const errorsBefore = context.errorCount;
      const values = entries.map((entry) => {
        const place = { path: `${path}.${entry.key}`, key: entry.key, about };
        if (!keyTest.test(entry.key)) {
          const span = { start: entry.keyStart, end: entry.keyEnd };
          context.report('bad-value', span, place.path, `\`${entry.key}\` is not ${keyName}`);
        }
        return [entry.key, value.read(context, entry.value, place)] as const;
      });
      return context.errorCount > errorsBefore ? null : (Object.fromEntries(values) as Record<string, T>);
    },
  };
}

/** The same text, as something else. */
export function converted<T, U>(field: Field<T>, convert: (value: T) => U): Field<U> {
  return {
    ...field,
    read(context, node, place) {
      const value = field.read(context, node, place);
      return value === null ? null : convert(value);
    },
  };
}

/** Adds what its values cannot be checked for one by one. */
export function checked<T>(
  field: Field<T>,
  check: (value: T, report: (message: string, suggestion: string) => void) => void,
): Field<T> {
  return {
    ...field,
    read(context, node, place) {
      const value = field.read(context, node, place);
      if (value === null) return null;
      const errorsBefore = context.errorCount;
      check(value, (message, suggestion) => context.report('bad-value', headOf(node), place.path, message, suggestion));
      return context.errorCount > errorsBefore ? null : value;
    },
  };
}

/** Keeps where the value was written. */
export function located<T extends object>(field: Field<T>): Field<T & Located> {
  return {
    ...field,
    read(context, node, place) {
      const value = field.read(context, node, place);
      if (value === null) return null;
      const { start, end } = headOf(node);
      const { line, column, path } = context.location({ start, end }, place.path);
      return { ...value, place: { line, column, start, end, path } };
    },
  };
}

export interface Located {
  place: WrittenAt;
}

/** A place in `guardrail.yaml`: line and column count from 1, the others are offsets and the path. */
export interface WrittenAt {
  line: number;
  column: number;
  start: number;
  end: number;
  path: string;
}

/** Underlining the whole of a mapping would say nothing: its first key stands for it. */
function headOf(node: YamlNode): { start: number; end: number } {
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  return first === undefined ? node : { start: first.keyStart, end: first.keyEnd };
}

function itemPlace({ path, key, about }: Place, at: number): Place {
  return { path: `${path}.${at}`, key, about };
}
