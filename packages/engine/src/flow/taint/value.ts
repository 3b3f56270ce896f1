import type { TaintSource } from '../../rules/rule.ts';
import type { SpecMatch } from './spec-matches.ts';

/** A place in the text that a trace goes through: a variable where it is assigned. */
export interface Token {
  start: number;
  end: number;
}

/** Data from one source, on its way. */
export interface Taint {
  /** The same for two taints that say the same. */
  key: string;
  source: SpecMatch<TaintSource>;
  label: string;
  /** The variables that held it, in order. */
  through: readonly Token[];
}

/** By key; of two with one key the shorter way is kept. Never mutated once published. */
export type Taints = ReadonlyMap<string, Taint>;

export const NO_TAINTS: Taints = new Map();

/** All of both. */
export function unionTaints(a: Taints, b: Taints): Taints {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  let union: Map<string, Taint> | null = null;
  for (const [key, taint] of b) {
    const known = (union ?? a).get(key);
    if (known !== undefined && known.through.length <= taint.through.length) continue;
    union ??= new Map(a);
    union.set(key, taint);
  }
  return union ?? a;
}

/**
 * What is known of a value and of its parts. `unset`: as what it is a part of. Parts are fields and elements, by
 * `.name` and `ELEMENT`. Never mutated once published.
 */
export interface Cell {
  state: 'unset' | 'clean' | 'tainted';
  taints: Taints;
  parts: ReadonlyMap<string, Cell> | null;
}

export const UNSET: Cell = { state: 'unset', taints: NO_TAINTS, parts: null };
export const CLEAN: Cell = { state: 'clean', taints: NO_TAINTS, parts: null };

/** Any element: indexes are not told apart. */
export const ELEMENT = '[*]';

export function tainted(taints: Taints, parts: Cell['parts'] = null): Cell {
  if (taints.size === 0) return parts === null ? UNSET : { state: 'unset', taints, parts };
  return { state: 'tainted', taints, parts };
}

/** The taints of a value and of all its parts. */
export function allTaints(cell: Cell): Taints {
  if (cell.parts === null) return cell.taints;
  let all = cell.taints;
  for (const part of cell.parts.values()) all = unionTaints(all, allTaints(part));
  return all;
}

/** Whether nothing in it is tainted. */
export function isClean(cell: Cell): boolean {
  if (cell.taints.size > 0) return false;
  if (cell.parts === null) return true;
  for (const part of cell.parts.values()) if (!isClean(part)) return false;
  return true;
}

/** What may be in either: clean only where both are. */
export function joinCells(a: Cell, b: Cell): Cell {
  if (a === b) return a;
  const taints = unionTaints(a.taints, b.taints);
  const parts = joinParts(a.parts, b.parts);
  if (taints.size > 0) return { state: 'tainted', taints, parts };
  const state = a.state === 'clean' || b.state === 'clean' ? 'clean' : 'unset';
  return { state, taints, parts };
}

function joinParts(a: Cell['parts'], b: Cell['parts']): Cell['parts'] {
  if (a === null || b === null || a === b) return a ?? b;
  const joined = new Map(a);
  for (const [name, part] of b) {
    const other = joined.get(name);
    joined.set(name, other === undefined ? part : joinCells(other, part));
  }
  return joined;
}

/** What a path of parts leads to; parts that nothing is known of are as what they belong to. */
export function partAt(cell: Cell, path: readonly string[]): Cell {
  let at = cell;
  for (const name of path) {
    const part = name === ELEMENT ? anyElement(at) : at.parts?.get(name);
    if (part === undefined) at = { state: at.state, taints: at.taints, parts: null };
    else if (part.state === 'unset') at = { state: at.state, taints: at.taints, parts: part.parts };
    else at = part;
  }
  return at;
}

/** An element may be what any part is. */
export function anyElement(cell: Cell): Cell | undefined {
  if (cell.parts === null) return undefined;
  let joined: Cell | undefined;
  for (const part of cell.parts.values()) joined = joined === undefined ? part : joinCells(joined, part);
  return joined;
}

/** More fields of one object are not followed: the reference has the same bound, and objects are rarely so wide. */
const MAX_PARTS = 11;

/** The cell with what a path leads to put in place of what was there. */
export function withPart(cell: Cell, path: readonly string[], value: Cell): Cell {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const parts = new Map(cell.parts ?? []);
  if (parts.size >= MAX_PARTS && !parts.has(name)) return cell;
  parts.set(name, withPart(parts.get(name) ?? UNSET, rest, value));
  return { state: cell.state === 'clean' && !isClean(value) ? 'unset' : cell.state, taints: cell.taints, parts };
}

/** Whether both say the same; the ways that taints took do not count. */
export function sameCell(a: Cell, b: Cell): boolean {
  if (a === b) return true;
  if (a.state !== b.state || a.taints.size !== b.taints.size || (a.parts?.size ?? 0) !== (b.parts?.size ?? 0))
    return false;
  for (const key of a.taints.keys()) if (!b.taints.has(key)) return false;
  for (const [name, part] of a.parts ?? []) {
    const other = b.parts?.get(name);
    if (other === undefined || !sameCell(part, other)) return false;
  }
  return true;
}
