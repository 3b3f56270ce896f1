/**
 * A YAML file as the rule loader sees it: plain nodes with offsets, nothing else. Two readers produce it:
 * `read-plain-yaml.ts` for the way nearly all rule files are written in, `read-yaml.ts` for everything else. A property
 * test holds that both give equal trees.
 */
import type { Json } from './rule.ts';

export type YamlNode = YamlScalar | YamlSeq | YamlMap;

/** UTF-16 offsets into the text; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

export interface YamlScalar extends Span {
  kind: 'scalar';
  value: string | number | boolean | null;
}

export interface YamlSeq extends Span {
  kind: 'seq';
  items: YamlNode[];
}

export interface YamlMap extends Span {
  kind: 'map';
  /** In written order, keys unique. */
  entries: YamlEntry[];
}

export interface YamlEntry {
  key: string;
  keyStart: number;
  keyEnd: number;
  value: YamlNode;
}

export function findEntry(map: YamlMap, key: string): YamlEntry | undefined {
  for (const entry of map.entries) if (entry.key === key) return entry;
  return undefined;
}

export function keySpan(entry: YamlEntry): Span {
  return { start: entry.keyStart, end: entry.keyEnd };
}

/** Where a block scalar ends for a reader's eye: after its last character that is not blank. */
export function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** Both packages end a clipped value with a line break even where the file has none; Semgrep does not. */
export function blockScalar(text: string, value: string, start: number, end: number): YamlScalar {
  const cutShort = end >= text.length && value.endsWith('\n') && text.slice(text.lastIndexOf('\n') + 1).trim() !== '';
  return { kind: 'scalar', value: cutShort ? value.slice(0, -1) : value, start, end: trimmedEnd(text, start, end) };
}

/** The node as a plain value. Keys such as `__proto__` become own properties. */
export function toJson(node: YamlNode): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'seq':
      return node.items.map(toJson);
    case 'map':
      return toJsonObject(node);
  }
}

export function toJsonObject(map: YamlMap): { [key: string]: Json } {
  const object: { [key: string]: Json } = {};
  for (const { key, value } of map.entries) {
    if (key === '__proto__') Object.defineProperty(object, key, { value: toJson(value), enumerable: true });
    else object[key] = toJson(value);
  }
  return object;
}

/** What a node is, in the words of an error message: `the number 42`, `a list`. */
export function describeNode(node: YamlNode): string {
  if (node.kind === 'seq') return 'a list';
  if (node.kind === 'map') return 'a mapping';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return `the string ${quoteShort(node.value)}`;
  return `the ${typeof node.value} ${node.value}`;
}

const SHOWN = 40;

/** The text in quotes, on one line, cut to a readable length. */
export function quoteShort(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return JSON.stringify(line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line);
}
