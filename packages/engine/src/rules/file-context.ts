/** One rule file while it is read: where things stand, what is wrong with them, and the small checks all readers share. */
import { closestName, didYouMean } from './closest-name.ts';
import type { LineIndex } from './line-index.ts';
import { RULE_PROBLEMS, type RuleProblem, type RuleProblemCode } from './problem.ts';
import type { RuleLocation } from './rule.ts';
import {
  describeNode,
  keySpan,
  type Span,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlSeq,
} from './yaml-tree.ts';

export class FileContext {
  readonly file: string;
  readonly #lines: LineIndex;
  // Not a WeakMap, which cost a tenth of all loading; the context lives no longer than its file's load.
  readonly #places = new Map<object, { span: Span; path: string }>();
  readonly problems: RuleProblem[] = [];
  #pastSchema = false;
  /** The rule being read, for the problems found in it. */
  ruleId: string | null = null;
  /** Errors reported so far: a reader compares before and after to know whether its part is sound. */
  errorCount = 0;

  constructor(file: string, lines: LineIndex) {
    this.file = file;
    this.#lines = lines;
  }

  report(code: RuleProblemCode, span: Span, path: string, message: string, suggestion = ''): void {
    const { level, stage: usual } = RULE_PROBLEMS[code];
    const stage = this.#pastSchema && usual === 'schema' ? 'rule' : usual;
    if (level === 'error') this.errorCount++;
    const { line, column } = this.#lines.locate(span.start);
    const end = this.#lines.locate(Math.max(span.start, span.end));
    this.problems.push({
      code,
      level,
      stage,
      message,
      suggestion,
      file: this.file,
      line,
      column,
      endLine: end.line,
      endColumn: end.column,
      path,
      ruleId: this.ruleId,
    });
  }

  /** What `read` reports is left by Semgrep's schema check to its rule parser, and costs only the one rule. */
  asRuleProblems<T>(read: () => T): T {
    const before = this.#pastSchema;
    this.#pastSchema = true;
    const result = read();
    this.#pastSchema = before;
    return result;
  }

  /** Remembers where a part of a rule was written, for checks that come after reading. */
  remember(part: object, span: Span, path: string): void {
    this.#places.set(part, { span, path });
  }

  placeOf(part: object): { span: Span; path: string } | undefined {
    return this.#places.get(part);
  }

  location(span: Span, path: string): RuleLocation {
    const { line, column } = this.#lines.locate(span.start);
    return { file: this.file, line, column, path };
  }

  wrongType(node: YamlNode, path: string, expected: string): null {
    this.report(
      'wrong-type',
      node,
      path,
      `expected ${expected}, found ${describeNode(node)}`,
      this.#typeHint(node, expected),
    );
    return null;
  }

  /** The node's text, or null after reporting what else it is. */
  string(node: YamlNode, path: string, expected = 'a string'): string | null {
    return node.kind === 'scalar' && typeof node.value === 'string' ? node.value : this.wrongType(node, path, expected);
  }

  /** `true` or `false`, quoted or not. */
  boolean(node: YamlNode, path: string): boolean | null {
    const value = node.kind === 'scalar' ? node.value : null;
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    return this.wrongType(node, path, '`true` or `false`');
  }

  /** A whole number, quoted or not. */
  integer(node: YamlNode, path: string): number | null {
    const value = node.kind === 'scalar' ? node.value : null;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
    return this.wrongType(node, path, 'a whole number');
  }

  map(node: YamlNode, path: string, expected = 'a mapping'): YamlMap | null {
    return node.kind === 'map' ? node : this.wrongType(node, path, expected);
  }

  seq(node: YamlNode, path: string, expected = 'a list'): YamlSeq | null {
    return node.kind === 'seq' ? node : this.wrongType(node, path, expected);
  }

  /** The strings of a list; items of another type are reported and left out. */
  strings(node: YamlNode, path: string, expected = 'a list of strings'): string[] | null {
    const items = this.seq(node, path, expected)?.items;
    if (items === undefined) return null;
    const strings = items.map((item, index) => this.string(item, `${path}.${index}`));
    return strings.filter((text) => text !== null);
  }

  missingKey(map: YamlMap, path: string, key: string, expected: string): null {
    const keys = map.entries.map((entry) => entry.key);
    const mistyped = closestName(key, keys);
    const suggestion = mistyped === null ? '' : `is \`${mistyped}\` meant to be \`${key}\`?`;
    this.report('missing-key', firstLineSpan(map), path, `expected the key \`${key}\`: ${expected}`, suggestion);
    return null;
  }

  /** Warns of a key that nothing reads. */
  unknownKey(entry: YamlEntry, path: string, known: Iterable<string>): void {
    const message = `the key \`${entry.key}\` is unknown here and has no effect`;
    this.report('unknown-key', keySpan(entry), path, message, didYouMean(entry.key, known));
  }

  ignoredKey(entry: YamlEntry, path: string, why: string, suggestion = ''): void {
    this.report('ignored-key', keySpan(entry), path, `\`${entry.key}\` has no effect: ${why}`, suggestion);
  }

  #typeHint(node: YamlNode, expected: string): string {
    if (node.kind !== 'scalar' || node.value === null || !expected.includes('string')) return '';
    const written = this.#lines.text.slice(node.start, node.end);
    if (typeof node.value !== 'string') return `quote it: \`"${written}"\``;
    return expected.includes('list') && !written.includes('\n') ? `write \`[${written}]\`` : '';
  }
}

/** A mapping is pointed at by its first key: underlining the whole of it would say nothing. */
export function firstLineSpan(node: YamlNode): Span {
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  return first === undefined ? { start: node.start, end: node.start } : keySpan(first);
}
