import { factsOf } from '../body-facts.ts';
import type { FunctionBody } from '../il.ts';
import { analyzeFunction } from './analyze-function.ts';
import { Bounds, NO_BOUNDS } from './bounds.ts';
import type { CallTargets } from './call-targets.ts';
import { Environment } from './environment.ts';
import type { MarkedFunctions } from './marked-functions.ts';
import type { ReusableSummaries } from './reusable-summaries.ts';
import { type Left, lastOf, summarize } from './summarize.ts';
import { EMPTY_SUMMARY, type SinkHit, type Summary, sameSummary } from './summary.ts';
import type { CallHost, Observer, TransferHost } from './transfer-host.ts';
import type { Meaning } from './value.ts';

/** A function is analysed for so many sorts of values that it may be given; further ones are not told apart. */
const MAX_VARIANTS = 4;

/** Functions that call each other are analysed again this often, if what is known of them still grows. */
const MAX_ROUNDS = 4;

/** Calls are followed to this depth; deeper ones are as calls of functions that nothing is known of. */
const MAX_DEPTH = 60;

/** Of none of the given values it is known what sort they are. */
export const NOTHING_GIVEN: ReadonlyMap<string, Meaning> = new Map();

/** The summary of a function for one sort of given values. */
export interface SummaryEntry {
  readonly body: FunctionBody;
  /** What is known of the given values. */
  readonly key: string;
  readonly given: ReadonlyMap<string, Meaning>;
  summary: Summary;
  /**
   * `provisional`: it rests on functions that are being worked out, with which it calls each other; `outdated`: more
   * is known of those by now.
   */
  state: 'new' | 'running' | 'provisional' | 'outdated' | 'final';
  /** While it runs, its place on the stack; while provisional, the outermost that it rests on. */
  depth: number;
  /** Summaries that it rests on. */
  callees: Set<SummaryEntry>;
  /** Other rules may have it too: nothing in it, or in what it rests on, is known to this rule only. */
  isReusable: boolean;
  /** Bounds that were reached in it and in what it rests on; never mutated. */
  bounds: Bounds;
}

interface Frame {
  entry: SummaryEntry;
  /** The outermost running function that it has asked for. */
  lowest: number;
}

/**
 * What calls of a program's functions do to a rule, worked out when first asked for: callees before callers, and
 * functions that call each other together, until nothing changes (Tarjan's components, found on the way).
 */
export class Summaries implements CallHost {
  readonly targets: CallTargets;
  /** Bounds that were reached so far. */
  readonly bounds = new Bounds();
  private readonly marked: MarkedFunctions;
  private readonly host: TransferHost;
  private readonly reusable: ReusableSummaries;
  private readonly onHit: (hit: SinkHit) => void;
  private readonly onLeft: (left: Left) => void;
  private readonly entries = new Map<FunctionBody, Map<string, SummaryEntry>>();
  private readonly running: Frame[] = [];
  private readonly provisional: SummaryEntry[] = [];
  /** Grows whenever a summary does. */
  private changes = 0;

  /**
   * `onHit` is told of what reaches sinks whatever the functions are given, `onLeft` of what they leave so where others
   * may find it.
   */
  constructor(
    marked: MarkedFunctions,
    targets: CallTargets,
    host: Omit<TransferHost, 'calls' | 'observer'>,
    reusable: ReusableSummaries,
    onHit: (hit: SinkHit) => void,
    onLeft: (left: Left) => void,
  ) {
    this.marked = marked;
    this.targets = targets;
    this.host = { ...host, calls: this, observer: null };
    this.reusable = reusable;
    this.onHit = onHit;
    this.onLeft = onLeft;
    reusable.begin(marked);
  }

  /** Analyses the top level of a file. Returns what holds at its end. */
  topLevel(body: FunctionBody): Environment {
    const observer: Observer = {
      sink: this.onHit,
      returned: () => {},
      passedTo: () => {},
      left: (called, key, value) => this.onLeft({ body: called, key, value }),
    };
    const analysis = analyzeFunction(body, new Environment(), this.marked.marksOf(body), { ...this.host, observer });
    if (analysis.isIncomplete) this.bounds.add(body, 'visits');
    return lastOf(body, analysis);
  }

  /** What a call of the function does. Of some values that it is given, `meanings` says what they are. */
  summary(body: FunctionBody, meanings: ReadonlyMap<string, Meaning>): Summary {
    const entry = this.entry(body, meanings);
    if (entry.state === 'new' || entry.state === 'outdated') {
      if (this.running.length >= MAX_DEPTH) return this.tooDeep(body);
      this.workOut(entry);
    }
    const caller = this.running[this.running.length - 1];
    if (caller !== undefined) {
      caller.entry.callees.add(entry);
      if (entry.state !== 'final') caller.lowest = Math.min(caller.lowest, entry.depth);
    }
    return entry.summary;
  }

  private tooDeep(body: FunctionBody): Summary {
    this.bounds.add(body, 'call-depth');
    // How deep a function is asked for depends on who asks.
    for (const { entry } of this.running) entry.isReusable = false;
    return EMPTY_SUMMARY;
  }

  private entry(body: FunctionBody, meanings: ReadonlyMap<string, Meaning>): SummaryEntry {
    let known = this.entries.get(body);
    if (known === undefined) {
      known = new Map();
      this.entries.set(body, known);
    }
    let given = unexpected(body, meanings);
    let key = [...given].map(([name, meaning]) => `${name}=${this.meaningKey(meaning)}`).join();
    if (!known.has(key) && known.size >= MAX_VARIANTS) {
      this.bounds.add(body, 'variants');
      given = NOTHING_GIVEN;
      key = '';
    }
    let entry = known.get(key);
    if (entry === undefined) {
      entry = this.reusable.find(body, key) ?? newEntry(body, key, given, this.marked.areShared(body));
      this.bounds.addAll(entry.bounds);
      known.set(key, entry);
    }
    return entry;
  }

  private meaningKey(meaning: Meaning): string {
    if (meaning.kind === 'list') return '';
    return meaning.kind === 'object'
      ? this.reusable.idOf(meaning.class)
      : meaning.functions.map((body) => this.reusable.idOf(body)).join('+');
  }

  private workOut(entry: SummaryEntry): void {
    const depth = this.running.length;
    const firstMember = this.provisional.length;
    for (let round = 1; ; round++) {
      const changesBefore = this.changes;
      const lowest = this.run(entry, depth);
      if (lowest < depth) {
        entry.state = 'provisional';
        entry.depth = lowest;
        this.provisional.push(entry);
        return;
      }
      const members = this.provisional.splice(firstMember);
      const isStable = lowest > depth || this.changes === changesBefore;
      if (isStable || round === MAX_ROUNDS) {
        const bounds = new Bounds();
        if (!isStable) bounds.add(entry.body, 'rounds');
        return this.finish([entry, ...members], bounds);
      }
      for (const member of members) member.state = 'outdated';
    }
  }

  /** Analyses the function once. Returns the place of the outermost running function that it rests on. */
  private run(entry: SummaryEntry, depth: number): number {
    const frame: Frame = { entry, lowest: Number.POSITIVE_INFINITY };
    entry.state = 'running';
    entry.depth = depth;
    entry.callees.clear();
    this.running.push(frame);
    const { body, given } = entry;
    const marks = this.marked.marksOf(body);
    const { summary, certain, left, bounds } = summarize(body, given, marks, this.host, this.targets);
    this.running.pop();
    if (!sameSummary(entry.summary, summary)) this.changes++;
    entry.summary = summary;
    entry.bounds = bounds;
    // A rule that takes the summary from another is not told of what was found on the way.
    if (certain.length + left.length > 0) entry.isReusable = false;
    for (const hit of certain) this.onHit(hit);
    for (const one of left) this.onLeft(one);
    return frame.lowest;
  }

  /** Functions that call each other and nothing else that is not final. */
  private finish(members: readonly SummaryEntry[], bounds: Bounds): void {
    const callees = new Set(members.flatMap((member) => [...member.callees]));
    for (const one of [...members, ...callees]) bounds.addAll(one.bounds);
    const others = [...callees].filter(({ state }) => state === 'final');
    const isReusable = [...members, ...others].every((one) => one.isReusable);
    for (const member of members) {
      member.state = 'final';
      member.isReusable = isReusable;
      member.bounds = bounds.isEmpty ? NO_BOUNDS : bounds;
    }
    this.bounds.addAll(bounds);
    if (isReusable) this.reusable.add(members);
    for (const member of members) member.callees = NO_ENTRIES;
  }
}

const NO_ENTRIES: Set<SummaryEntry> = new Set();

function newEntry(
  body: FunctionBody,
  key: string,
  given: ReadonlyMap<string, Meaning>,
  isReusable: boolean,
): SummaryEntry {
  const callees = new Set<SummaryEntry>();
  return { body, key, given, summary: EMPTY_SUMMARY, state: 'new', depth: 0, callees, isReusable, bounds: NO_BOUNDS };
}

/** Without what is taken for granted: that a method is called on an object of its class. */
function unexpected(body: FunctionBody, meanings: ReadonlyMap<string, Meaning>): ReadonlyMap<string, Meaning> {
  const { self } = factsOf(body);
  const own = self === null ? undefined : meanings.get(self);
  if (own?.kind !== 'object' || own.class !== body.class) return meanings;
  return new Map([...meanings].filter(([key]) => key !== self));
}
