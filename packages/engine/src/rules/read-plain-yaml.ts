/**
 * Rule text → YAML tree, for text written in the ordinary way: block and flow collections, plain, quoted and block
 * scalars, aliases of what holds none. Anything else (tags, merge and complex keys, values without text, tabs, mistakes
 * of any kind) is not read at all: null, and the `yaml` package has the say. So this reader needs no diagnostics, and
 * where the two packages might disagree it gives up rather than decide.
 */
import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import {
  blockScalar,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
  type YamlSeq,
} from './yaml-tree.ts';

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>;
type ScalarEvent = EventOf<typeof EVENT_ID.SCALAR>;
type CollectionEvent = EventOf<typeof EVENT_ID.SEQUENCE | typeof EVENT_ID.MAPPING>;
type AliasEvent = EventOf<typeof EVENT_ID.ALIAS>;

/** Real rules nest about 20 deep. An alias may double this, which the other reader still allows. */
const MAX_DEPTH = 50;
/** Nodes that aliases may add; above it the other reader counts exactly. */
const MAX_ALIAS_NODES = 10_000;
/** The `yaml` package refuses a `:` more than 1024 characters after the start of its key. */
const MAX_KEY = 1000;
/** The packages differ in what tabs, carriage returns, byte order marks and Unicode's line ends may do, and `...`. */
const UNUSUAL = /[\t\r\uFEFF\u2028\u2029]|^\.\.\./m;
/** They do in these of double quotes, … */
const UNUSUAL_ESCAPE = /\\[U\n]/;
/** … and in how many line ends they keep after block scalars of these headers. */
const UNUSUAL_HEADER = /[0-9+]/;

const WORDS = new Map<string, boolean | null>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
]);
const LONGEST_WORD = 5;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const OTHER_NUMBER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The tree of an ordinary YAML text without mistakes; null for every other text. */
export function readPlainYaml(text: string): YamlNode | null {
  if (UNUSUAL.test(text)) return null;
  const events = readEvents(text);
  return events === null ? null : new PlainReader(text, events).document();
}

function readEvents(text: string): Event[] | null {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof YAMLException) return null;
    throw error;
  }
}

/** One walk over the events. Every method returns null for what is not ordinary. */
class PlainReader {
  readonly #text: string;
  readonly #events: Event[];
  readonly #anchors = new Map<string, { node: YamlNode; size: number }>();
  #aliasNodes = 0;
  #next = 0;
  /** Where the last key or value ends in the text. */
  #end = 0;

  constructor(text: string, events: Event[]) {
    this.#text = text;
    this.#events = events;
  }

  document(): YamlNode | null {
    const start = this.#events[this.#next++];
    if (start?.type !== EVENT_ID.DOCUMENT || start.explicitStart) return null;
    const root = this.#node();
    if (root?.kind === 'scalar') return null;
    return this.#closes() && this.#next === this.#events.length ? root : null;
  }

  #node(): YamlNode | null {
    const first = this.#next;
    const event = this.#events[this.#next++];
    if (event?.type === EVENT_ID.ALIAS) return this.#alias(event);
    if (event === undefined || !('anchorStart' in event) || event.tagStart >= 0) return null;
    const aliasNodes = this.#aliasNodes;
    const node = this.#content(event);
    if (node === null || event.anchorStart < 0) return node;
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    // What holds aliases itself could multiply.
    if (this.#aliasNodes > aliasNodes) this.#anchors.delete(name);
    else this.#anchors.set(name, { node, size: this.#next - first });
    return node;
  }

  #content(event: ScalarEvent | CollectionEvent): YamlNode | null {
    if (event.type === EVENT_ID.SEQUENCE) return this.#seq(event);
    if (event.type === EVENT_ID.MAPPING) return this.#map(event);
    return event.valueStart < 0 ? null : this.#scalar(event);
  }

  #alias(event: AliasEvent): YamlNode | null {
    const anchor = this.#anchors.get(this.#text.slice(event.anchorStart, event.anchorEnd));
    if (anchor === undefined) return null;
    this.#aliasNodes += anchor.size;
    this.#end = event.anchorEnd;
    return this.#aliasNodes > MAX_ALIAS_NODES ? null : anchor.node;
  }

  #seq(event: CollectionEvent): YamlSeq | null {
    const items: YamlNode[] = [];
    while (!this.#closes()) {
      const item = this.#node();
      if (item === null) return null;
      items.push(item);
    }
    const end = this.#collectionEnd(event, items.at(-1));
    return end === null ? null : { kind: 'seq', items, start: event.start, end };
  }

  #map(event: CollectionEvent): YamlMap | null {
    // A pair in a flow sequence, `[a: b]`, is a mapping without braces.
    if (event.style === COLLECTION_STYLE.FLOW && this.#text[event.start] !== '{') return null;
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    while (!this.#closes()) {
      const entry = this.#entry();
      if (entry === null || keys.has(entry.key)) return null;
      // Of `a:⏎- "b" c: d` js-yaml makes two entries.
      if (event.style === COLLECTION_STYLE.BLOCK && keys.size > 0 && !this.#isFirstInLine(entry.keyStart)) return null;
      keys.add(entry.key);
      entries.push(entry);
    }
    // An explicit key, `? a`, comes after the start of its mapping.
    if (event.style === COLLECTION_STYLE.BLOCK && entries[0]?.keyStart !== event.start) return null;
    const end = this.#collectionEnd(event, entries.at(-1)?.value);
    return end === null ? null : { kind: 'map', entries, start: event.start, end };
  }

  #entry(): YamlEntry | null {
    const event = this.#events[this.#next++];
    if (event?.type !== EVENT_ID.SCALAR || event.valueStart < 0 || event.anchorStart >= 0 || event.tagStart >= 0) {
      return null;
    }
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    const quote = isPlain ? 0 : 1;
    const keyStart = event.valueStart - quote;
    const keyEnd = event.valueEnd + quote;
    const colon = this.#skipSpaces(keyEnd);
    if (this.#text[colon] !== ':' || colon - keyStart > MAX_KEY || this.#hasUnusualEscape(event)) return null;
    // Keys are texts, even `true` and `1`.
    const key = getScalarValue(this.#text, event);
    if (isPlain && key === '<<') return null;
    this.#end = keyEnd;
    const value = this.#node();
    return value === null ? null : { key, keyStart, keyEnd, value };
  }

  #isFirstInLine(start: number): boolean {
    let before = start - 1;
    while (this.#text[before] === ' ') before--;
    return this.#text[before] === '\n';
  }

  #skipSpaces(start: number): number {
    let end = start;
    while (this.#text[end] === ' ') end++;
    return end;
  }

  #scalar(event: ScalarEvent): YamlScalar | null {
    const { valueStart: start, valueEnd: end, style } = event;
    const text = getScalarValue(this.#text, event);
    if (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) {
      return this.#blockScalar(event, text);
    }
    if (style === SCALAR_STYLE.PLAIN) {
      this.#end = end;
      const value = plainValue(text);
      return value === undefined ? null : { kind: 'scalar', value, start, end };
    }
    if (this.#hasUnusualEscape(event)) return null;
    this.#end = end + 1;
    return { kind: 'scalar', value: text, start: start - 1, end: end + 1 };
  }

  #hasUnusualEscape(event: ScalarEvent): boolean {
    if (event.fast || event.style !== SCALAR_STYLE.DOUBLE_QUOTED) return false;
    return UNUSUAL_ESCAPE.test(this.#text.slice(event.valueStart, event.valueEnd));
  }

  /** The event tells where the lines begin; the `|` or `>` stands in the line before, after hyphens and colons. */
  #blockScalar(event: ScalarEvent, value: string): YamlScalar | null {
    const headerLine = this.#text.lastIndexOf('\n', event.valueStart - 2) + 1;
    const indicator = /[ :-]*[|>]/y;
    indicator.lastIndex = Math.max(headerLine, this.#end, event.anchorEnd);
    if (!indicator.test(this.#text)) return null;
    const start = indicator.lastIndex - 1;
    if (UNUSUAL_HEADER.test(this.#text.slice(start + 1, start + 3))) return null;
    const node = blockScalar(this.#text, value, start, event.valueEnd);
    this.#end = node.end;
    return node;
  }

  /** Steps over the end of the collection or document being read, if it is next. */
  #closes(): boolean {
    if (this.#events[this.#next]?.type !== EVENT_ID.POP) return false;
    this.#next++;
    return true;
  }

  /** A block collection ends with its last child; the bracket of a flow collection has no event and is looked for. */
  #collectionEnd(event: CollectionEvent, last: YamlNode | undefined): number | null {
    if (event.style === COLLECTION_STYLE.BLOCK) return Math.max(event.start, last?.end ?? 0);
    const bracket = /[\s,]*[\]}]/y;
    bracket.lastIndex = last === undefined ? event.start + 1 : this.#end;
    if (!bracket.test(this.#text)) return null;
    this.#end = bracket.lastIndex;
    return this.#end;
  }
}

/** What the core schema makes of a plain scalar; undefined for a number in an unusual notation. */
function plainValue(text: string): YamlScalar['value'] | undefined {
  const word = text.length > LONGEST_WORD ? undefined : WORDS.get(text);
  if (word !== undefined) return word;
  if (DECIMAL.test(text)) return Number(text);
  return OTHER_NUMBER.test(text) ? undefined : text;
}
