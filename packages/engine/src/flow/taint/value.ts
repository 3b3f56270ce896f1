import type { TaintSource } from '../../rules/rule.ts';
import type { ClassBody, FunctionBody } from '../il.ts';
import type { FlowStyle } from '../lower-function.ts';
import { ELEMENT, type Input, inputName, partOfInput } from './inputs.ts';
import type { SpecMatch } from './spec-matches.ts';

/** A place in the text that a trace goes through: a variable where it is assigned. */
export interface Token {
  /** Of the file that it stands in; empty for the file at hand. */
  path: string;
  start: number;
  end: number;
}

/** Where data comes from, as a trace tells it: the source itself, or a call of a function that returns it. */
export type Beginning = { kind: 'source' } | { kind: 'call'; call: Token; through: readonly Token[]; inner: Beginning };

export { ELEMENT } from './inputs.ts';

/** Data on its way: from a source, or from what a function is given. */
export interface Taint {
  /** The same for two taints that say the same. */
  key: string;
  /** Null for what a function is given. */
  source: SpecMatch<TaintSource> | null;
  input: Input | null;
  label: string;
  beginning: Beginning;
  /** The variables that held it, in order. */
  through: readonly Token[];
}

/** By key; of two with one key the shorter way is kept. Never mutated once published. */
export type Taints = ReadonlyMap<string, Taint>;

export const NO_TAINTS: Taints = new Map();

export function inputTaint(input: Input): Taint {
  const key = `in:${inputName(input)}`;
  return { key, source: null, input, label: '', beginning: { kind: 'source' }, through: [] };
}

/**
 * So many sources and inputs of one value are told apart; more would be more ways to the same finding. Without a bound,
 * rules that take every parameter for a source carry thousands from call to call.
 */
const MAX_TAINTS = 48;

/**
 * Across functions: with 48, the same was found in four web applications of 660,000 lines, and a rule that takes every text
 * put together for a source took a quarter longer.
 */
const MAX_TAINTS_ACROSS = 16;

/** Holds for an analysis as a whole, which nothing interrupts; as a parameter it would be one of every function here. */
let mostTaints = MAX_TAINTS;

/** Says which bound holds from here on. */
export function boundTaints(style: FlowStyle): void {
  mostTaints = style === 'complete' ? MAX_TAINTS_ACROSS : MAX_TAINTS;
}

/** Whether there may have been more than are told apart. */
export function isFull(taints: Taints): boolean {
  return taints.size >= mostTaints;
}

/** All of both, up to the bound; those of the first come first. */
export function unionTaints(a: Taints, b: Taints): Taints {
  if (b.size === 0 || a === b) return a;
  return a.size === 0 ? b : unionAfter(a, b, NO_WAY);
}

/**
 * The same where those of the second have passed these variables too: their ways are put together for those that are
 * taken. `union` is what they are added to, if it need not be made.
 */
function unionAfter(a: Taints, b: Taints, through: readonly Token[], union: Map<string, Taint> | null = null): Taints {
  let all = union;
  for (const [key, taint] of b) {
    const known = (all ?? a).get(key);
    if (known !== undefined && known.through.length <= taint.through.length) continue;
    if (known === undefined && (all ?? a).size >= mostTaints) continue;
    const longer = appended(taint.through, through);
    if (known !== undefined && known.through.length <= longer.length) continue;
    all ??= new Map(a);
    all.set(key, longer === taint.through ? taint : withWay(taint, longer));
  }
  return all ?? a;
}

/** Written out, as this is done for all that calls are given: to spread it takes twice as long. */
export function withWay({ key, source, input, label, beginning }: Taint, through: readonly Token[]): Taint {
  return { key, source, input, label, beginning, through };
}

const NO_WAY: readonly Token[] = [];

/** The variables of a trace are not listed beyond this many. */
const MAX_THROUGH = 24;

function appended(before: readonly Token[], after: readonly Token[]): readonly Token[] {
  if (after.length === 0 || before.length >= MAX_THROUGH) return before;
  const both = before.concat(after);
  return both.length > MAX_THROUGH ? both.slice(0, MAX_THROUGH) : both;
}

/**
 * What is known of a value and of its parts. `unset`: as what it is a part of. Parts are fields and elements, by
 * `.name` and `ELEMENT`. Never mutated once published.
 */
export interface Cell {
  state: 'unset' | 'clean' | 'tainted';
  taints: Taints;
  parts: ReadonlyMap<string, Cell> | null;
  /** What sort of value it is, where that is known. */
  is: Meaning | null;
}

/** An object of a class, functions that may be called, or a list or tuple of known length. */
export type Meaning =
  | { kind: 'object'; class: ClassBody }
  | { kind: 'functions'; functions: readonly FunctionBody[] }
  | { kind: 'list'; length: number };

export const UNSET: Cell = { state: 'unset', taints: NO_TAINTS, parts: null, is: null };
export const CLEAN: Cell = { state: 'clean', taints: NO_TAINTS, parts: null, is: null };

export function tainted(taints: Taints, parts: Cell['parts'] = null, is: Meaning | null = null): Cell {
  if (taints.size === 0 && parts === null && is === null) return UNSET;
  return { state: taints.size === 0 ? 'unset' : 'tainted', taints, parts, is };
}

/** The taints of a value and of all its parts. */
export function allTaints(cell: Cell): Taints {
  if (cell.parts === null) return cell.taints;
  let all = cell.taints;
  for (const part of cell.parts.values()) all = unionTaints(all, allTaints(part));
  return all;
}

/** The taints of several values and of all their parts. */
export function taintsOf(cells: Iterable<Cell>): Taints {
  let all = NO_TAINTS;
  for (const cell of cells) all = unionTaints(all, allTaints(cell));
  return all;
}

/** Whether nothing in it is tainted. */
export function isClean(cell: Cell): boolean {
  if (cell.taints.size > 0) return false;
  if (cell.parts === null) return true;
  for (const part of cell.parts.values()) if (!isClean(part)) return false;
  return true;
}

/**
 * What may be in either: clean only where both are. The first itself where the second says nothing new: values are joined
 * wherever ways meet, and most often nothing has changed in most of their parts.
 */
export function joinCells(a: Cell, b: Cell): Cell {
  return a === b ? a : joined(a, b, NO_WAY);
}

/** The same where all that is in the second has passed these variables too. */
function joinAfter(a: Cell, b: Cell, through: readonly Token[]): Cell {
  return through.length === 0 ? joinCells(a, b) : joined(a, b, through);
}

/** The same for a cell that is being made: its taints, which nobody else has, take up those of the second. */
export function takeIn(a: Cell, taints: Map<string, Taint>, b: Cell, through: readonly Token[]): Cell {
  const parts = joinParts(a, b, through);
  const is = joinMeanings(a, b);
  unionAfter(taints, b.taints, through, taints);
  return { state: joinedState(a, b, taints), taints, parts, is };
}

function joinedState(a: Cell, b: Cell, taints: Taints): Cell['state'] {
  if (taints.size > 0) return 'tainted';
  return a.state === 'clean' || b.state === 'clean' ? 'clean' : 'unset';
}

function joined(a: Cell, b: Cell, through: readonly Token[]): Cell {
  const taints = through.length === 0 ? unionTaints(a.taints, b.taints) : unionAfter(a.taints, b.taints, through);
  const parts = joinParts(a, b, through);
  const is = joinMeanings(a, b);
  const state = joinedState(a, b, taints);
  const isKnown = a.taints === taints && a.parts === parts && a.is === is && a.state === state;
  // `UNSET` itself stands for what nothing was told of.
  return isKnown && a !== UNSET ? a : { state, taints, parts, is };
}

/** All that is in a cell has passed these variables too. */
function after(cell: Cell, through: readonly Token[]): Cell {
  if (through.length === 0) return cell;
  const parts = cell.parts && new Map([...cell.parts].map(([name, part]) => [name, after(part, through)]));
  return { ...cell, taints: unionAfter(NO_TAINTS, cell.taints, through), parts };
}

/** A value of which nothing at all is known says nothing against what the other is, but has no known length. */
function joinMeanings(a: Cell, b: Cell): Meaning | null {
  if (sameMeaning(a.is, b.is)) return a.is;
  if (a.is?.kind === 'list' || b.is?.kind === 'list') return null;
  if (b === UNSET) return a.is;
  if (a === UNSET) return b.is;
  if (a.is?.kind !== 'functions' || b.is?.kind !== 'functions') return null;
  return { kind: 'functions', functions: [...new Set([...a.is.functions, ...b.is.functions])] };
}

function sameMeaning(a: Meaning | null, b: Meaning | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  if (a.kind === 'object') return b.kind === 'object' && a.class === b.class;
  if (a.kind === 'list') return b.kind === 'list' && a.length === b.length;
  if (b.kind !== 'functions' || a.functions.length !== b.functions.length) return false;
  return a.functions.every((body, i) => b.functions[i] === body);
}

function joinParts(a: Cell, b: Cell, through: readonly Token[]): Cell['parts'] {
  if (a.parts === b.parts && through.length === 0) return a.parts;
  if (b.parts === null && !hasOvertaken(a, b)) return a.parts;
  if (a.parts === null && through.length === 0 && !hasOvertaken(b, a)) return b.parts;
  const parts = new Map<string, Cell>();
  let isNew = false;
  for (const [name, part] of a.parts ?? []) {
    const other = b.parts?.get(name);
    const both = other === undefined ? part : joinAfter(part, other, through);
    const isKept = other !== undefined || !isOvertaken(part, name, b);
    if (isKept) parts.set(name, both);
    if (!isKept || both !== part) isNew = true;
  }
  for (const [name, part] of b.parts ?? []) {
    if (a.parts?.has(name) === true || isOvertaken(part, name, a)) continue;
    parts.set(name, after(part, through));
    isNew = true;
  }
  if (!isNew) return a.parts;
  return parts.size === 0 ? null : parts;
}

/**
 * A clean element of one value, in another that does not tell it apart, is what any element of the other is. To join
 * tainted ones with that as well was tried: each join then makes new sets of taints, ten times the time of long
 * functions, and they are reported as it is.
 */
function isOvertaken(part: Cell, name: string, other: Cell): boolean {
  const isKnownElement = isElement(name) && name !== ELEMENT;
  if (!isKnownElement || part.is !== null || !isClean(part)) return false;
  return other.taints.size > 0 || other.parts?.has(ELEMENT) === true;
}

function hasOvertaken({ parts }: Cell, other: Cell): boolean {
  if (parts === null || other.taints.size === 0) return false;
  for (const [name, part] of parts) if (isOvertaken(part, name, other)) return true;
  return false;
}

/** What a path of parts leads to; parts that nothing is known of are as what they belong to. */
export function partAt(cell: Cell, path: readonly string[]): Cell {
  let at = cell;
  for (const name of path) {
    const part = knownPart(at, name);
    if (part === undefined) at = { state: at.state, taints: partTaints(at.taints, name), parts: null, is: null };
    else if (part.state === 'unset') at = { ...part, state: at.state, taints: partTaints(at.taints, name) };
    else at = part;
  }
  return at;
}

/** What is known of a part of its own. */
export function knownPart(cell: Cell, name: string): Cell | undefined {
  return name === ELEMENT ? anyPart(cell) : (cell.parts?.get(name) ?? unknownElement(cell, name));
}

/** Where elements are told apart, there may be others, that are as what they belong to. */
function anyPart(cell: Cell): Cell | undefined {
  const part = anyElement(cell);
  if (part === undefined || cell.taints.size === 0) return part;
  const isToldApart = [...(cell.parts?.keys() ?? [])].some((name) => isElement(name) && name !== ELEMENT);
  return isToldApart ? joinCells(part, tainted(partTaints(cell.taints, ELEMENT))) : part;
}

const knownParts = new WeakMap<Taints, Map<string, Taints>>();

/** Of an input, a part is an input of its own. Kept, as calls ask for the same parts of what they are given often. */
function partTaints(taints: Taints, name: string): Taints {
  if (taints.size === 0) return taints;
  let known = knownParts.get(taints);
  if (known === undefined) {
    known = new Map();
    knownParts.set(taints, known);
  }
  let parts = known.get(name);
  if (parts === undefined) {
    parts = taintsOfInputs(taints, (input) => partOfInput(input, name));
    known.set(name, parts);
  }
  return parts;
}

/** The taints with inputs replaced by others. */
export function taintsOfInputs(taints: Taints, replaced: (input: Input) => Input): Taints {
  let result: Map<string, Taint> | null = null;
  for (const [key, taint] of taints) {
    if (taint.input === null) continue;
    const other = inputTaint(replaced(taint.input));
    if (other.key === key) continue;
    result ??= new Map(taints);
    result.delete(key);
    result.set(other.key, { ...other, through: taint.through });
  }
  return result ?? taints;
}

/** An element of which nothing is known may be the one that was written under an unknown index. */
function unknownElement(cell: Cell, name: string): Cell | undefined {
  return isElement(name) ? cell.parts?.get(ELEMENT) : undefined;
}

/** Elements are parts in brackets, fields begin with a dot. */
export function isElement(name: string): boolean {
  return name.startsWith('[');
}

/** An element may be what any part is. */
export function anyElement(cell: Cell): Cell | undefined {
  if (cell.parts === null) return undefined;
  let joined: Cell | undefined;
  for (const part of cell.parts.values()) joined = joined === undefined ? part : joinCells(joined, part);
  return joined;
}

/** More fields of one object are not followed: the reference has the same bound, and objects are rarely so wide. */
export const MAX_PARTS = 11;

/** The cell with what a path leads to put in place of what was there. */
export function withPart(cell: Cell, path: readonly string[], value: Cell): Cell {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const parts = new Map(cell.parts ?? []);
  const isFull = parts.size >= MAX_PARTS && !parts.has(name);
  if (isFull && (!isElement(name) || name === ELEMENT)) return cell;
  if (isFull) parts.set(ELEMENT, joinCells(parts.get(ELEMENT) ?? UNSET, withPart(UNSET, rest, value)));
  else parts.set(name, withPart(parts.get(name) ?? unknownElement(cell, name) ?? UNSET, rest, value));
  return { ...cell, state: cell.state === 'clean' && !isClean(value) ? 'unset' : cell.state, parts };
}

/** Whether both say the same; the ways that taints took do not count. */
export function sameCell(a: Cell, b: Cell): boolean {
  if (a === b) return true;
  if (
    a.state !== b.state ||
    !sameMeaning(a.is, b.is) ||
    a.taints.size !== b.taints.size ||
    (a.parts?.size ?? 0) !== (b.parts?.size ?? 0)
  )
    return false;
  if (a.taints !== b.taints) for (const key of a.taints.keys()) if (!b.taints.has(key)) return false;
  if (a.parts === b.parts) return true;
  for (const [name, part] of a.parts ?? []) {
    const other = b.parts?.get(name);
    if (other === undefined || !sameCell(part, other)) return false;
  }
  return true;
}

/** A list that is put into itself in a loop would nest without end: 4 levels tell apart what real code does. */
const MAX_NESTING = 4;

/** The cell with what lies deeper in it than is followed taken as one. */
export function withBoundedNesting(cell: Cell, depth = MAX_NESTING): Cell {
  if (cell.parts === null) return cell;
  if (depth === 0) return tainted(allTaints(cell));
  let parts: Map<string, Cell> | null = null;
  for (const [name, part] of cell.parts) {
    const bounded = withBoundedNesting(part, depth - 1);
    if (bounded === part) continue;
    parts ??= new Map(cell.parts);
    parts.set(name, bounded);
  }
  return parts === null ? cell : { ...cell, parts };
}

/**
 * So many parts of one value are told apart, those of parts included. With each level bounded alone their product is not:
 * results that hold earlier results, as in the task executor of ansible, came to 12,000 parts of which 170 were distinct,
 * and calls put them into one another until no memory was left. At 300, ansible takes half as long again. Of the
 * variables of openstack/nova some forty have more than a hundred, which changes none of its findings and issues; at 20,
 * parts taken as one have more sources than are told apart, in twenty places.
 */
const MAX_PARTS_IN_ALL = 100;

/** The cell, told apart less deep where its parts are too many. */
export function withBoundedParts(cell: Cell): Cell {
  if (!hasMoreParts(cell, Number.POSITIVE_INFINITY)) return cell;
  let depth = 1;
  while (!hasMoreParts(cell, depth + 1)) depth++;
  return withBoundedNesting(cell, depth);
}

/** Whether there are more parts than are told apart, down to a depth. */
function hasMoreParts(cell: Cell, depth: number): boolean {
  return countParts(cell, depth, MAX_PARTS_IN_ALL) > MAX_PARTS_IN_ALL;
}

/** Parts down to a depth; where there are more than `most`, any number above that. */
export function countParts({ parts }: Cell, depth = Number.POSITIVE_INFINITY, most = Number.POSITIVE_INFINITY): number {
  if (parts === null || depth === 0) return 0;
  let count = parts.size;
  for (const part of parts.values()) {
    if (count > most) break;
    count += countParts(part, depth - 1, most - count);
  }
  return count;
}

/** A list, of which any element may be any of these. */
export function sequenceOf(elements: readonly Cell[]): Cell {
  const joined = elements.reduce(joinCells, UNSET);
  return isClean(joined) ? UNSET : tainted(NO_TAINTS, new Map([[ELEMENT, joined]]));
}
