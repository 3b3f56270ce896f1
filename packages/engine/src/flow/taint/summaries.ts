import { factsOf } from '../body-facts.ts';
import { type Dependency, type DependencyLog, onFile } from '../dependencies.ts';
import type { FunctionBody } from '../il.ts';
import { analyzeFunction } from './analyze-function.ts';
import { Bounds, NO_BOUNDS } from './bounds.ts';
import type { CallTargets } from './call-targets.ts';
import type { Component, Left, OwnComponent, SummaryEntry, Told } from './component.ts';
import { Environment } from './environment.ts';
import type { KeptForRule } from './kept-summaries.ts';
import type { MarkedFunctions } from './marked-functions.ts';
import type { ReusableSummaries, SummariesForRule } from './reusable-summaries.ts';
import { lastOf, summarize } from './summarize.ts';
import { EMPTY_SUMMARY, type SinkHit, type Summary, sameSummary } from './summary.ts';
import type { CallHost, Observer, TransferHost } from './transfer-host.ts';
import type { Cell, Meaning } from './value.ts';

/** A function is analysed for so many sorts of values that it may be given; further ones are as any it may be given. */
const MAX_VARIANTS = 4;

/** Functions that call each other are analysed again this often, if what is known of them still grows. */
const MAX_ROUNDS = 4;

/** Calls are followed to this depth; deeper ones are as calls of functions that nothing is known of. */
const MAX_DEPTH = 60;

/** Of none of the given values it is known what sort they are. */
export const NOTHING_GIVEN: ReadonlyMap<string, Meaning> = new Map();

/** A summary that this run works out. */
interface OwnEntry extends SummaryEntry {
  summary: Summary;
  state: SummaryEntry['state'];
  component: OwnComponent | null;
  /** While it runs, its place on the stack; while provisional, the outermost that it rests on. */
  depth: number;
  /** Summaries that it has asked for, in all rounds. */
  readonly callees: Set<SummaryEntry>;
  readonly dependencies: Set<Dependency>;
  readonly refused: { body: FunctionBody; key: string }[];
  /** What it told, in all rounds, with its place among all that is told. */
  readonly told: { order: number; told: Told }[];
  bounds: Bounds;
  isShared: boolean;
  isRepeatable: boolean;
}

/** By what a function is given; null of those that are kept and have not been asked for by name. */
class Variants extends Map<string, SummaryEntry | null> {
  /** How many sorts of values it is known to be given. */
  get variants(): number {
    return this.has('') ? this.size - 1 : this.size;
  }
}

interface Frame {
  entry: OwnEntry;
  /** The outermost running function that it has asked for. */
  lowest: number;
}

/** What summaries are made from beside the functions. */
export interface SummarySources {
  targets: CallTargets;
  /** Where `targets` notes what answers depend on. */
  log: DependencyLog;
  /** Those that other rules of this run have made. */
  reusable: ReusableSummaries;
  /** Those that an earlier run has made for the rule. */
  kept: KeptForRule | null;
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
  private readonly log: DependencyLog;
  private readonly reusable: SummariesForRule;
  private readonly kept: KeptForRule | null;
  private readonly tell: (told: Told) => void;
  /** By function. */
  private readonly entries = new Map<string, Variants>();
  private readonly components = new Set<Component>();
  private readonly running: Frame[] = [];
  private readonly provisional: OwnEntry[] = [];
  /** Grows whenever a summary does. */
  private changes = 0;
  /** Grows with each thing that is told. */
  private order = 0;

  /**
   * `onHit` is told of what reaches sinks whatever the functions are given, `onLeft` of what they leave so where others
   * may find it.
   */
  constructor(
    marked: MarkedFunctions,
    host: Omit<TransferHost, 'calls' | 'observer'>,
    { targets, log, reusable, kept }: SummarySources,
    onHit: (hit: SinkHit) => void,
    onLeft: (left: Left) => void,
  ) {
    this.marked = marked;
    this.targets = targets;
    this.log = log;
    this.kept = kept;
    this.host = { ...host, calls: this, observer: null };
    this.reusable = reusable.forRule(marked);
    this.tell = (told) => (told.kind === 'hit' ? onHit(told.hit) : onLeft(told.left));
  }

  /** All that this rule has asked for, what those rest on included, but for what is still being worked out. */
  asked(): Iterable<Component> {
    return this.components;
  }

  /** Analyses the top level of a file. Returns what its variables hold at its end. */
  topLevel(body: FunctionBody): ReadonlyMap<string, Cell> {
    const known = this.variantsOf(body.id).get('') ?? this.found(body, '');
    return (known ?? this.workOutTopLevel(body)).summary.outputs;
  }

  private workOutTopLevel(body: FunctionBody): SummaryEntry {
    const entry = newEntry(body, '', NOTHING_GIVEN, this.marked.areShared(body));
    this.variantsOf(body.id).set('', entry);
    const observer: Observer = {
      sink: (hit) => this.tellFrom(entry, { kind: 'hit', hit }),
      returned: () => {},
      passedTo: () => {},
      left: (called, key, value) => this.tellFrom(entry, { kind: 'left', left: { body: called, key, value } }),
    };
    this.running.push({ entry, lowest: Number.POSITIVE_INFINITY });
    const marks = this.marked.marksOf(body);
    const analysis = this.log.collect(entry.dependencies, () =>
      analyzeFunction(body, new Environment(), marks, { ...this.host, observer }),
    );
    this.running.pop();
    if (analysis.isIncomplete) entry.bounds.add(body, 'visits');
    entry.summary = { ...EMPTY_SUMMARY, outputs: new Map(lastOf(body, analysis).entries()) };
    this.finish([entry], /* isStable */ true);
    return entry;
  }

  /** What a call of the function does. Of some values that it is given, `meanings` says what they are. */
  summary(body: FunctionBody, meanings: ReadonlyMap<string, Meaning>): Summary {
    const entry = this.entry(body, meanings);
    if (isOwn(entry) && (entry.state === 'new' || entry.state === 'outdated')) {
      if (this.running.length >= MAX_DEPTH) return this.tooDeep(body);
      this.workOut(entry);
    }
    const caller = this.running[this.running.length - 1];
    if (caller !== undefined) {
      caller.entry.callees.add(entry);
      if (isOwn(entry) && entry.state !== 'final') caller.lowest = Math.min(caller.lowest, entry.depth);
    }
    return entry.summary;
  }

  private tooDeep(body: FunctionBody): Summary {
    this.bounds.add(body, 'call-depth');
    // How deep a function is asked for depends on who asks.
    for (const { entry } of this.running) entry.isRepeatable = false;
    return EMPTY_SUMMARY;
  }

  private entry(body: FunctionBody, meanings: ReadonlyMap<string, Meaning>): SummaryEntry {
    const known = this.variantsOf(body.id);
    let given = unexpected(body, meanings);
    let key = [...given].map(([name, meaning]) => `${name}=${meaningKey(meaning)}`).join();
    if (key !== '' && !known.has(key) && known.variants >= MAX_VARIANTS) {
      this.bounds.add(body, 'variants');
      this.running[this.running.length - 1]?.entry.refused.push({ body, key });
      given = NOTHING_GIVEN;
      key = '';
    }
    let entry = known.get(key) ?? this.found(body, key);
    if (entry === null) {
      entry = newEntry(body, key, given, this.marked.areShared(body));
      known.set(key, entry);
    }
    return entry;
  }

  private variantsOf(id: string): Variants {
    let known = this.entries.get(id);
    if (known === undefined) {
      known = new Variants();
      this.entries.set(id, known);
    }
    return known;
  }

  /** One that an earlier run or another rule has made. */
  private found(body: FunctionBody, key: string): SummaryEntry | null {
    for (const entry of [this.kept?.find(body, key) ?? null, this.reusable.find(body, key)]) {
      if (entry?.component && this.adopt(entry.component)) {
        this.variantsOf(body.id).set(key, entry);
        return entry;
      }
    }
    return null;
  }

  /**
   * Takes over what was worked out elsewhere, as if it had been worked out here: all that it rests on counts as asked
   * for, and is told. Returns whether that may be: not where other sorts of values would be told apart here than were
   * told apart there.
   */
  private adopt(component: Component): boolean {
    const adopted = this.unknownIn(component);
    const after = new Map<string, Variants>();
    const variantsAfter = (id: string): Variants => after.get(id) ?? this.variantsOf(id);
    for (const { members } of adopted) {
      for (const { id, key } of members) {
        if (!variantsAfter(id).has(key)) after.set(id, new Variants(variantsAfter(id)).set(key, null));
      }
    }
    for (const one of after.values()) if (one.variants > MAX_VARIANTS) return false;
    for (const { refused } of adopted) {
      for (const { id, key } of refused) {
        const all = variantsAfter(id);
        if (all.has(key) || all.variants < MAX_VARIANTS) return false;
      }
    }
    for (const [id, all] of after) this.entries.set(id, all);
    for (const one of adopted) {
      this.components.add(one);
      this.bounds.addAll(one.bounds);
      for (const told of one.told) this.tell(told);
    }
    return true;
  }

  /** What is not known yet of a component and all that it rests on, callees first. */
  private unknownIn(component: Component): Set<Component> {
    const unknown = new Set<Component>();
    const visited = new Set<Component>();
    const visit = (one: Component): void => {
      if (this.components.has(one) || visited.size === visited.add(one).size) return;
      one.callees.forEach(visit);
      unknown.add(one);
    };
    visit(component);
    return unknown;
  }

  private workOut(entry: OwnEntry): void {
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
      if (isStable || round === MAX_ROUNDS) return this.finish([entry, ...members], isStable);
      for (const member of members) member.state = 'outdated';
    }
  }

  /** Analyses the function once. Returns the place of the outermost running function that it rests on. */
  private run(entry: OwnEntry, depth: number): number {
    const frame: Frame = { entry, lowest: Number.POSITIVE_INFINITY };
    entry.state = 'running';
    entry.depth = depth;
    this.running.push(frame);
    const { body, given } = entry;
    const marks = this.marked.marksOf(body);
    const { summary, certain, left, bounds } = this.log.collect(entry.dependencies, () =>
      summarize(body, given, marks, this.host, this.targets),
    );
    this.running.pop();
    if (!sameSummary(entry.summary, summary)) this.changes++;
    entry.summary = summary;
    entry.bounds = bounds;
    for (const hit of certain) this.tellFrom(entry, { kind: 'hit', hit });
    for (const one of left) this.tellFrom(entry, { kind: 'left', left: one });
    return frame.lowest;
  }

  private tellFrom(entry: OwnEntry, told: Told): void {
    entry.told.push({ order: this.order++, told });
    this.tell(told);
  }

  /** Functions that call each other and nothing else that is not final. */
  private finish(members: readonly OwnEntry[], isStable: boolean): void {
    const own: ReadonlySet<SummaryEntry> = new Set(members);
    const called = members.flatMap((member) => [...member.callees]).filter((one) => !own.has(one));
    const callees = [...new Set(called.flatMap(({ component }) => component ?? []))];
    const [first] = members;
    const bounds = new Bounds();
    if (!isStable && first !== undefined) bounds.add(first.body, 'rounds');
    for (const member of members) bounds.addAll(member.bounds);
    const refused = members.flatMap((member) => member.refused);
    for (const { body } of refused) bounds.add(body, 'variants');
    const component: OwnComponent = {
      entries: members,
      members: members.map(({ body, key }) => ({ id: body.id, key })),
      callees,
      told: members
        .flatMap(({ told }) => told)
        .sort((a, b) => a.order - b.order)
        .map(({ told }) => told),
      refused: refused.map(({ body, key }) => ({ id: body.id, key })),
      bounds: bounds.isEmpty ? NO_BOUNDS : bounds,
      dependencies: new Set(members.flatMap(({ body, dependencies }) => [onFile(body.path), ...dependencies])),
      isShared: [...members, ...callees].every((one) => one.isShared),
      isRepeatable: [...members, ...callees].every((one) => one.isRepeatable),
    };
    for (const member of members) {
      member.state = 'final';
      member.component = component;
      member.callees.clear();
      member.dependencies.clear();
    }
    this.components.add(component);
    this.bounds.addAll(component.bounds);
    if (component.isShared && component.isRepeatable) this.reusable.add(component);
  }
}

function isOwn(entry: SummaryEntry): entry is OwnEntry {
  return 'depth' in entry;
}

function newEntry(body: FunctionBody, key: string, given: ReadonlyMap<string, Meaning>, isShared: boolean): OwnEntry {
  return {
    body,
    key,
    given,
    summary: EMPTY_SUMMARY,
    state: 'new',
    component: null,
    depth: 0,
    callees: new Set(),
    dependencies: new Set(),
    refused: [],
    told: [],
    bounds: new Bounds(),
    isShared,
    isRepeatable: true,
  };
}

function meaningKey(meaning: Meaning): string {
  if (meaning.kind === 'list') return '';
  return meaning.kind === 'object' ? meaning.class.id : meaning.functions.map(({ id }) => id).join('+');
}

/** Without what is taken for granted: that a method is called on an object of its class. */
function unexpected(body: FunctionBody, meanings: ReadonlyMap<string, Meaning>): ReadonlyMap<string, Meaning> {
  const { self } = factsOf(body);
  const own = self === null ? undefined : meanings.get(self);
  if (own?.kind !== 'object' || own.class !== body.class) return meanings;
  return new Map([...meanings].filter(([key]) => key !== self));
}
