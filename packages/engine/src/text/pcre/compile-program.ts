import { type CharSet, compileMembership, onlyChar, sameSet } from './char-set.ts';
import { firstSet, type GroupBodies, mayBeEmpty } from './first-set.ts';
import { fixedLength } from './fixed-length.ts';
import { leadingRun } from './leading-run.ts';
import { ASSERTIONS, BARRIERS, KEEP_REGISTER, Op, type Program, REPEAT_MODES, type Reference } from './program.ts';
import {
  type ConditionalTest,
  childrenOf,
  type Look,
  type RegexNode,
  type RegexSyntax,
  someNode,
  type Verb,
} from './syntax.ts';

/**
 * Counted repeats are written out up to this many instructions, else counted in a register. Written out they can be
 * remembered; 2,000 covers `(?:…){1,64}` of a short body.
 */
const UNROLL_LIMIT = 2000;

export function compileProgram(syntax: RegexSyntax, groups: GroupBodies): Program {
  return new ProgramWriter(syntax, groups).write();
}

class ProgramWriter {
  private readonly code: number[] = [];
  private readonly setKeys: CharSet[] = [];
  private readonly references: Reference[] = [];
  private readonly syntax: RegexSyntax;
  private readonly groups: GroupBodies;
  private readonly called: ReadonlySet<number>;
  private readonly groupStarts = new Map<number, number>();
  private readonly pendingCalls: { at: number; group: number }[] = [];
  /** Groups around the current node, outermost first: `(*ACCEPT)` closes them. */
  private readonly openGroups: number[] = [];
  private registerCount: number;
  private memoSlots = 0;
  private memoPossible: boolean;
  /** Inside an atomic group or look-around, where failure depends on how it was entered. */
  private isolated = 0;

  constructor(syntax: RegexSyntax, groups: GroupBodies) {
    this.syntax = syntax;
    this.groups = groups;
    this.registerCount = 2 * (syntax.groupCount + 1);
    this.called = calledGroups(syntax.root);
    this.memoPossible = !someNode(syntax.root, dependsOnHistory);
  }

  write(): Program {
    this.groupStarts.set(0, 0);
    this.node(this.syntax.root);
    if (this.called.has(0)) this.emit(Op.Return, 0);
    this.emit(Op.Match);
    for (const { at, group } of this.pendingCalls) this.code[at] = this.groupStarts.get(group) as number;
    const run = leadingRun(this.syntax.root);
    return {
      code: Int32Array.from(this.code),
      sets: this.setKeys.map(compileMembership),
      references: this.references,
      registerCount: this.registerCount,
      groupCount: this.syntax.groupCount,
      memoSlots: this.memoPossible ? this.memoSlots : 0,
      first: firstSet(this.syntax.root, this.groups),
      run: run && compileMembership(run),
    };
  }

  private emit(...values: number[]): number {
    const start = this.code.length;
    this.code.push(...values);
    return start;
  }

  private get here(): number {
    return this.code.length;
  }

  private patch(at: number, value = this.here): void {
    this.code[at] = value;
  }

  private register(): number {
    return this.registerCount++;
  }

  private memo(slots = 1): number {
    if (this.isolated > 0) return -1;
    this.memoSlots += slots;
    return this.memoSlots - slots;
  }

  private setIndex(set: CharSet): number {
    const known = this.setKeys.findIndex((other) => sameSet(set, other));
    return known >= 0 ? known : this.setKeys.push(set) - 1;
  }

  private reference(groups: readonly number[], caseless: boolean): number {
    return this.references.push({ groups, caseless }) - 1;
  }

  private node(node: RegexNode): void {
    switch (node.kind) {
      case 'set':
        return this.set(node.set);
      case 'sequence':
        for (const item of node.items) this.node(item);
        return;
      case 'alternation':
        return this.branches(node.branches.map((branch) => () => this.node(branch)));
      case 'repeat':
        return this.repeat(node);
      case 'capture':
        return this.capture(node.index, node.body);
      case 'atomic':
        return this.atomic(() => this.node(node.body));
      case 'look':
        return this.look(node);
      case 'assert':
        this.emit(Op.Assert, ASSERTIONS.indexOf(node.assertion));
        return;
      case 'backreference':
        this.emit(Op.Backreference, this.reference(node.groups, node.caseless));
        return;
      case 'call':
        this.pendingCalls.push({ at: this.emit(Op.Call, 0, node.group) + 1, group: node.group });
        return;
      case 'conditional':
        return this.conditional(node);
      case 'keep':
        this.emit(Op.Save, KEEP_REGISTER);
        return;
      case 'verb':
        return this.verb(node.verb);
    }
  }

  private set(set: CharSet): void {
    const char = onlyChar(set);
    if (char !== null && char < 0xd800) this.emit(Op.Char, char);
    else this.emit(Op.Set, this.setIndex(set));
  }

  private branches(writers: readonly (() => void)[]): void {
    const ends: number[] = [];
    for (const [i, write] of writers.entries()) {
      if (i === writers.length - 1) {
        write();
        break;
      }
      const split = this.emit(Op.Split, this.here + 4, 0, this.memo());
      write();
      ends.push(this.emit(Op.Jump, 0) + 1);
      this.patch(split + 2);
    }
    for (const end of ends) this.patch(end);
  }

  private capture(index: number, body: RegexNode): void {
    if (!this.groupStarts.has(index)) this.groupStarts.set(index, this.here);
    // The start is kept apart until the group ends: a reference inside the group means its previous value.
    const start = this.register();
    this.emit(Op.Save, start);
    this.openGroups.push(start, index);
    this.node(body);
    this.openGroups.length -= 2;
    this.emit(Op.CloseGroup, start, index);
    if (this.called.has(index)) this.emit(Op.Return, index);
  }

  private atomic(write: () => void): void {
    const height = this.register();
    this.emit(Op.MarkChoices, height);
    this.isolated++;
    write();
    this.isolated--;
    this.emit(Op.Cut, height);
  }

  private look(look: Look): void {
    const height = this.register();
    const position = this.register();
    this.emit(Op.MarkChoices, height);
    this.isolated++;
    if (look.negative) {
      const split = this.emit(Op.Split, this.here + 4, 0, -1);
      this.lookBody(look);
      this.emit(Op.Cut, height);
      this.emit(Op.Fail);
      this.patch(split + 2);
    } else {
      this.emit(Op.Save, position);
      this.lookBody(look);
      this.emit(Op.Cut, height);
      this.emit(Op.Restore, position);
    }
    this.isolated--;
  }

  private lookBody(look: Look): void {
    if (look.direction === 'ahead') return this.node(look.body);
    const branches = look.body.kind === 'alternation' ? look.body.branches : [look.body];
    this.branches(
      branches.map((branch) => () => {
        this.emit(Op.StepBack, fixedLength(branch, this.groups) as number);
        this.node(branch);
      }),
    );
  }

  private conditional(node: RegexNode & { kind: 'conditional' }): void {
    const { test } = node;
    if (test.kind === 'constant') {
      if (test.value) return this.node(node.yes);
      // Never run in place, but its groups can be called.
      const skip = this.emit(Op.Jump, 0) + 1;
      this.node(node.yes);
      return this.patch(skip);
    }
    const otherwise = test.kind === 'look' ? this.lookTest(test.look) : this.groupTest(test);
    this.node(test.kind === 'look' && test.look.negative ? node.no : node.yes);
    const end = this.emit(Op.Jump, 0) + 1;
    this.patch(otherwise);
    this.node(test.kind === 'look' && test.look.negative ? node.yes : node.no);
    this.patch(end);
  }

  /** Returns where to patch in the target for a test that does not hold. */
  private groupTest(test: ConditionalTest & { kind: 'group' | 'recursion' }): number {
    if (test.kind === 'group') return this.emit(Op.JumpUnlessSet, this.reference(test.groups, false), 0) + 2;
    const groups = test.groups === null ? -1 : this.reference(test.groups, false);
    return this.emit(Op.JumpUnlessCalled, groups, 0) + 2;
  }

  /** Tests the look-around as if it were positive: the caller swaps the branches of a negative one. */
  private lookTest(look: Look): number {
    const height = this.register();
    this.emit(Op.MarkChoices, height);
    const split = this.emit(Op.Split, this.here + 4, 0, -1);
    this.look({ ...look, negative: false });
    this.emit(Op.Cut, height);
    return split + 2;
  }

  private repeat(node: RegexNode & { kind: 'repeat' }): void {
    const { body, min, max, mode } = node;
    if (max === 0) return this.unreachable(body);
    if (body.kind === 'set') {
      const slot = mode === 'possessive' ? -1 : this.memo(2);
      this.emit(Op.RepeatSet, this.setIndex(body.set), min, bound(max), REPEAT_MODES.indexOf(mode), slot);
      return;
    }
    if (mode === 'possessive') return this.atomic(() => this.repeat({ ...node, mode: 'greedy' }));
    if (!Number.isFinite(max)) return this.unbounded(body, min, mode === 'lazy');
    if (codeSize(node) > UNROLL_LIMIT) return this.counted(body, min, max, mode === 'lazy');
    this.copies(body, min);
    this.optionalCopies(body, max - min, mode === 'lazy');
  }

  /** `{0}`: nothing to match, but groups inside can be called. */
  private unreachable(body: RegexNode): void {
    const skip = this.emit(Op.Jump, 0) + 1;
    this.node(body);
    this.patch(skip);
  }

  private copies(body: RegexNode, count: number): void {
    for (let i = 0; i < count; i++) this.node(body);
  }

  private optionalCopies(body: RegexNode, count: number, lazy: boolean): void {
    const exits: number[] = [];
    for (let i = 0; i < count; i++) {
      exits.push(this.choice(lazy));
      this.node(body);
    }
    for (const exit of exits) this.patch(exit);
  }

  /** A choice between going on here and leaving; returns where to patch in the way out. */
  private choice(lazy: boolean): number {
    const split = this.emit(Op.Split, 0, 0, this.memo());
    this.patch(split + (lazy ? 2 : 1));
    return split + (lazy ? 1 : 2);
  }

  /**
   * `min` rounds and then any number. A round that matches nothing ends the loop, as in PCRE2 (in JavaScript it fails
   * and other ways through the body are tried).
   */
  private unbounded(body: RegexNode, min: number, lazy: boolean): void {
    if (min > 1 && codeSize(body) * min > UNROLL_LIMIT) return this.counted(body, min, Number.POSITIVE_INFINITY, lazy);
    this.copies(body, min - 1);
    const skip = min === 0 ? this.choice(lazy) : null;
    const checked = mayBeEmpty(body, this.groups);
    const position = checked ? this.register() : 0;
    const loop = this.here;
    if (checked) this.emit(Op.Save, position);
    this.node(body);
    const leave = checked ? this.emit(Op.JumpIfEmpty, position, 0) + 2 : null;
    const split = this.emit(Op.Split, 0, 0, this.memo());
    this.patch(split + (lazy ? 2 : 1), loop);
    this.patch(split + (lazy ? 1 : 2));
    for (const exit of [skip, leave]) if (exit !== null) this.patch(exit);
  }

  private counted(body: RegexNode, min: number, max: number, lazy: boolean): void {
    this.memoPossible = false;
    const counter = this.register();
    const position = this.register();
    this.emit(Op.Zero, counter);
    const loop = this.here;
    const split = this.emit(Op.CountedSplit, counter, min, bound(max), lazy ? 1 : 0, 0);
    this.emit(Op.Save, position);
    this.node(body);
    this.emit(Op.Increment, counter);
    // Without an upper bound an empty round must end the loop; the rounds still due could only be empty as well.
    const leave = Number.isFinite(max) ? null : this.emit(Op.JumpIfEmpty, position, 0) + 2;
    this.emit(Op.Jump, loop);
    this.patch(split + 5);
    if (leave !== null) this.patch(leave);
  }

  private verb(verb: Verb): void {
    if (verb === 'fail') this.emit(Op.Fail);
    else if (verb === 'accept') {
      for (let i = this.openGroups.length - 2; i >= 0; i -= 2) {
        this.emit(Op.CloseGroup, this.openGroups[i] as number, this.openGroups[i + 1] as number);
      }
      this.emit(Op.Match);
    } else this.emit(Op.Barrier, BARRIERS.indexOf(verb));
  }
}

function bound(max: number): number {
  return Number.isFinite(max) ? max : -1;
}

/** Roughly how many values the code of a node takes. */
function codeSize(node: RegexNode): number {
  switch (node.kind) {
    case 'set':
      return 2;
    case 'repeat': {
      if (node.body.kind === 'set') return 6;
      const rounds = Number.isFinite(node.max) ? node.max : Math.max(node.min, 1);
      return (codeSize(node.body) + 4) * rounds;
    }
    default:
      return childrenOf(node).reduce((size, child) => size + codeSize(child), 6);
  }
}

function calledGroups(root: RegexNode): Set<number> {
  const called = new Set<number>();
  const visit = (node: RegexNode): void => {
    if (node.kind === 'call') called.add(node.group);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return called;
}

/** True for nodes that make success depend on more than the position. */
function dependsOnHistory(node: RegexNode): boolean {
  if (node.kind === 'verb') return node.verb !== 'fail';
  if (node.kind === 'conditional') return node.test.kind === 'group' || node.test.kind === 'recursion';
  return node.kind === 'backreference' || node.kind === 'call';
}
