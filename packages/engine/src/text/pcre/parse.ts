import { caselessChar } from './case-variants.ts';
import { ANY_CHAR, type CharSet, setOfChar } from './char-set.ts';
import { NEWLINE_CHARS, NOT_NEWLINE } from './char-types.ts';
import { Cursor, PatternError } from './cursor.ts';
import { fixedLength } from './fixed-length.ts';
import { GRAPHEME_SOURCE } from './grapheme.ts';
import { Groups } from './groups.ts';
import { initialOptions, type Options, skipStartSettings, takeOptions } from './options.ts';
import { isPosixItem, parseClass } from './parse-class.ts';
import { type Escape, type GroupReference, parseEscape, relative, takeGroupName } from './parse-escape.ts';
import { skipCallout, takeNamedAssertion, takeVerb } from './parse-verb.ts';
import { asUnit, isQuantifiable, isQuantifierNext, repeated, takeBounds, takeMode } from './quantifier.ts';
import {
  type Assertion,
  type ConditionalTest,
  EMPTY,
  type Look,
  type RegexNode,
  type RegexProblem,
  type RegexSyntax,
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

/** PCRE2's limit on nested parentheses. */
const MAX_NESTING = 250;

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

class RegexParser {
  private readonly cursor: Cursor;
  private readonly groups: Groups;
  private options: Options;
  private nesting = 0;
  /** How many look-arounds enclose the cursor. */
  private lookDepth = 0;
  /** Between `\Q` and `\E`. */
  private quoting = false;

  constructor(source: string, multiline: boolean) {
    this.cursor = new Cursor(source);
    this.groups = new Groups(this.cursor);
    this.options = initialOptions(multiline);
  }

  parse(): RegexSyntax {
    skipStartSettings(this.cursor);
    const root = joinBranches(this.parseBranches());
    if (!this.cursor.atEnd) this.cursor.fail('unmatched closing parenthesis');
    this.groups.finish();
    const { names } = this.groups;
    return { root, groupCount: names.length - 1, groupNames: names };
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
      items.push(this.parseQuantifier(item, start));
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

  private parseQuantifier(item: RegexNode, start: number): RegexNode {
    this.skipIgnored();
    const bounds = this.quoting ? null : takeBounds(this.cursor);
    if (bounds === null) return item;
    if (!isQuantifiable(item)) this.cursor.fail(NOTHING_TO_REPEAT, start);
    if (this.options.extended) this.skipIgnored();
    const mode = takeMode(this.cursor, this.options.ungreedy);
    this.skipIgnored();
    if (!this.quoting && isQuantifierNext(this.cursor)) this.cursor.fail(NOTHING_TO_REPEAT);
    return repeated(item, bounds, mode);
  }

  /** One item without its quantifier; null where it adds nothing to match (an option setting). */
  private parseItem(): RegexNode | null {
    const cursor: Cursor = this.cursor;
    if (this.quoting) return this.literal(cursor.takeChar());
    const start = cursor.offset;
    switch (cursor.peek()) {
      case '\\':
        cursor.offset++;
        return this.nodeOfEscape(parseEscape(cursor, this.groups));
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
        if (isQuantifierNext(cursor)) cursor.fail(NOTHING_TO_REPEAT, start);
        return this.literal(cursor.takeChar());
    }
  }

  private literal(codePoint: number): RegexNode {
    return setNode(this.options.caseless ? caselessChar(codePoint) : setOfChar(codePoint));
  }

  private nodeOfEscape(escaped: Escape): RegexNode {
    switch (escaped.kind) {
      case 'char':
        return this.literal(escaped.codePoint);
      case 'set':
        return setNode(escaped.set);
      case 'assert':
        return assertNode(escaped.assertion);
      case 'reference':
        return this.backreference(escaped.target);
      case 'call':
        return this.call(escaped.target);
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
    this.groups.whenKnown(target, (groups) => node.groups.push(...groups));
    return node;
  }

  private call(target: GroupReference): RegexNode {
    const node: RegexNode = { kind: 'call', group: 0 };
    if (target.group === 0) return node;
    this.groups.whenKnown(target, ([group]) => {
      node.group = group as number;
    });
    return node;
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
    const index = this.groups.open(name, this.options.duplicateNames, start);
    const body = this.closeGroup(start);
    this.groups.close(index, body);
    return { kind: 'capture', index, body };
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
    if (cursor.take('C')) return skipCallout(cursor, start);
    const call = cursor.takeMatch(/(R|[+-]?\d+)(\)?)/y);
    if (call) return this.parseNumberedCall(call, start);
    return this.parseOptionSetting(start);
  }

  private parseNumberedCall(call: RegExpExecArray, start: number): RegexNode {
    if (call[2] !== ')') this.cursor.fail('a closing parenthesis must follow the group number', start);
    const group = call[1] === 'R' ? 0 : relative(this.cursor, call[1] as string, this.groups, start);
    return this.call({ group, offset: start });
  }

  /** All branches of `(?|…)` number their groups from the same start. */
  private parseBranchReset(start: number): RegexNode {
    const { groups } = this;
    const first = groups.groupsOpened;
    let last = first;
    const branches = this.closeBranches(start, () => {
      last = Math.max(last, groups.groupsOpened);
      groups.groupsOpened = first;
    });
    groups.groupsOpened = Math.max(last, groups.groupsOpened);
    return asUnit(joinBranches(branches));
  }

  private parseLook(direction: 'ahead' | 'behind', negative: boolean, start: number): Look {
    this.lookDepth++;
    const branches = this.closeBranches(start);
    this.lookDepth--;
    if (direction === 'behind') {
      this.groups.defer(() => {
        if (branches.some((branch) => fixedLength(branch, this.groups.bodies) === null)) {
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
    if (number)
      return this.groups.test({ group: relative(cursor, number[1] as string, this.groups, start), offset: start });
    const recursion = cursor.takeMatch(/R(\d*)\)/y);
    if (recursion) return this.recursionTest(recursion[1] as string, start);
    if (cursor.take('R&')) return this.recursionTest(takeGroupName(cursor, ')'), start);
    return this.groups.test({ group: this.takeConditionName(), offset: start });
  }

  private takeConditionName(): string {
    const cursor: Cursor = this.cursor;
    const quote = cursor.take('<') ? '>' : cursor.take("'") ? "'" : null;
    if (quote === null) return takeGroupName(cursor, ')');
    const name = takeGroupName(cursor, quote);
    if (!cursor.take(')')) cursor.fail('a closing parenthesis must follow the name');
    return name;
  }

  /** `R`, `R2` or `R&name`; a group that happens to be named R or R2 is meant by that. */
  private recursionTest(which: string, start: number): ConditionalTest {
    if (this.groups.isName(`R${which}`)) return this.groups.test({ group: `R${which}`, offset: start });
    if (which === '') return { kind: 'recursion', groups: null };
    const groups: number[] = [];
    const group = /^\d+$/.test(which) ? Number(which) : which;
    if (group === 0) groups.push(0);
    else this.groups.whenKnown({ group, offset: start }, (found) => groups.push(...found));
    return { kind: 'recursion', groups };
  }

  private parseOptionSetting(start: number): RegexNode | null {
    const { options, opensGroup } = takeOptions(this.cursor, this.options, start);
    const outer = this.options;
    this.options = options;
    if (!opensGroup) return null;
    const node = this.closeGroup(start);
    this.options = outer;
    return node;
  }

  /** Behind `(*`: a verb or an assertion spelled out. */
  private parseStar(start: number): RegexNode | null {
    const assertion = takeNamedAssertion(this.cursor, start);
    if (assertion === null) return takeVerb(this.cursor, this.lookDepth > 0, start);
    if (assertion === 'atomic') return { kind: 'atomic', body: this.closeGroup(start) };
    return this.parseLook(assertion.direction, assertion.negative, start);
  }
}

const NOTHING_TO_REPEAT = 'nothing to repeat before the quantifier';

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
