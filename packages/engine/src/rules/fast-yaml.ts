/**
 * A reader for the plain style of YAML that nearly all rule files are written in: block mappings and lists, plain,
 * quoted and block scalars, simple flow collections. Anything else (anchors, tags, Windows line ends, empty values,
 * repeated keys, every error) makes it give up, and the `yaml` package reads the file instead; so it never has to be
 * clever, only right about what it accepts. `fast-yaml.test.ts` holds it to the package's answer.
 *
 * Why it exists: loading rules is most of the time of a small scan. 332 rule files of 618 KB took the package 290 ms
 * in a cold process and 100 ms warm; this reader takes about 25 and 6 ms.
 */
import { GiveUp, LF, SPACE, TextCursor } from './fast-yaml-cursor.ts';
import { readBlockScalar, readPlain, readQuoted } from './fast-yaml-scalars.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlSeq } from './yaml-tree.ts';

const COLON = 58;
const COMMA = 44;
const DASH = 45;
const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const PIPE = 124;
const GREATER = 62;

/** Deeper files are left to the full reader, whose limit is the same. */
const MAX_DEPTH = 100;

/** The tree of a text in plain style; null if the text is anything else. */
export function readYamlFast(text: string): YamlNode | null {
  if (text.includes('\r') || text.charCodeAt(0) === 0xfeff) return null;
  try {
    const cursor = new TextCursor(text);
    const root = new FastReader(cursor).root();
    return root;
  } catch (error) {
    if (error instanceof GiveUp) return null;
    throw error;
  }
}

class FastReader {
  readonly #cursor: TextCursor;
  #depth = 0;

  constructor(cursor: TextCursor) {
    this.#cursor = cursor;
  }

  root(): YamlNode {
    const cursor = this.#cursor;
    if (cursor.text.startsWith('---\n')) cursor.at = 4;
    const column = cursor.skipBlank();
    if (column !== 0) cursor.giveUp();
    const first = cursor.peek();
    const root = first === OPEN_BRACE ? this.#flow(-1) : this.#blockMap(0);
    cursor.skipBlank();
    if (!cursor.atEnd()) cursor.giveUp();
    return root;
  }

  /** A value on its own line, at `column`, inside something indented by `parent`. */
  #blockNode(column: number, parent: number): YamlNode {
    if (this.#atDash()) return this.#blockSeq(column);
    if (this.#cursor.keyEnd() >= 0) return this.#blockMap(column);
    return this.#inlineValue(parent);
  }

  #blockMap(indent: number): YamlMap {
    this.#descend();
    const cursor = this.#cursor;
    const start = cursor.at;
    const entries: YamlEntry[] = [];
    let end: number;
    do {
      const entry = this.#blockEntry(indent, entries);
      entries.push(entry);
      end = entry.value.end;
    } while (this.#another(indent));
    this.#depth--;
    return { kind: 'map', entries, start, end };
  }

  #blockEntry(indent: number, before: YamlEntry[]): YamlEntry {
    const cursor = this.#cursor;
    const keyStart = cursor.at;
    const keyEnd = cursor.keyEnd();
    if (keyEnd < 0) cursor.giveUp();
    const key = cursor.text.slice(keyStart, keyEnd);
    for (const other of before) if (other.key === key) cursor.giveUp();
    cursor.at = keyEnd + 1;
    return { key, keyStart, keyEnd, value: this.#entryValue(indent) };
  }

  #entryValue(indent: number): YamlNode {
    const cursor = this.#cursor;
    if (!cursor.skipSpacesToLineEnd()) return this.#inlineValue(indent);
    const column = cursor.skipBlank();
    if (cursor.atEnd()) cursor.giveUp();
    if (column > indent) return this.#blockNode(column, indent);
    if (column === indent && this.#atDash()) return this.#blockSeq(column);
    return cursor.giveUp();
  }

  #blockSeq(indent: number): YamlSeq {
    this.#descend();
    const cursor = this.#cursor;
    const start = cursor.at;
    const items: YamlNode[] = [];
    let end: number;
    do {
      if (!this.#atDash()) break;
      cursor.at++;
      const item = this.#seqItem(indent);
      items.push(item);
      end = item.end;
    } while (this.#another(indent));
    this.#depth--;
    return { kind: 'seq', items, start, end: end! };
  }

  #seqItem(indent: number): YamlNode {
    const cursor = this.#cursor;
    const sameLine = !cursor.skipSpacesToLineEnd();
    const column = sameLine ? cursor.column() : cursor.skipBlank();
    if (cursor.atEnd() || column <= indent) cursor.giveUp();
    return this.#blockNode(column, indent);
  }

  /** Moves to the next content; whether it continues a collection indented by `indent`. */
  #another(indent: number): boolean {
    const cursor = this.#cursor;
    const column = cursor.skipBlank();
    if (cursor.atEnd()) return false;
    if (column > indent) cursor.giveUp();
    return column === indent;
  }

  /** A scalar or flow collection whose first character is under the cursor; leaves it at the end of a line. */
  #inlineValue(parent: number): YamlNode {
    const cursor = this.#cursor;
    switch (cursor.peek()) {
      case PIPE:
      case GREATER:
        return readBlockScalar(cursor, parent);
      case SINGLE_QUOTE:
      case DOUBLE_QUOTE: {
        const quoted = readQuoted(cursor, parent);
        cursor.expectLineEnd();
        return quoted;
      }
      case OPEN_BRACKET:
      case OPEN_BRACE: {
        const flow = this.#flow(parent);
        cursor.expectLineEnd();
        return flow;
      }
      default:
        return readPlain(cursor, parent);
    }
  }

  #flow(parent: number): YamlNode {
    this.#descend();
    const node = this.#cursor.peek() === OPEN_BRACKET ? this.#flowSeq(parent) : this.#flowMap(parent);
    this.#depth--;
    return node;
  }

  #flowSeq(parent: number): YamlSeq {
    const cursor = this.#cursor;
    const start = cursor.at++;
    const items: YamlNode[] = [];
    cursor.skipFlowBlank(parent);
    while (cursor.peek() !== CLOSE_BRACKET) {
      items.push(this.#flowValue(parent));
      this.#flowSeparator(parent, CLOSE_BRACKET);
    }
    cursor.at++;
    return { kind: 'seq', items, start, end: cursor.at };
  }

  #flowMap(parent: number): YamlMap {
    const cursor = this.#cursor;
    const start = cursor.at++;
    const entries: YamlEntry[] = [];
    cursor.skipFlowBlank(parent);
    while (cursor.peek() !== CLOSE_BRACE) {
      entries.push(this.#flowEntry(parent, entries));
      this.#flowSeparator(parent, CLOSE_BRACE);
    }
    cursor.at++;
    return { kind: 'map', entries, start, end: cursor.at };
  }

  #flowEntry(parent: number, before: YamlEntry[]): YamlEntry {
    const cursor = this.#cursor;
    const quote = cursor.peek();
    const keyStart = cursor.at;
    let key: string;
    if (quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE) {
      key = String(readQuoted(cursor, parent).value);
      if (cursor.peek() !== COLON || cursor.hasNewline(keyStart)) cursor.giveUp();
    } else {
      const end = cursor.keyEnd();
      if (end < 0) cursor.giveUp();
      key = cursor.text.slice(keyStart, end);
      cursor.at = end;
    }
    const keyEnd = cursor.at++;
    for (const other of before) if (other.key === key) cursor.giveUp();
    cursor.skipFlowBlank(parent);
    return { key, keyStart, keyEnd, value: this.#flowValue(parent) };
  }

  #flowValue(parent: number): YamlNode {
    const cursor = this.#cursor;
    switch (cursor.peek()) {
      case SINGLE_QUOTE:
      case DOUBLE_QUOTE:
        return readQuoted(cursor, parent);
      case OPEN_BRACKET:
      case OPEN_BRACE:
        return this.#flow(parent);
      default:
        return cursor.flowPlain();
    }
  }

  #flowSeparator(parent: number, close: number): void {
    const cursor = this.#cursor;
    cursor.skipFlowBlank(parent);
    if (cursor.peek() === COMMA) {
      cursor.at++;
      cursor.skipFlowBlank(parent);
    } else if (cursor.peek() !== close) cursor.giveUp();
  }

  #atDash(): boolean {
    const next = this.#cursor.text.charCodeAt(this.#cursor.at + 1);
    return this.#cursor.peek() === DASH && (next === SPACE || next === LF);
  }

  #descend(): void {
    if (++this.#depth > MAX_DEPTH) this.#cursor.giveUp();
  }
}
