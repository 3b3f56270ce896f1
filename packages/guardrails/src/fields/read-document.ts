import type { Field } from './field.ts';
import { type FileReading, readFile } from './read-file.ts';

/** Reads a YAML text by the table of its keys; `empty` is what a file with nothing but comments means. Never throws. */
export function readDocument<T>(text: string, file: string, field: Field<T>, empty: T): FileReading<T> {
  const isEmpty = text.split('\n').every((line) => /^(?:#|$)/.test(line.trim()));
  if (isEmpty) return { value: empty, problems: [] };
  return readFile(text, file, '', (context, root) => field.read(context, root, { path: '', key: '', about: '' }));
}
