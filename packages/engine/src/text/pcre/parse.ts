import { withCaseVariants } from './case-variants.ts';
import { ANY_CHAR, type CharSet, EMPTY_SET, setOfChar, setOfRanges } from './char-set.ts';
import { NEWLINE_CHARS, NOT_NEWLINE } from './char-types.ts';
import { Cursor, PatternError } from './cursor.ts';
import { fixedLength } from './fixed-length.ts';
import { GRAPHEME_SOURCE } from './grapheme.ts';
import { isPosixItem, parseClass } from './parse-class.ts';
import { type Escape, type GroupReference, parseEscape, relative, takeGroupName } from './parse-escape.ts';
import {
  type Assertion,
  type ConditionalTest,
  EMPTY,
  type Look,
  type RegexNode,
  type RegexProblem,
  type RegexSyntax,
  someNode,
} from './syntax.ts';

/**
 * The PCRE2 parser, for the dialect of PCRE2 10.40 with the UTF option (semantics 04 §4). It accepts and rejects what
 * that version does; the few constructs this engine does not have are problems marked `unsupported`.
 */
export function parseRegex(source: string, options: { multiline: boolean }): RegexSyntax | RegexProblem {
  try {
    return new RegexParser(source, options.multiline).parse();
  } catch (error) {
    if (error instanceof PatternError) return error.problem;
    throw error;
  }
}

/** What `(?imsxnUJ)` sets; scoped to the enclosing group. */
interface Options {
  caseless: boolean;
  multiline: boolean;
  dotAll: boolean;
  extended: boolean;
  extendedMore: boolean;
  noAutoCapture: boolean;
  ungreedy: boolean;
  duplicateNames: boolean;
}

/** PCRE2's limit on nested parentheses. */
const MAX_NESTING = 250;
const MAX_REPEAT = 65535;

const NEWLINE_SEQUENCE: RegexNode = {
  kind: 'atomic',
  body: {
    kind: 'alternation',
    branches: [
      { kind: 'sequence', items: [setNode(setOfChar(0x0d)), setNode(setOfChar(0x0a))] },
      setNode(NEWLINE_CHARS),
    ],
  },
};

const PATTERN_BLANKS = /[\t-\r \x85\u200e\u200f\u2028\u2029]+/y;
const QUANTIFIER = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y;
const START_OPTIONS =
  /\(\*(?:UTF8?|NO_JIT|NO_START_OPT|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|LF|BSR_UNICODE|LIMIT_(?:MATCH|DEPTH|HEAP|RECURSION)=\d+)\)/y;
const OTHER_START_OPTION = /\(\*(UCP|CR|CRLF|ANYCRLF|ANY|NUL|BSR_ANYCRLF|NOTEMPTY|NOTEMPTY_ATSTART)\)/y;

const ALPHA_ASSERTIONS = new Map<string, 'atomic' | { direction: 'ahead' | 'behind'; negative: boolean }>([
  ['atomic', 'atomic'],
  ...(['pla', 'positive_lookahead'] as const).map((n) => [n, { direction: 'ahead', negative: false }] as const),
  ...(['nla', 'negative_lookahead'] as const).map((n) => [n, { direction: 'ahead', negative: true }] as const),
  ...(['plb', 'positive_lookbehind'] as const).map((n) => [n, { direction: 'behind', negative: false }] as const),
  ...(['nlb', 'negative_lookbehind'] as const).map((n) => [n, { direction: 'behind', negative: true }] as const),
]);

class RegexParser {
  private readonly cursor: Cursor;
  private options: Options;
  /** Read by the escape parser. */
  groupsOpened = 0;
  private nesting = 0;
  /** How many look-arounds enclose the cursor. */
  private lookDepth = 0;
  private quoting = false;
  private readonly names = new Map<string, number[]>();
  private readonly groupNames: (string | null)[] = [null];
  /** Group bodies by number, for lengths of look-behinds that refer to them. */
  private readonly groups = new Map<number, RegexNode>();
  /** Run once all groups are known. */
  private readonly deferred: (() => void)[] = [];

  constructor(source: string, multiline: boolean) {
    this.cursor = new Cursor(source);
    this.options = {
      caseless: false,
      multiline,
      dotAll: false,
      extended: false,
      extendedMore: false,
      noAutoCapture: false,
      ungreedy: false,
      duplicateNames: false,
    };
  }

  parse(): RegexSyntax {
    this.parseStartOptions();
    const root = joinBranches(this.parseBranches());
    if (!this.cursor.atEnd) this.cursor.fail('unmatched closing parenthesis');
    for (const check of this.deferred) check();
    return { root, groupCount: this.groupNames.length - 1, groupNames: this.groupNames };
  }

  private parseStartOptions(): void {
    while (this.cursor.takeMatch(START_OPTIONS));
    const start = this.cursor.offset;
    const other = this.cursor.takeMatch(OTHER_START_OPTION);
    if (other) this.cursor.unsupported(`(*${other[1]})`, start);
  }

  /** Reads alternatives up to the end or a closing parenthesis, which it leaves. Options set inside end with it. */
  private parseBranches(onBranch: () => void = () => {}): RegexNode[] {
    const outer = this.options;
    this.options = { ...outer };
    const branches: RegexNode[] = [];
    do {
      onBranch();
      branches.push(this.parseSequence());
    } while (this.cursor.take('|'));
    this.options = outer;
    return branches;
  }

  private parseSequence(): RegexNode {
    const items: RegexNode[] = [];
    for (;;) {
      this.skipIgnored();
      if (this.cursor.atEnd || (!this.quoting && /[|)]/.test(this.cursor.peek()))) break;
      const start = this.cursor.offset;
      const item = this.parseItem();
      if (item === null) continue;
      items.push(this.parseQuantifiers(item, start));
    }
    return items.length === 1 ? (items[0] as RegexNode) : { kind: 'sequence', items };
  }

  /** Comments, blanks under `(?x)`, and the quotes `\Q` and `\E` themselves. */
  private skipIgnored(): void {
    const cursor: Cursor = this.cursor;
    for (;;) {
      if (this.quoting) {
        if (!cursor.take('\\E')) return;
        this.quoting = false;
      } else if (cursor.take('\\Q')) this.quoting = true;
      else if (!cursor.take('\\E') && !this.skipComment()) return;
    }
  }

  private skipComment(): boolean {
    const cursor: Cursor = this.cursor;
    if (cursor.startsWith('(?#')) {
      const end = cursor.source.indexOf(')', cursor.offset);
      if (end < 0) cursor.fail('the comment is not closed');
      cursor.offset = end + 1;
      return true;
    }
    if (!this.options.extended) return false;
    return cursor.takeMatch(PATTERN_BLANKS) !== null || cursor.takeMatch(/#[^\n]*/y) !== null;
  }

  private parseQuantifiers(item: RegexNode, start: number): RegexNode {
    this.skipIgnored();
    if (this.quoting) return item;
    const quantifier = this.cursor.takeMatch(QUANTIFIER);
    if (quantifier === null) return item;
    if (!isQuantifiable(item)) this.cursor.fail('nothing to repeat before the quantifier', start);
    const { min, max } = this.boundsOf(quantifier);
    if (this.options.extended) this.skipIgnored();
    let mode: 'greedy' | 'lazy' | 'possessive' = this.options.ungreedy ? 'lazy' : 'greedy';
    if (this.cursor.take('?')) mode = this.options.ungreedy ? 'greedy' : 'lazy';
    else if (this.cursor.take('+')) mode = 'possessive';
    this.skipIgnored();
    if (!this.quoting && this.isQuantifierNext()) this.cursor.fail('nothing to repeat before the quantifier');
    if (item.kind === 'look') return repeatLook(item, min, max, mode);
    return { kind: 'repeat', body: item, min, max, mode };
  }

  private isQuantifierNext(): boolean {
    const { offset } = this.cursor;
    const next = this.cursor.takeMatch(QUANTIFIER) !== null;
    this.cursor.offset = offset;
    return next;
  }

  private boundsOf(quantifier: RegExpExecArray): { min: number; max: number } {
    const [symbol, low, comma, high] = quantifier;
    if (symbol === '*') return { min: 0, max: Number.POSITIVE_INFINITY };
    if (symbol === '+') return { min: 1, max: Number.POSITIVE_INFINITY };
    if (symbol === '?') return { min: 0, max: 1 };
    const min = Number(low);
    let max = min;
    if (comma) max = high ? Number(high) : Number.POSITIVE_INFINITY;
    if (min > MAX_REPEAT || (max > MAX_REPEAT && Number.isFinite(max))) {
      this.cursor.fail('the number in the quantifier is larger than 65535', quantifier.index);
    }
    if (max < min) this.cursor.fail('the numbers in the quantifier are out of order', quantifier.index);
    return { min, max };
  }

  /** One item without its quantifier; null where it adds nothing to match (an option setting). */
  private parseItem(): RegexNode | null {
    const cursor: Cursor = this.cursor;
    if (this.quoting) return this.literal(cursor.takeChar());
    const start = cursor.offset;
    switch (cursor.peek()) {
      case '\\':
        cursor.offset++;
        return this.nodeOfEscape(parseEscape(cursor, this));
      case '[':
        return this.parseBracket();
      case '(':
        return this.parseParenthesis();
      case '.':
        cursor.offset++;
        return setNode(this.options.dotAll ? ANY_CHAR : NOT_NEWLINE);
      case '^':
        cursor.offset++;
        return assertNode(this.options.multiline ? 'line-start' : 'text-start');
      case '$':
        cursor.offset++;
        return assertNode(this.options.multiline ? 'line-end' : 'text-end-or-last-newline');
      default:
        if (this.isQuantifierNext()) cursor.fail('nothing to repeat before the quantifier', start);
        return this.literal(cursor.takeChar());
    }
  }

  private literal(codePoint: number): RegexNode {
    const set = setOfChar(codePoint);
    return setNode(this.options.caseless ? withCaseVariants(set) : set);
  }

  private nodeOfEscape(escape: Escape): RegexNode {
    switch (escape.kind) {
      case 'char':
        return this.literal(escape.codePoint);
      case 'set':
        return setNode(escape.set);
      case 'assert':
        return assertNode(escape.assertion);
      case 'reference':
        return this.backreference(escape.target);
      case 'call':
        return this.call(escape.target);
      case 'newline-sequence':
        return NEWLINE_SEQUENCE;
      case 'grapheme':
        return (parseRegex(GRAPHEME_SOURCE, { multiline: false }) as RegexSyntax).root;
      case 'keep':
        if (this.lookDepth > 0) this.cursor.fail('\\K cannot be used in a look-around');
        return { kind: 'keep' };
    }
  }

  private backreference(target: GroupReference): RegexNode {
    const node: RegexNode = { kind: 'backreference', groups: [], caseless: this.options.caseless };
    this.deferred.push(() => node.groups.push(...this.resolve(target)));
    return node;
  }

  private call(target: GroupReference): RegexNode {
    const node: RegexNode = { kind: 'call', group: 0 };
    if (target.group !== 0) {
      this.deferred.push(() => {
        node.group = this.resolve(target)[0] as number;
      });
    }
    return node;
  }

  private resolve(target: GroupReference): number[] {
    const { group, offset } = target;
    const found = typeof group === 'string' ? (this.names.get(group) ?? []) : [group];
    const exists = found.length > 0 && found.every((index) => index > 0 && index < this.groupNames.length);
    if (!exists) this.cursor.fail(`there is no group ${typeof group === 'string' ? `"${group}"` : group}`, offset);
    return found;
  }

  private parseBracket(): RegexNode {
    const cursor: Cursor = this.cursor;
    for (const [boundary, look] of [
      ['[[:<:]]', '(?=\\w)'],
      ['[[:>:]]', '(?<=\\w)'],
    ] as const) {
      if (!cursor.take(boundary)) continue;
      const side = (parseRegex(look, { multiline: false }) as RegexSyntax).root;
      return { kind: 'sequence', items: [assertNode('word-boundary'), side] };
    }
    if (isPosixItem(cursor)) cursor.fail('a POSIX class can stand only inside a character class');
    cursor.offset++;
    const { caseless, extendedMore } = this.options;
    return setNode(parseClass(cursor, { caseless, ignoreBlanks: extendedMore }));
  }

  private parseParenthesis(): RegexNode | null {
    const cursor: Cursor = this.cursor;
    const start = cursor.offset;
    if (++this.nesting > MAX_NESTING) cursor.fail('parentheses are nested too deeply', start);
    let node: RegexNode | null;
    if (cursor.take('(*')) node = this.parseStar(start);
    else if (cursor.take('(?')) node = this.parseQuestion(start);
    else {
      cursor.offset++;
      node = this.options.noAutoCapture ? this.closeGroup(start) : this.parseCapture(start, null);
    }
    this.nesting--;
    return node;
  }

  /** The rest of a plain group, its closing parenthesis included. */
  private closeGroup(start: number): RegexNode {
    return asUnit(joinBranches(this.closeBranches(start)));
  }

  private closeBranches(start: number, onBranch?: () => void): RegexNode[] {
    const branches = this.parseBranches(onBranch);
    if (!this.cursor.take(')')) this.cursor.fail('the parenthesis is not closed', start);
    return branches;
  }

  private parseCapture(start: number, name: string | null): RegexNode {
    const index = ++this.groupsOpened;
    this.registerGroup(index, name, start);
    const body = this.closeGroup(start);
    if (!this.groups.has(index)) this.groups.set(index, body);
    return { kind: 'capture', index, body };
  }

  private registerGroup(index: number, name: string | null, start: number): void {
    while (this.groupNames.length <= index) this.groupNames.push(null);
    if (name === null) return;
    const known = this.groupNames[index];
    if (known && known !== name) this.cursor.fail('groups of one number cannot have different names', start);
    const numbers = this.names.get(name) ?? [];
    if (numbers.includes(index)) return;
    if (numbers.length > 0 && !this.options.duplicateNames) {
      this.cursor.fail(`two groups are named "${name}"`, start);
    }
    this.groupNames[index] = name;
    this.names.set(name, [...numbers, index]);
  }

  /** Behind `(?`. */
  private parseQuestion(start: number): RegexNode | null {
    const cursor: Cursor = this.cursor;
    if (cursor.take(':')) return this.closeGroup(start);
    if (cursor.take('|')) return this.parseBranchReset(start);
    if (cursor.take('>')) return { kind: 'atomic', body: this.closeGroup(start) };
    if (cursor.take('=')) return this.parseLook('ahead', false, start);
    if (cursor.take('!')) return this.parseLook('ahead', true, start);
    if (cursor.take('<=')) return this.parseLook('behind', false, start);
    if (cursor.take('<!')) return this.parseLook('behind', true, start);
    if (cursor.take('*') || cursor.take('<*')) return cursor.unsupported('a non-atomic look-around', start);
    if (cursor.take('P<') || cursor.take('<')) return this.parseCapture(start, takeGroupName(cursor, '>'));
    if (cursor.take("'")) return this.parseCapture(start, takeGroupName(cursor, "'"));
    if (cursor.take('P=')) return this.backreference({ group: takeGroupName(cursor, ')'), offset: start });
    if (cursor.take('P>') || cursor.take('&')) return this.call({ group: takeGroupName(cursor, ')'), offset: start });
    if (cursor.take('P')) cursor.fail('(?P must be followed by <, = or >', start);
    if (cursor.take('(')) return this.parseConditional(start);
    if (cursor.take('C')) return this.parseCallout(start);
    const call = cursor.takeMatch(/(R|[+-]?\d+)(\)?)/y);
    if (call) return this.parseNumberedCall(call, start);
    return this.parseOptionSetting(start);
  }

  private parseNumberedCall(call: RegExpExecArray, start: number): RegexNode {
    if (call[2] !== ')') this.cursor.fail('a closing parenthesis must follow the group number', start);
    const group = call[1] === 'R' ? 0 : relative(this.cursor, call[1] as string, this, start);
    return this.call({ group, offset: start });
  }

  /** All branches of `(?|…)` number their groups from the same start. */
  private parseBranchReset(start: number): RegexNode {
    const first = this.groupsOpened;
    let last = first;
    const branches = this.closeBranches(start, () => {
      last = Math.max(last, this.groupsOpened);
      this.groupsOpened = first;
    });
    this.groupsOpened = Math.max(last, this.groupsOpened);
    return asUnit(joinBranches(branches));
  }

  private parseLook(direction: 'ahead' | 'behind', negative: boolean, start: number): Look {
    this.lookDepth++;
    const branches = this.closeBranches(start);
    this.lookDepth--;
    if (direction === 'behind') {
      this.deferred.push(() => {
        if (branches.some((branch) => fixedLength(branch, this.groups) === null)) {
          this.cursor.fail('an alternative of the look-behind has no fixed length', start);
        }
      });
    }
    // A look-behind keeps its alternatives apart, because each steps back by its own length.
    const body: RegexNode = direction === 'behind' ? { kind: 'alternation', branches } : joinBranches(branches);
    return { kind: 'look', direction, negative, body };
  }

  /** Behind `(?(`. */
  private parseConditional(start: number): RegexNode {
    const test = this.parseConditionalTest(start);
    const branches = this.closeBranches(start);
    const isDefine = test.kind === 'constant' && !test.value;
    if (branches.length > (isDefine ? 1 : 2)) this.cursor.fail('the conditional has too many branches', start);
    const [yes, no] = branches as [RegexNode, RegexNode | undefined];
    return { kind: 'conditional', test, yes, no: no ?? EMPTY };
  }

  private parseConditionalTest(start: number): ConditionalTest {
    const cursor: Cursor = this.cursor;
    if (cursor.peek() === '?' || cursor.peek() === '*') {
      cursor.offset--;
      const isLook = cursor.takeMatch(/(?=\((?:\?<?[=!]|\*[a-z]))/y) !== null;
      const look = isLook ? this.parseParenthesis() : null;
      if (look?.kind !== 'look') cursor.fail('the condition must be a look-around or a group', start);
      return { kind: 'look', look };
    }
    if (cursor.take('DEFINE)')) return { kind: 'constant', value: false };
    const version = cursor.takeMatch(/VERSION(>?=)(\d+(?:\.\d+)?)\)/y);
    if (version) return { kind: 'constant', value: versionHolds(version[1] as string, Number(version[2])) };
    const number = cursor.takeMatch(/([+-]?\d+)\)/y);
    if (number) return this.groupTest({ group: relative(cursor, number[1] as string, this, start), offset: start });
    const recursion = cursor.takeMatch(/R(\d*)\)/y);
    if (recursion) return this.recursionTest(recursion[1] as string, start);
    if (cursor.take('R&')) return this.recursionTest(takeGroupName(cursor, ')'), start);
    return this.groupTest({ group: this.takeConditionName(), offset: start });
  }

  private takeConditionName(): string {
    const cursor: Cursor = this.cursor;
    const quote = cursor.take('<') ? '>' : cursor.take("'") ? "'" : null;
    if (quote === null) return takeGroupName(cursor, ')');
    const name = takeGroupName(cursor, quote);
    if (!cursor.take(')')) cursor.fail('a closing parenthesis must follow the name');
    return name;
  }

  private groupTest(target: GroupReference): ConditionalTest {
    const groups: number[] = [];
    this.deferred.push(() => groups.push(...this.resolve(target)));
    return { kind: 'group', groups };
  }

  /** `R`, `R2` or `R&name`; a group that happens to be named R or R2 is meant by that. */
  private recursionTest(which: string, start: number): ConditionalTest {
    if (which === '' && !this.names.has('R')) return { kind: 'recursion', groups: null };
    if (this.names.has(`R${which}`)) return this.groupTest({ group: `R${which}`, offset: start });
    const groups: number[] = [];
    const group = /^\d+$/.test(which) ? Number(which) : which;
    this.deferred.push(() => groups.push(...(group === 0 ? [0] : this.resolve({ group, offset: start }))));
    return { kind: 'recursion', groups };
  }

  /** Callouts do nothing here, but must be well-formed. */
  private parseCallout(start: number): null {
    const callout = this.cursor.takeMatch(/(?:(\d*)|([`'"^%#$])(?:(?!\2)[^]|\2\2)*\2|\{(?:[^}]|\}\})*\})\)/y);
    if (callout === null || Number(callout[1] ?? 0) > 255) this.cursor.fail('the callout is malformed', start);
    return null;
  }

  /** `(?i-s)` and `(?i-s:…)`; behind `(?`. */
  private parseOptionSetting(start: number): RegexNode | null {
    const cursor: Cursor = this.cursor;
    const options = { ...this.options };
    let value = true;
    const reset = cursor.take('^');
    if (reset) Object.assign(options, { caseless: false, multiline: false, dotAll: false, noAutoCapture: false });
    if (reset) Object.assign(options, { extended: false, extendedMore: false });
    for (;;) {
      if (cursor.atEnd) cursor.fail('the parenthesis is not closed', start);
      const letter = cursor.peek();
      cursor.offset++;
      if (letter === ')') {
        this.options = options;
        return null;
      }
      if (letter === ':') return this.parseOptionGroup(options, start);
      if (letter === '-') {
        if (!value || reset) cursor.fail('the hyphen is misplaced', start);
        value = false;
      } else this.setOption(options, letter, value, start);
    }
  }

  private parseOptionGroup(options: Options, start: number): RegexNode {
    const outer = this.options;
    this.options = options;
    const node = this.closeGroup(start);
    this.options = outer;
    return node;
  }

  private setOption(options: Options, letter: string, value: boolean, start: number): void {
    const key = OPTION_LETTERS.get(letter);
    if (key === undefined) this.cursor.fail(`unknown option or group type "${letter}"`, start);
    options[key] = value;
    if (key === 'extended') options.extendedMore = value && this.cursor.take('x');
  }

  /** Behind `(*`: a verb or an assertion spelled out. */
  private parseStar(start: number): RegexNode | null {
    const cursor: Cursor = this.cursor;
    const named = cursor.takeMatch(/([a-z_]+):/y);
    if (named) return this.parseNamedAssertion(named[1] as string, start);
    const verb = cursor.takeMatch(/([A-Z]*)(?::([^)]*))?\)/y);
    if (verb === null) cursor.fail('unknown verb or assertion', start);
    switch (verb[1]) {
      case 'F':
      case 'FAIL':
        return { kind: 'verb', verb: 'fail' };
      case 'ACCEPT':
        this.refuseInLook('ACCEPT', start);
        return { kind: 'verb', verb: 'accept' };
      case 'COMMIT':
        this.refuseInLook('COMMIT', start);
        return { kind: 'verb', verb: 'commit' };
      case 'PRUNE':
        this.refuseInLook('PRUNE', start);
        return { kind: 'verb', verb: 'prune' };
      case 'SKIP':
        if (verb[2] !== undefined) cursor.unsupported('(*SKIP) with a name', start);
        this.refuseInLook('SKIP', start);
        return { kind: 'verb', verb: 'skip' };
      case 'MARK':
      case '':
        if (verb[2]) return null;
        break;
      case 'THEN':
        return cursor.unsupported('(*THEN)', start);
    }
    return cursor.fail('unknown verb', start);
  }

  private refuseInLook(verb: string, start: number): void {
    if (this.lookDepth > 0) this.cursor.unsupported(`(*${verb}) in a look-around`, start);
  }

  private parseNamedAssertion(name: string, start: number): RegexNode {
    const assertion = ALPHA_ASSERTIONS.get(name);
    if (assertion === 'atomic') return { kind: 'atomic', body: this.closeGroup(start) };
    if (assertion) return this.parseLook(assertion.direction, assertion.negative, start);
    if (UNSUPPORTED_ASSERTIONS.has(name)) this.cursor.unsupported(`(*${name}:`, start);
    return this.cursor.fail(`unknown assertion "${name}"`, start);
  }
}

const OPTION_LETTERS = new Map<string, keyof Options>([
  ['i', 'caseless'],
  ['m', 'multiline'],
  ['s', 'dotAll'],
  ['x', 'extended'],
  ['n', 'noAutoCapture'],
  ['U', 'ungreedy'],
  ['J', 'duplicateNames'],
]);

const UNSUPPORTED_ASSERTIONS = new Set([
  'napla',
  'non_atomic_positive_lookahead',
  'naplb',
  'non_atomic_positive_lookbehind',
  'sr',
  'script_run',
  'asr',
  'atomic_script_run',
]);

function isQuantifiable(node: RegexNode): boolean {
  if (node.kind === 'verb') return node.verb === 'accept';
  return node.kind !== 'assert' && node.kind !== 'keep';
}

/** What stands in parentheses can be repeated, whatever it is. */
function asUnit(node: RegexNode): RegexNode {
  return isQuantifiable(node) ? node : { kind: 'sequence', items: [node] };
}

/** Asking twice changes nothing, so a repeated look-around is taken at most once. */
function repeatLook(look: Look, min: number, max: number, mode: 'greedy' | 'lazy' | 'possessive'): RegexNode {
  if (min > 0) return look;
  return { kind: 'repeat', body: look, min: 0, max: Math.min(max, 1), mode };
}

function joinBranches(branches: RegexNode[]): RegexNode {
  return branches.length === 1 ? (branches[0] as RegexNode) : { kind: 'alternation', branches };
}

function setNode(set: CharSet): RegexNode {
  return { kind: 'set', set };
}

function assertNode(assertion: Assertion): RegexNode {
  return { kind: 'assert', assertion };
}

function versionHolds(operator: string, version: number): boolean {
  return operator === '=' ? version === 10.4 : version <= 10.4;
}
