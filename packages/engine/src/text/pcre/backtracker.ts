import { caselessChar } from './case-variants.ts';
import { compileMembership, toJsClass } from './char-set.ts';
import { charBefore, isPair, nextChar, stepBack } from './code-points.ts';
import { type FindOptions, type Matcher, type RawMatch, RegexLimitError } from './matcher.ts';
import { Memo } from './memo.ts';
import {
  ASSERTIONS,
  FRAME_REGISTER,
  KEEP_REGISTER,
  type Membership,
  Op,
  type Program,
  type Reference,
} from './program.ts';

/**
 * A backtracking matcher with PCRE2's semantics: the reference that the native translation is measured against, and
 * what runs where JavaScript cannot say the same (recursion, conditionals, captures across loop rounds, …).
 *
 * Two stacks: `choices` holds the ways not yet tried, `trail` the register values to put back when one is resumed.
 * Dropping choices (atomic groups, look-arounds) leaves the trail alone. After many steps on one text, failed
 * (instruction, position) pairs are remembered where the program allows it, which makes the run linear.
 */

/**
 * Steps (resumed choices and calls) to find one match. 2 million take about a quarter of a second; PCRE2's limit of
 * 1 million counts fewer events per character.
 */
const STEP_LIMIT = 2_000_000;
/** Remembering costs memory (one bit per slot and position), so it starts only where a text proves hard. */
const MEMO_AFTER_STEPS = 20_000;
const MEMO_MAX_BITS = 2 ** 30;
/** 32 million values are 128 MB: about five million pending choices. */
const STACK_LIMIT = 2 ** 25;

const CHOICE_SIZE = 5;
const PLAIN = 0;
const GREEDY_RUN = 1;
const LAZY_RUN = 2;
const BARRIER = 3;

/** Outcomes of one attempt other than an end position. */
const NO_MATCH = -1;
const NO_MATCH_ANYWHERE = -2;
const NO_MATCH_BEFORE = -3;

interface Frame {
  group: number;
  returnTo: number;
  position: number;
  choiceHeight: number;
  registers: Int32Array;
}

export class Backtracker implements Matcher {
  private readonly program: Program;
  private readonly firstFinder: RegExp | null;
  private readonly registers: Int32Array;
  private choices = new Int32Array(CHOICE_SIZE * 256);
  private choiceHeight = 0;
  private trail = new Int32Array(1024);
  private trailHeight = 0;
  private frames: Frame[] = [];
  private text = '';
  private steps = 0;
  private resumeAt = 0;
  /** Where `find` was asked to begin: what `\G` means. */
  private searchStart = 0;
  private memo: Memo | null = null;

  constructor(program: Program) {
    this.program = program;
    this.firstFinder = program.first ? new RegExp(toJsClass(program.first), 'gu') : null;
    this.registers = new Int32Array(program.registerCount);
  }

  reset(text: string): void {
    this.text = text;
    this.memo = null;
  }

  find(from: number, { anchored, notEmpty }: FindOptions): RawMatch | null {
    this.searchStart = from;
    this.steps = 0;
    if (!anchored) return this.search(from);
    const end = this.attempt(from, notEmpty);
    return end >= 0 ? this.result(from, end) : null;
  }

  private search(from: number): RawMatch | null {
    const { run } = this.program;
    let start = this.nextCandidate(from);
    while (start >= 0 && start <= this.text.length) {
      if (run !== null && start > from && run(charBefore(this.text, start))) {
        start = this.nextCandidate(nextChar(this.text, start));
        continue;
      }
      const end = this.attempt(start, /* notEmpty */ false);
      if (end >= 0) return this.result(start, end);
      if (end === NO_MATCH_ANYWHERE) return null;
      const skipped = end === NO_MATCH_BEFORE && this.resumeAt > start;
      start = this.nextCandidate(skipped ? this.resumeAt : nextChar(this.text, start));
    }
    return null;
  }

  private nextCandidate(from: number): number {
    if (this.firstFinder === null) return from;
    this.firstFinder.lastIndex = from;
    return this.firstFinder.exec(this.text)?.index ?? -1;
  }

  private result(start: number, end: number): RawMatch {
    const keep = this.registers[KEEP_REGISTER] as number;
    const groups = this.registers.slice(0, 2 * (this.program.groupCount + 1));
    return { start: keep < 0 ? start : keep, end, groups, searchStart: start };
  }

  private attempt(start: number, notEmpty: boolean): number {
    this.registers.fill(-1);
    this.choiceHeight = 0;
    this.trailHeight = 0;
    this.frames = [];
    this.memo?.beginAttempt();
    const end = this.run(start, notEmpty);
    if (end >= 0) this.memo?.forgetAttempt();
    return end;
  }

  private run(start: number, notEmpty: boolean): number {
    const { code, sets, references } = this.program;
    const { text, registers } = this;
    const length = text.length;
    let pc = 0;
    let position = start;
    for (;;) {
      let failed = false;
      switch (code[pc]) {
        case Op.Match:
          if (notEmpty && position === start && (registers[KEEP_REGISTER] as number) <= start) failed = true;
          else return position;
          break;
        case Op.Char:
          if (position < length && text.charCodeAt(position) === code[pc + 1]) {
            position++;
            pc += 2;
          } else failed = true;
          break;
        case Op.Set: {
          const next = stepIf(text, position, sets[code[pc + 1] as number] as Membership);
          if (next < 0) failed = true;
          else {
            position = next;
            pc += 2;
          }
          break;
        }
        case Op.Jump:
          pc = code[pc + 1] as number;
          break;
        case Op.Split:
          if (this.memo !== null && !this.memo.enter(code[pc + 3] as number, position)) failed = true;
          else {
            this.pushChoice(code[pc + 2] as number, position, PLAIN, 0);
            pc = code[pc + 1] as number;
          }
          break;
        case Op.Save:
          this.assign(code[pc + 1] as number, position);
          pc += 2;
          break;
        case Op.RepeatSet: {
          const slot = code[pc + 5] as number;
          if (this.memo !== null && !this.memo.enter(slot, position)) failed = true;
          else {
            position = this.repeatSet(pc, position);
            if (position < 0) failed = true;
            else pc += 6;
          }
          break;
        }
        case Op.Assert:
          if (this.holds(code[pc + 1] as number, position)) pc += 2;
          else failed = true;
          break;
        case Op.Backreference: {
          const end = this.backreference(references[code[pc + 1] as number] as Reference, position);
          if (end < 0) failed = true;
          else {
            position = end;
            pc += 2;
          }
          break;
        }
        case Op.MarkChoices:
          this.assign(code[pc + 1] as number, this.choiceHeight);
          pc += 2;
          break;
        case Op.Cut:
          this.choiceHeight = registers[code[pc + 1] as number] as number;
          pc += 2;
          break;
        case Op.Restore:
          position = registers[code[pc + 1] as number] as number;
          pc += 2;
          break;
        case Op.Fail:
          failed = true;
          break;
        case Op.StepBack:
          position = stepBack(text, position, code[pc + 1] as number);
          if (position < 0) failed = true;
          else pc += 2;
          break;
        case Op.JumpIfEmpty:
          pc = registers[code[pc + 1] as number] === position ? (code[pc + 2] as number) : pc + 3;
          break;
        case Op.Call:
          if (this.call(code[pc + 2] as number, pc + 3, position)) pc = code[pc + 1] as number;
          else failed = true;
          break;
        case Op.Return:
          pc = this.return(code[pc + 1] as number) ?? pc + 2;
          break;
        case Op.JumpUnlessSet: {
          const { groups } = references[code[pc + 1] as number] as Reference;
          pc = groups.some((group) => (registers[2 * group + 1] as number) >= 0) ? pc + 3 : (code[pc + 2] as number);
          break;
        }
        case Op.JumpUnlessCalled:
          pc = this.isCalled(code[pc + 1] as number) ? pc + 3 : (code[pc + 2] as number);
          break;
        case Op.Zero:
          this.assign(code[pc + 1] as number, 0);
          pc += 2;
          break;
        case Op.CountedSplit:
          pc = this.countedSplit(pc, position);
          break;
        case Op.Increment:
          this.assign(code[pc + 1] as number, (registers[code[pc + 1] as number] as number) + 1);
          pc += 2;
          break;
        case Op.Barrier:
          this.pushChoice(code[pc + 1] as number, position, BARRIER, 0);
          pc += 2;
          break;
        case Op.CloseGroup: {
          const group = code[pc + 2] as number;
          this.assign(2 * group, registers[code[pc + 1] as number] as number);
          this.assign(2 * group + 1, position);
          pc += 3;
          break;
        }
        default:
          throw new Error(`unknown instruction ${code[pc]}`);
      }
      if (!failed) continue;
      // Resume the latest choice that still has a way to go.
      for (;;) {
        if (this.choiceHeight === 0) return NO_MATCH;
        this.countStep();
        this.choiceHeight -= CHOICE_SIZE;
        const { choices, choiceHeight: top } = this;
        this.undoTo(choices[top + 2] as number);
        pc = choices[top] as number;
        position = choices[top + 1] as number;
        const kind = choices[top + 3] as number;
        if (kind === PLAIN) break;
        if (kind === BARRIER) {
          this.resumeAt = position;
          return pc === 0 ? NO_MATCH_ANYWHERE : pc === 1 ? NO_MATCH : NO_MATCH_BEFORE;
        }
        position = kind === GREEDY_RUN ? this.shorterRun(top) : this.longerRun(top);
        const slot = code[pc + 5] as number;
        const seen = this.memo !== null && position >= 0 && !this.memo.enter(slot < 0 ? -1 : slot + 1, position);
        if (position < 0 || seen) continue;
        pc += 6;
        break;
      }
    }
  }

  /** Runs a single-character loop and leaves a choice for the other lengths; -1 if the minimum is not there. */
  private repeatSet(pc: number, from: number): number {
    const { code, sets } = this.program;
    const { text } = this;
    const set = sets[code[pc + 1] as number] as Membership;
    const min = code[pc + 2] as number;
    const max = code[pc + 3] as number;
    const mode = code[pc + 4] as number;
    let position = from;
    for (let i = 0; i < min; i++) {
      position = stepIf(text, position, set);
      if (position < 0) return -1;
    }
    if (mode === 1) {
      if (max !== min) this.pushChoice(pc, position, LAZY_RUN, max < 0 ? -1 : max - min);
      return position;
    }
    if (mode === 0 && max < 0) return this.longestRun(pc, from, position, set);
    const low = position;
    for (let rest = max < 0 ? -1 : max - min; rest !== 0; rest--) {
      const next = stepIf(text, position, set);
      if (next < 0) break;
      position = next;
    }
    if (mode === 0 && position > low) this.pushChoice(pc, position, GREEDY_RUN, low);
    return position;
  }

  /** A greedy run without upper bound. Where it meets the latest one, it has only the positions before that to try. */
  private longestRun(pc: number, from: number, low: number, set: Membership): number {
    const { text, memo } = this;
    const slot = this.program.code[pc + 5] as number;
    const known = memo?.runOf(slot);
    let position = low;
    while (position !== known?.from) {
      const next = stepIf(text, position, set);
      if (next < 0) break;
      position = next;
    }
    const meets = known !== undefined && position === known.from;
    memo?.cover(slot, { from, low, to: meets ? known.to : position });
    if (meets) position = stepBack(text, known.low, 1);
    if (position > low) this.pushChoice(pc, position, GREEDY_RUN, low);
    return position < low ? -1 : position;
  }

  /** One character less than the run on top of the stack took, which stays there if it can shrink further. */
  private shorterRun(top: number): number {
    const { choices } = this;
    const low = choices[top + 4] as number;
    const position = stepBack(this.text, choices[top + 1] as number, 1);
    if (position > low) {
      choices[top + 1] = position;
      this.choiceHeight += CHOICE_SIZE;
    }
    return position;
  }

  private longerRun(top: number): number {
    const { choices } = this;
    const { code, sets } = this.program;
    const rest = choices[top + 4] as number;
    const set = sets[code[(choices[top] as number) + 1] as number] as Membership;
    const position = stepIf(this.text, choices[top + 1] as number, set);
    if (position >= 0 && rest !== 1) {
      choices[top + 1] = position;
      choices[top + 4] = rest < 0 ? -1 : rest - 1;
      this.choiceHeight += CHOICE_SIZE;
    }
    return position;
  }

  private countedSplit(pc: number, position: number): number {
    const { code } = this.program;
    const count = this.registers[code[pc + 1] as number] as number;
    const max = code[pc + 3] as number;
    const exit = code[pc + 5] as number;
    if (count < (code[pc + 2] as number)) return pc + 6;
    if (max >= 0 && count >= max) return exit;
    const lazy = code[pc + 4] === 1;
    this.pushChoice(lazy ? pc + 6 : exit, position, PLAIN, 0);
    return lazy ? exit : pc + 6;
  }

  private holds(assertion: number, position: number): boolean {
    const { text } = this;
    const { length } = text;
    switch (ASSERTIONS[assertion]) {
      case 'text-start':
        return position === 0;
      case 'text-end':
        return position === length;
      case 'text-end-or-last-newline':
        return position === length || (position === length - 1 && text.charCodeAt(position) === 0x0a);
      case 'line-start':
        return position === 0 || (position < length && text.charCodeAt(position - 1) === 0x0a);
      case 'line-end':
        return position === length || text.charCodeAt(position) === 0x0a;
      case 'search-start':
        return position === this.searchStart;
      case 'word-boundary':
        return isWordAt(text, position - 1) !== isWordAt(text, position);
      default:
        return isWordAt(text, position - 1) === isWordAt(text, position);
    }
  }

  private backreference({ groups, caseless }: Reference, position: number): number {
    const { registers, text } = this;
    const group = groups.find((index) => (registers[2 * index + 1] as number) >= 0);
    if (group === undefined) return -1;
    const captured = text.slice(registers[2 * group], registers[2 * group + 1]);
    if (text.startsWith(captured, position)) return position + captured.length;
    if (!caseless) return -1;
    let next = position;
    for (const char of captured) {
      const variants = compileMembership(caselessChar(char.codePointAt(0) as number));
      next = stepIf(text, next, variants);
      if (next < 0) return -1;
    }
    return next;
  }

  /** False for a call that has not got on since the last one of the same group: it could only go on for ever. */
  private call(group: number, returnTo: number, position: number): boolean {
    this.countStep();
    for (let i = this.registers[FRAME_REGISTER] as number; i >= 0; ) {
      const frame = this.frames[i] as Frame;
      if (frame.position !== position) break;
      if (frame.group === group) return false;
      i = frame.registers[FRAME_REGISTER] as number;
    }
    const { choiceHeight } = this;
    const index = this.frames.push({ group, returnTo, position, choiceHeight, registers: this.registers.slice() }) - 1;
    if (index * this.registers.length > STACK_LIMIT) throw new RegexLimitError('recursion is too deep');
    this.assign(FRAME_REGISTER, index);
    return true;
  }

  /** Ends the innermost call if it is one of this group: all registers are as before it. */
  private return(group: number): number | null {
    const frame = this.frames[this.registers[FRAME_REGISTER] as number];
    if (frame?.group !== group) return null;
    frame.registers.forEach((value, register) => {
      if (this.registers[register] !== value) this.assign(register, value);
    });
    // PCRE2 10.40 can go back into the call of a group, but not into one of the whole pattern.
    if (group === 0) this.choiceHeight = frame.choiceHeight;
    return frame.returnTo;
  }

  private isCalled(reference: number): boolean {
    const frame = this.frames[this.registers[FRAME_REGISTER] as number];
    if (frame === undefined) return false;
    return reference < 0 || (this.program.references[reference] as Reference).groups.includes(frame.group);
  }

  private assign(register: number, value: number): void {
    if (this.trailHeight + 2 > this.trail.length) this.trail = grown(this.trail);
    this.trail[this.trailHeight++] = register;
    this.trail[this.trailHeight++] = this.registers[register] as number;
    this.registers[register] = value;
  }

  private undoTo(height: number): void {
    while (this.trailHeight > height) {
      this.trailHeight -= 2;
      this.registers[this.trail[this.trailHeight] as number] = this.trail[this.trailHeight + 1] as number;
    }
  }

  private pushChoice(pc: number, position: number, kind: number, extra: number): void {
    if (this.choiceHeight + CHOICE_SIZE > this.choices.length) this.choices = grown(this.choices);
    const { choices } = this;
    const top = this.choiceHeight;
    choices[top] = pc;
    choices[top + 1] = position;
    choices[top + 2] = this.trailHeight;
    choices[top + 3] = kind;
    choices[top + 4] = extra;
    this.choiceHeight = top + CHOICE_SIZE;
  }

  private countStep(): void {
    if (++this.steps > STEP_LIMIT) throw new RegexLimitError('the regular expression takes too many steps');
    if (this.steps === MEMO_AFTER_STEPS && this.memo === null) {
      const { memoSlots } = this.program;
      const bits = memoSlots * (this.text.length + 1);
      if (bits > 0 && bits <= MEMO_MAX_BITS) this.memo = new Memo(memoSlots, this.text.length + 1);
    }
  }
}

function stepIf(text: string, position: number, set: Membership): number {
  if (position >= text.length) return -1;
  const unit = text.charCodeAt(position);
  if (unit >= 0xd800 && unit < 0xdc00 && isPair(text, position)) {
    return set(text.codePointAt(position) as number) ? position + 2 : -1;
  }
  return set(unit) ? position + 1 : -1;
}

function isWordAt(text: string, position: number): boolean {
  const unit = text.charCodeAt(position);
  return (
    (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f || (unit >= 0x61 && unit <= 0x7a)
  );
}

function grown(stack: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  if (stack.length * 2 > STACK_LIMIT) throw new RegexLimitError('the regular expression takes too much memory');
  const larger = new Int32Array(stack.length * 2);
  larger.set(stack);
  return larger;
}
