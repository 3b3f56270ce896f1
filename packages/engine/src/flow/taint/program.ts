import { Kind, type Node } from '../../tree/nodes.ts';
import { factsOf } from '../body-facts.ts';
import { dottedPath } from '../dotted-path.ts';
import type { ClassBody, Expression, FunctionBody } from '../il.ts';
import { analyzeFunction, type FunctionAnalysis } from './analyze-function.ts';
import { Environment } from './environment.ts';
import type { MarksOf } from './spec-matches.ts';
import { type CallTarget, EMPTY_SUMMARY, functionsOf, type SinkHit, type Summary } from './summary.ts';
import type { CallHost, Observer, TransferHost } from './transfer.ts';
import {
  allTaints,
  type Cell,
  inputTaint,
  joinCells,
  type Meaning,
  sameCell,
  type Taint,
  tainted,
  UNSET,
} from './value.ts';

/** What a name of another file means; null where that is not known. */
export type Lookup = (canonical: readonly string[], body: FunctionBody) => FunctionBody | ClassBody | null;

/** What the program is part of. */
export interface Surroundings {
  lookup: Lookup;
  /** Whether a function leads to a source or a sink: others only pass on what they are given. */
  isOfInterest(body: FunctionBody): boolean;
  /** Told of what reaches sinks whatever the functions are given. */
  onHit(hit: SinkHit): void;
}

/** A function is analysed for so many sorts of values that it may be given; further ones are not told apart. */
const MAX_VARIANTS = 4;

/** Functions that call each other are analysed again this often, if what is known of them still grows. */
const MAX_ROUNDS = 4;

/** Calls are followed to this depth; deeper ones are as calls of functions that nothing is known of. */
const MAX_DEPTH = 60;

/** Bases of bases are looked through to this depth. */
const MAX_BASES = 12;

interface Entry {
  summary: Summary;
  isRunning: boolean;
  /** Asked for while it was being worked out. */
  isRecursive: boolean;
}

/**
 * The functions of a program and what a call of each does, worked out when first asked for: callees before callers, and
 * functions that call themselves until nothing changes.
 */
export class Program implements CallHost {
  private readonly marks: MarksOf;
  private readonly surroundings: Surroundings;
  private readonly host: TransferHost;
  private readonly entries = new Map<FunctionBody, Map<string, Entry>>();
  private readonly ids = new Map<FunctionBody | ClassBody, number>();
  private depth = 0;
  /** Functions of which not all is known, as a bound was reached. */
  readonly incomplete = new Set<FunctionBody>();

  constructor(marks: MarksOf, host: Omit<TransferHost, 'calls' | 'observer'>, surroundings: Surroundings) {
    this.marks = marks;
    this.surroundings = surroundings;
    this.host = { ...host, calls: this, observer: null };
  }

  /** Analyses the top level of a file. */
  topLevel(body: FunctionBody): Environment {
    const observer: Observer = { sink: this.surroundings.onHit, returned: () => {} };
    const analysis = analyzeFunction(body, new Environment(), this.marks, { ...this.host, observer });
    return lastOf(body, analysis);
  }

  isOfInterest(body: FunctionBody): boolean {
    return this.surroundings.isOfInterest(body);
  }

  summary(body: FunctionBody, meanings: ReadonlyMap<string, Meaning>): Summary {
    const known = this.entries.get(body) ?? new Map<string, Entry>();
    this.entries.set(body, known);
    let given = this.unexpected(body, meanings);
    let key = [...given].map(([name, meaning]) => `${name}=${this.meaningKey(meaning)}`).join();
    if (!known.has(key) && known.size >= MAX_VARIANTS) {
      given = new Map();
      key = '';
    }
    const entry = known.get(key);
    if (entry !== undefined) {
      if (entry.isRunning) entry.isRecursive = true;
      return entry.summary;
    }
    if (this.depth >= MAX_DEPTH) {
      this.incomplete.add(body);
      return EMPTY_SUMMARY;
    }
    const made: Entry = { summary: EMPTY_SUMMARY, isRunning: true, isRecursive: false };
    known.set(key, made);
    this.depth++;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      made.isRecursive = false;
      const before = made.summary;
      made.summary = this.summarize(body, given);
      if (!made.isRecursive || sameSummary(before, made.summary)) break;
      if (round === MAX_ROUNDS - 1) this.incomplete.add(body);
    }
    this.depth--;
    made.isRunning = false;
    return made.summary;
  }

  /** Without what is taken for granted: that a method is called on an object of its class. */
  private unexpected(body: FunctionBody, meanings: ReadonlyMap<string, Meaning>): ReadonlyMap<string, Meaning> {
    const { self } = factsOf(body);
    const own = self === null ? undefined : meanings.get(self);
    if (own?.kind !== 'object' || own.class !== body.class) return meanings;
    return new Map([...meanings].filter(([key]) => key !== self));
  }

  private meaningKey(meaning: Meaning): string {
    if (meaning.kind === 'list') return '';
    return meaning.kind === 'object'
      ? this.idOf(meaning.class)
      : meaning.functions.map((body) => this.idOf(body)).join('+');
  }

  private idOf(body: FunctionBody | ClassBody): string {
    const id = this.ids.get(body) ?? this.ids.size;
    this.ids.set(body, id);
    return `${id}`;
  }

  private summarize(body: FunctionBody, given: ReadonlyMap<string, Meaning>): Summary {
    const hits: SinkHit[] = [];
    let result: Cell = UNSET;
    const observer: Observer = {
      sink: (hit) => {
        if (dependsOnInputs(hit)) hits.push(hit);
        const certain = withoutInputs(hit);
        if (certain !== null) this.surroundings.onHit(certain);
      },
      returned: (value) => {
        result = joinCells(result, value);
      },
    };
    const entry = this.entryOf(body, given);
    const analysis = analyzeFunction(body, entry, this.marks, { ...this.host, observer });
    if (analysis.isIncomplete) this.incomplete.add(body);
    const last = lastOf(body, analysis);
    return { result, hits: distinctHits(hits), outputs: outputsOf(body, entry, last) };
  }

  /** Parameters and variables of scopes outside are inputs. */
  private entryOf(body: FunctionBody, given: ReadonlyMap<string, Meaning>): Environment {
    const entry = new Environment();
    body.parameters.forEach(({ variable, annotation }, i) => {
      const isSelf = i === 0 && body.class !== null && isBoundMethod(body);
      const own: Meaning | null = isSelf && body.class !== null ? { kind: 'object', class: body.class } : null;
      const is = given.get(variable.key) ?? own ?? this.annotated(annotation, body);
      entry.set({ key: variable.key, path: [] }, inputCell(variable.key, is));
    });
    for (const key of factsOf(body).free) entry.set({ key, path: [] }, inputCell(key, null));
    return entry;
  }

  private annotated(annotation: Expression | null, body: FunctionBody): Meaning | null {
    const found = annotation === null ? null : this.named(annotation, body);
    return found !== null && 'methods' in found ? { kind: 'object', class: found } : null;
  }

  meaningOf(name: string, body: FunctionBody): Meaning | null {
    const found = resolveName(name, body);
    return found === null || 'methods' in found ? null : { kind: 'functions', functions: [found] };
  }

  targets(callee: Expression, called: Cell, receiver: Cell, body: FunctionBody): readonly CallTarget[] {
    const functions = functionsOf(called.is);
    if (functions.length > 0) return functions.map((one) => ({ kind: 'function', function: one, isBound: false }));
    if (callee.kind === 'field') {
      const owner = this.ownerOf(callee.object, receiver, body);
      if (owner !== null) {
        const method = this.method(owner.class, callee.name, 0);
        return method === null
          ? []
          : [{ kind: 'function', function: method, isBound: owner.isInstance && isBoundMethod(method) }];
      }
    }
    const found = this.named(callee, body);
    if (found === null) return [];
    return 'methods' in found
      ? [{ kind: 'class', class: found }]
      : [{ kind: 'function', function: found, isBound: false }];
  }

  /** The class that a method is looked up in. */
  private ownerOf(
    object: Expression,
    receiver: Cell,
    body: FunctionBody,
  ): { class: ClassBody; isInstance: boolean } | null {
    if (receiver.is?.kind === 'object') return { class: receiver.is.class, isInstance: true };
    if (
      object.kind === 'call' &&
      object.callee.kind === 'variable' &&
      object.callee.name === 'super' &&
      body.class !== null
    ) {
      const base = this.basesOf(body.class)[0];
      return base === undefined ? null : { class: base, isInstance: true };
    }
    if (object.kind === 'variable' && object.name === 'cls' && body.class !== null)
      return { class: body.class, isInstance: false };
    const found = this.named(object, body);
    return found !== null && 'methods' in found ? { class: found, isInstance: false } : null;
  }

  /** What a written name, or dotted name, stands for. */
  private named(expression: Expression, body: FunctionBody): FunctionBody | ClassBody | null {
    const path = dottedPath(expression);
    if (path === null) return null;
    const [root] = path.names;
    if (path.canonical !== null) return this.surroundings.lookup([...path.canonical, ...path.names.slice(1)], body);
    // `import a.b` declares no name of its own.
    if (root === undefined || path.names.length > 1) return this.surroundings.lookup(path.names, body);
    return resolveName(root, body);
  }

  constructorOf(called: ClassBody): FunctionBody | null {
    return this.method(called, '__init__', 0);
  }

  private method(owner: ClassBody, name: string, depth: number): FunctionBody | null {
    const own = owner.methods.get(name);
    if (own !== undefined || depth > MAX_BASES) return own ?? null;
    for (const base of this.basesOf(owner)) {
      const inherited = this.method(base, name, depth + 1);
      if (inherited !== null) return inherited;
    }
    return null;
  }

  private basesOf(owner: ClassBody): ClassBody[] {
    const { enclosing } = owner;
    if (enclosing === null) return [];
    const found = owner.bases.map((base) => this.named(base, enclosing));
    return found.filter((base): base is ClassBody => base !== null && 'methods' in base && base !== owner);
  }
}

/** A function or class of this name that is seen in a function. */
function resolveName(name: string, body: FunctionBody): FunctionBody | ClassBody | null {
  for (let at: FunctionBody | null = body; at !== null; at = at.enclosing) {
    const found = at.functions.get(name) ?? at.classes.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/** Methods are given the object, but for static ones. */
function isBoundMethod({ origin }: FunctionBody): boolean {
  return origin.kind === Kind.Function && !origin.decorators.some(isStatic);
}

function isStatic(decorator: Node): boolean {
  if (decorator.kind !== Kind.Decorator) return false;
  const { expression } = decorator;
  return expression.kind === Kind.Name && expression.name === 'staticmethod';
}

export function inputCell(key: string, is: Meaning | null): Cell {
  const taint = inputTaint({ key, path: [] });
  return tainted(new Map([[taint.key, taint]]), null, is);
}

/** What holds where the function is left. */
function lastOf(body: FunctionBody, { before, after }: FunctionAnalysis): Environment {
  const last = new Environment();
  body.nodes.forEach(({ instruction, next }, id) => {
    const env = after[id] ?? (body.nodes.length === 1 ? before[id] : undefined);
    if (env !== undefined && (next.length === 0 || instruction?.kind === 'return')) last.join(env);
  });
  return last;
}

/** What the function may have changed of what it is given: parts of parameters, and variables outside. */
function outputsOf(body: FunctionBody, entry: Environment, last: Environment): Map<string, Cell> {
  const outputs = new Map<string, Cell>();
  const { reassigned } = factsOf(body);
  for (const [key, given] of entry.entries()) {
    if (reassigned.has(key)) continue;
    const cell = last.get({ key, path: [] });
    if (!sameCell(given, cell)) outputs.set(key, cell);
  }
  return outputs;
}

function dependsOnInputs({ taints }: SinkHit): boolean {
  for (const { input } of taints.values()) if (input !== null) return true;
  return false;
}

/** Only what comes from sources. */
function withoutInputs(hit: SinkHit): SinkHit | null {
  const taints = new Map<string, Taint>();
  for (const [key, taint] of hit.taints) if (taint.input === null) taints.set(key, taint);
  return taints.size === 0 ? null : { ...hit, taints };
}

/** One a sink and set of taints. */
function distinctHits(hits: readonly SinkHit[]): SinkHit[] {
  const distinct = new Map<string, SinkHit>();
  for (const hit of hits) {
    const key = `${hit.sink.id} ${[...hit.taints.keys()].join()}`;
    if (!distinct.has(key)) distinct.set(key, hit);
  }
  return [...distinct.values()];
}

function sameSummary(a: Summary, b: Summary): boolean {
  if (a.hits.length !== b.hits.length || a.outputs.size !== b.outputs.size || !sameCell(a.result, b.result))
    return false;
  return [...b.outputs].every(([key, cell]) => sameCell(cell, a.outputs.get(key) ?? UNSET));
}

/** Whether anything of it comes from a source. */
export function hasSource(cell: Cell): boolean {
  for (const { source } of allTaints(cell).values()) if (source !== null) return true;
  return false;
}
