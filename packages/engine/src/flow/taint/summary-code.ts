import type { TaintSink, TaintSource } from '../../rules/rule.ts';
import type { ClassBody, FunctionBody } from '../il.ts';
import type { Told } from './component.ts';
import { type Beyond, inputName } from './inputs.ts';
import type { SpecMatch } from './spec-matches.ts';
import type { Ending, SinkHit, Summary } from './summary.ts';
import { type Beginning, type Cell, CLEAN, type Meaning, type Taint, type Taints, type Token, UNSET } from './value.ts';

type Ref = number;
type TokenCode = [path: Ref, start: number, end: number];
/** The innermost, which is a source or sink, or a call. */
type WayCode = 0 | [call: TokenCode, through: TokenCode[], inner: WayCode];
type MatchCode = [path: Ref, key: Ref, start: number, end: number];
type TaintCode =
  | [source: MatchCode, label: Ref, beginning: WayCode, through: TokenCode[]]
  | [input: [key: Ref, path: Ref[], beyond: [names: Ref[] | null, last: Ref] | 0], label: Ref, through: TokenCode[]];
type MeaningCode = 0 | { class: Ref } | { functions: Ref[] } | { length: number };
/** The state, its place among sets of taints, and the same for parts. */
type CellCode = [state: 0 | 1 | 2, taints: Ref, parts: [name: Ref, cell: Ref][] | 0, is: MeaningCode];
type HitCode = [sink: MatchCode, taints: Ref, parts: [range: string, taints: Ref][], ending: WayCode];
type ToldCode = { hit: HitCode } | { left: [body: Ref, key: Ref, value: Ref] };
type SummaryCode = [result: Ref, hits: HitCode[], outputs: [key: Ref, cell: Ref][], receivers: Ref];

/** Summaries as JSON, with all that they refer to in tables: what is told of several values stands in them once. */
export interface SummariesCode {
  texts: string[];
  taints: TaintCode[][];
  cells: CellCode[];
  summaries: SummaryCode[];
  told: ToldCode[];
}

const STATES = ['unset', 'clean', 'tainted'] as const;

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
  readonly taintSets = new Table<Taints, TaintCode[]>();
  readonly cells = new Table<Cell, CellCode>();

  text = (text: string): Ref => this.texts.place(text, () => text);

  private token = ({ path, start, end }: Token): TokenCode => [this.text(path), start, end];

  private way(way: Beginning | Ending): WayCode {
    if (way.kind !== 'call') return 0;
    return [this.token(way.call), way.through.map(this.token), this.way(way.inner)];
  }

  private match({ path, key, match }: SpecMatch<unknown>): MatchCode {
    return [this.text(path), this.text(key), match.start, match.end];
  }

  private taint = ({ source, input, label, beginning, through }: Taint): TaintCode => {
    const tokens = through.map(this.token);
    if (source !== null) return [this.match(source), this.text(label), this.way(beginning), tokens];
    const { key, path, beyond } = input ?? { key: '', path: [], beyond: null };
    const way: [Ref[] | null, Ref] | 0 =
      (beyond && [beyond.names?.map(this.text) ?? null, this.text(beyond.last)]) || 0;
    return [[this.text(key), path.map(this.text), way], this.text(label), tokens];
  };

  taints(taints: Taints): Ref {
    return this.taintSets.place(taints, () => [...taints.values()].map(this.taint));
  }

  cell = (cell: Cell): Ref => {
    const constant = CONSTANTS.indexOf(cell);
    if (constant >= 0) return constant;
    const { state, taints, parts, is } = cell;
    const place = this.cells.place(cell, () => [
      STATES.indexOf(state) as 0 | 1 | 2,
      this.taints(taints),
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
    this.taints(taints),
    [...parts].map(([range, own]): [string, Ref] => [range, this.taints(own)]),
    this.way(ending),
  ];

  summary = ({ result, hits, outputs, receivers }: Summary): SummaryCode => [
    this.cell(result),
    hits.map(this.hit),
    [...outputs].map(([key, cell]): [Ref, Ref] => [this.text(key), this.cell(cell)]),
    this.taints(receivers),
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
  const { texts, taintSets, cells } = encoder;
  return { texts: texts.codes, taints: taintSets.codes, cells: cells.codes, ...codes };
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
  private readonly taintSets: Taints[] = [];
  private readonly cells: Cell[] = [];

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
      receivers: this.taints(receivers),
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

  private token = ([path, start, end]: TokenCode): Token => ({ path: this.text(path), start, end });

  private way<End extends { kind: 'source' } | { kind: 'sink' }>(code: WayCode, end: End): Way<End> {
    if (code === 0) return end;
    const [call, through, inner] = code;
    return { kind: 'call', call: this.token(call), through: through.map(this.token), inner: this.way(inner, end) };
  }

  private taint = (code: TaintCode): Taint => {
    if (code.length === 4) {
      const [[path, key, start, end], text, beginning, through] = code;
      const source = this.referred.source(this.text(path), this.text(key), start, end);
      const label = this.text(text);
      return {
        key: `${source.id} ${label}`,
        source,
        input: null,
        label,
        beginning: this.way(beginning, { kind: 'source' }),
        through: through.map(this.token),
      };
    }
    const [[key, path, way], label, through] = code;
    const beyond: Beyond | null = way === 0 ? null : { names: way[0]?.map(this.text) ?? null, last: this.text(way[1]) };
    const input = { key: this.text(key), path: path.map(this.text), beyond };
    return {
      key: `in:${inputName(input)}`,
      source: null,
      input,
      label: this.text(label),
      beginning: { kind: 'source' },
      through: through.map(this.token),
    };
  };

  private taints(place: Ref): Taints {
    let taints = this.taintSets[place];
    if (taints === undefined) {
      taints = new Map(
        at(this.code.taints, place)
          .map(this.taint)
          .map((taint) => [taint.key, taint]),
      );
      this.taintSets[place] = taints;
    }
    return taints;
  }

  private cell = (place: Ref): Cell => {
    const constant = CONSTANTS[place];
    if (constant !== undefined) return constant;
    let cell = this.cells[place];
    if (cell === undefined) {
      const [state, taints, parts, is] = at(this.code.cells, place - CONSTANTS.length);
      cell = {
        state: at(STATES, state),
        taints: this.taints(taints),
        parts: parts === 0 ? null : new Map(parts.map(([name, part]) => [this.text(name), this.cell(part)])),
        is: this.meaning(is),
      };
      this.cells[place] = cell;
    }
    return cell;
  };

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
    taints: this.taints(taints),
    parts: new Map(parts.map(([range, own]) => [range, this.taints(own)])),
    ending: this.way(ending, { kind: 'sink' }),
  });
}

type Way<End> = End | { kind: 'call'; call: Token; through: readonly Token[]; inner: Way<End> };

/** What stands in a table: everything that is referred to is there. */
function at<Thing>(table: readonly Thing[], place: number): Thing {
  const thing = table[place];
  if (thing === undefined) throw new Error(`summaries refer to what is not there (${place})`);
  return thing;
}
