import type { TaintSink, TaintSource } from '../../rules/rule.ts';
import type { ClassBody, FunctionBody } from '../il.ts';
import type { Told } from './component.ts';
import { type Input, inputName } from './inputs.ts';
import type { SpecMatch } from './spec-matches.ts';
import type { Ending, SinkHit, Summary } from './summary.ts';
import { type Beginning, type Cell, CLEAN, type Meaning, type Taint, type Taints, type Token, UNSET } from './value.ts';

/** A place in the table of what is referred to. */
type Ref = number;
type TokenCode = [path: Ref, start: number, end: number];
/** A call, what it went through, and the way behind it, of which the innermost is a source or sink: -1. */
type WayCode = [call: Ref, through: Ref, inner: Ref];
type MatchCode = [path: Ref, key: Ref, start: number, end: number];
type InputCode = [key: Ref, path: Ref[], beyond: [names: Ref[] | null, last: Ref] | 0];
type TaintCode =
  | { source: MatchCode; label: Ref; beginning: Ref; through: Ref }
  | { input: InputCode; label: Ref; through: Ref };
type MeaningCode = 0 | { class: Ref } | { functions: Ref[] } | { length: number };
/** The state, its place among sets of taints, and the same for parts. */
type CellCode = [state: 0 | 1 | 2, taints: Ref, parts: [name: Ref, cell: Ref][] | 0, is: MeaningCode];
type HitCode = [sink: MatchCode, taints: Ref, parts: [range: string, taints: Ref][], ending: Ref];
type ToldCode = { hit: HitCode } | { left: [body: Ref, key: Ref, value: Ref] };
type SummaryCode = [result: Ref, hits: HitCode[], outputs: [key: Ref, cell: Ref][], receivers: Ref];

/** Summaries as JSON, with all that they refer to in tables: what is told of several values stands in them once. */
export interface SummariesCode {
  texts: string[];
  tokens: TokenCode[];
  throughs: Ref[][];
  ways: WayCode[];
  taints: TaintCode[];
  taintSets: Ref[][];
  cells: CellCode[];
  summaries: SummaryCode[];
  told: ToldCode[];
}

const STATES = ['unset', 'clean', 'tainted'] as const;

/** In place of a way: it ends here. */
const WAY_END = -1;

/** The first places among cells are those of constants, which are compared by identity. */
const CONSTANTS: readonly Cell[] = [UNSET, CLEAN];

/** Numbers things in the order in which they are first met. */
class Table<Thing, Code> {
  readonly codes: Code[] = [];
  private readonly places = new Map<Thing, Ref>();

  place(thing: Thing, encode: () => Code): Ref {
    const known = this.places.get(thing);
    if (known !== undefined) return known;
    // What it refers to comes before it.
    const code = encode();
    const place = this.codes.push(code) - 1;
    this.places.set(thing, place);
    return place;
  }
}

class Encoder {
  readonly texts = new Table<string, string>();
  readonly tokens = new Table<string, TokenCode>();
  readonly throughs = new Table<readonly Token[], Ref[]>();
  readonly ways = new Table<Beginning | Ending, WayCode>();
  readonly taints = new Table<Taint, TaintCode>();
  readonly taintSets = new Table<Taints, Ref[]>();
  readonly cells = new Table<Cell, CellCode>();

  text = (text: string): Ref => this.texts.place(text, () => text);

  private token = ({ path, start, end }: Token): Ref =>
    this.tokens.place(`${start} ${end} ${path}`, () => [this.text(path), start, end]);

  private through = (tokens: readonly Token[]): Ref => this.throughs.place(tokens, () => tokens.map(this.token));

  private way(way: Beginning | Ending): Ref {
    if (way.kind !== 'call') return WAY_END;
    return this.ways.place(way, () => [this.token(way.call), this.through(way.through), this.way(way.inner)]);
  }

  private match({ path, key, match }: SpecMatch<unknown>): MatchCode {
    return [this.text(path), this.text(key), match.start, match.end];
  }

  private taint = (taint: Taint): Ref =>
    this.taints.place(taint, () => {
      const label = this.text(taint.label);
      const through = this.through(taint.through);
      return taint.source === null
        ? { input: this.input(taint.input), label, through }
        : { source: this.match(taint.source), label, beginning: this.way(taint.beginning), through };
    });

  private input(input: Input | null): InputCode {
    const { key, path, beyond } = input ?? { key: '', path: [], beyond: null };
    const way: InputCode[2] = beyond === null ? 0 : [beyond.names?.map(this.text) ?? null, this.text(beyond.last)];
    return [this.text(key), path.map(this.text), way];
  }

  taintSet(taints: Taints): Ref {
    return this.taintSets.place(taints, () => Array.from(taints.values(), this.taint));
  }

  cell = (cell: Cell): Ref => {
    const constant = CONSTANTS.indexOf(cell);
    if (constant >= 0) return constant;
    const { state, taints, parts, is } = cell;
    const place = this.cells.place(cell, () => [
      STATES.indexOf(state) as 0 | 1 | 2,
      this.taintSet(taints),
      parts === null ? 0 : [...parts].map(([name, part]): [Ref, Ref] => [this.text(name), this.cell(part)]),
      this.meaning(is),
    ]);
    return CONSTANTS.length + place;
  };

  private meaning(is: Meaning | null): MeaningCode {
    if (is === null) return 0;
    if (is.kind === 'list') return { length: is.length };
    return is.kind === 'object'
      ? { class: this.text(is.class.id) }
      : { functions: is.functions.map(({ id }) => this.text(id)) };
  }

  hit = ({ sink, taints, parts, ending }: SinkHit): HitCode => [
    this.match(sink),
    this.taintSet(taints),
    [...parts].map(([range, own]): [string, Ref] => [range, this.taintSet(own)]),
    this.way(ending),
  ];

  summary = ({ result, hits, outputs, receivers }: Summary): SummaryCode => [
    this.cell(result),
    hits.map(this.hit),
    [...outputs].map(([key, cell]): [Ref, Ref] => [this.text(key), this.cell(cell)]),
    this.taintSet(receivers),
  ];

  told = (told: Told): ToldCode => {
    if (told.kind === 'hit') return { hit: this.hit(told.hit) };
    const { body, key, value } = told.left;
    return { left: [this.text(body.id), this.text(key), this.cell(value)] };
  };
}

export function encodeSummaries(summaries: readonly Summary[], told: readonly Told[]): SummariesCode {
  const encoder = new Encoder();
  const codes = { summaries: summaries.map(encoder.summary), told: told.map(encoder.told) };
  const { texts, tokens, throughs, ways, taints, taintSets, cells } = encoder;
  return {
    texts: texts.codes,
    tokens: tokens.codes,
    throughs: throughs.codes,
    ways: ways.codes,
    taints: taints.codes,
    taintSets: taintSets.codes,
    cells: cells.codes,
    ...codes,
  };
}

/** What is referred to by name. Null of what is not there any more, which is never asked of what depends on nothing new. */
export interface Referred {
  function(id: string): FunctionBody | null;
  class(id: string): ClassBody | null;
  /** A match of a source of the rule, by its file and key. */
  source(path: string, key: string, start: number, end: number): SpecMatch<TaintSource>;
  sink(path: string, key: string, start: number, end: number): SpecMatch<TaintSink>;
}

/** Reads what `encodeSummaries` has written, each thing when it is first asked for. */
export class SummariesDecoder {
  private readonly code: SummariesCode;
  private readonly referred: Referred;
  private readonly tokens = new Decoded<Token>();
  private readonly throughs = new Decoded<readonly Token[]>();
  private readonly beginnings = new Decoded<Beginning>();
  private readonly taints = new Decoded<Taint>();
  private readonly taintSets = new Decoded<Taints>();
  private readonly cells = new Decoded<Cell>();

  constructor(code: SummariesCode, referred: Referred) {
    this.code = code;
    this.referred = referred;
  }

  summary(place: number): Summary {
    const [result, hits, outputs, receivers] = at(this.code.summaries, place);
    return {
      result: this.cell(result),
      hits: hits.map(this.hit),
      outputs: new Map(outputs.map(([key, cell]) => [this.text(key), this.cell(cell)])),
      receivers: this.taintSet(receivers),
    };
  }

  told(): Told[] {
    return this.code.told.flatMap((told): Told[] => {
      if ('hit' in told) return [{ kind: 'hit', hit: this.hit(told.hit) }];
      const [id, key, value] = told.left;
      const body = this.referred.function(this.text(id));
      return body === null ? [] : [{ kind: 'left', left: { body, key: this.text(key), value: this.cell(value) } }];
    });
  }

  private text = (place: Ref): string => at(this.code.texts, place);

  private token = (place: Ref): Token =>
    this.tokens.at(place, () => {
      const [path, start, end] = at(this.code.tokens, place);
      return { path: this.text(path), start, end };
    });

  private through = (place: Ref): readonly Token[] =>
    this.throughs.at(place, () => at(this.code.throughs, place).map(this.token));

  private beginning(place: Ref): Beginning {
    if (place === WAY_END) return { kind: 'source' };
    return this.beginnings.at(place, () => {
      const [call, through, inner] = at(this.code.ways, place);
      return { ...this.step(call, through), inner: this.beginning(inner) };
    });
  }

  private ending(place: Ref): Ending {
    if (place === WAY_END) return { kind: 'sink' };
    const [call, through, inner] = at(this.code.ways, place);
    return { ...this.step(call, through), inner: this.ending(inner) };
  }

  private step(call: Ref, through: Ref): { kind: 'call'; call: Token; through: readonly Token[] } {
    return { kind: 'call', call: this.token(call), through: this.through(through) };
  }

  private taint = (place: Ref): Taint =>
    this.taints.at(place, () => {
      const code = at(this.code.taints, place);
      const label = this.text(code.label);
      const through = this.through(code.through);
      if ('input' in code) {
        const input = this.input(code.input);
        return { key: `in:${inputName(input)}`, source: null, input, label, beginning: { kind: 'source' }, through };
      }
      const [path, key, start, end] = code.source;
      const source = this.referred.source(this.text(path), this.text(key), start, end);
      const beginning = this.beginning(code.beginning);
      return { key: `${source.id} ${label}`, source, input: null, label, beginning, through };
    });

  private input([key, path, way]: InputCode): Input {
    const beyond = way === 0 ? null : { names: way[0]?.map(this.text) ?? null, last: this.text(way[1]) };
    return { key: this.text(key), path: path.map(this.text), beyond };
  }

  private taintSet(place: Ref): Taints {
    return this.taintSets.at(place, () => {
      const taints = at(this.code.taintSets, place).map(this.taint);
      return new Map(taints.map((taint) => [taint.key, taint]));
    });
  }

  private cell = (place: Ref): Cell =>
    CONSTANTS[place] ??
    this.cells.at(place, () => {
      const [state, taints, parts, is] = at(this.code.cells, place - CONSTANTS.length);
      return {
        state: at(STATES, state),
        taints: this.taintSet(taints),
        parts: parts === 0 ? null : new Map(parts.map(([name, part]) => [this.text(name), this.cell(part)])),
        is: this.meaning(is),
      };
    });

  private meaning(code: MeaningCode): Meaning | null {
    if (code === 0) return null;
    if ('length' in code) return { kind: 'list', length: code.length };
    if ('class' in code) {
      const found = this.referred.class(this.text(code.class));
      return found && { kind: 'object', class: found };
    }
    const functions = code.functions.flatMap((id) => this.referred.function(this.text(id)) ?? []);
    return { kind: 'functions', functions };
  }

  private hit = ([[path, key, start, end], taints, parts, ending]: HitCode): SinkHit => ({
    sink: this.referred.sink(this.text(path), this.text(key), start, end),
    taints: this.taintSet(taints),
    parts: new Map(parts.map(([range, own]) => [range, this.taintSet(own)])),
    ending: this.ending(ending),
  });
}

/** What has been read, by place: what is referred to twice is one. */
class Decoded<Thing> {
  private readonly things: Thing[] = [];

  at(place: Ref, decode: () => Thing): Thing {
    const known = this.things[place];
    if (known !== undefined) return known;
    const thing = decode();
    this.things[place] = thing;
    return thing;
  }
}

/** What stands in a table: everything that is referred to is there. */
export function at<Thing>(table: readonly Thing[], place: number): Thing {
  const thing = table[place];
  if (thing === undefined) throw new Error(`summaries refer to what is not there (${place})`);
  return thing;
}
