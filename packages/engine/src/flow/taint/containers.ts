import type { Constant } from '../evaluate-expression.ts';
import {
  allTaints,
  type Cell,
  ELEMENT,
  isClean,
  isElement,
  joinCells,
  MAX_PARTS,
  NO_TAINTS,
  partAt,
  type Taints,
  tainted,
  UNSET,
  unionTaints,
} from './value.ts';

/**
 * Lists, tuples and dictionaries as cells: an element under a known position or key is a part of its own, and those
 * under unknown ones are together `ELEMENT`. A list whose length is known says so in what it is: elements then move as
 * others come and go. Where the length is lost, so are the positions.
 */

/** The part that stands under a key; `ELEMENT` where it is not known. Positions from the end need a known length. */
export function elementUnder(key: Constant | null, container: Cell): string {
  if (key?.kind === 'string') return keyName([key.value]);
  if (key?.kind !== 'int') return ELEMENT;
  const { value } = key;
  if (value >= 0n) return positionName(Number(value));
  return container.is?.kind === 'list' ? positionName(container.is.length + Number(value)) : ELEMENT;
}

/** The part under several keys at once, as of stores with sections. */
export function keyName(keys: readonly string[]): string {
  return JSON.stringify(keys);
}

/** Whether anything stands under so many keys at once. */
export function hasKeys(container: Cell, count: number): boolean {
  for (const name of container.parts?.keys() ?? []) {
    if (name.startsWith('["') && (JSON.parse(name) as string[]).length === count) return true;
  }
  return false;
}

function positionName(position: number): string {
  return `[${position}]`;
}

/**
 * Elements of longer lists are not told apart. What a function hands on as `*args` is such a list, and functions with a
 * dozen parameters are common enough: with eleven, openstack/nova had eleven findings that were none.
 */
const MAX_ELEMENTS = 20;

/** A list or tuple of these elements. */
export function listOf(elements: readonly Cell[]): Cell {
  return withElements(UNSET, elements);
}

/** The elements of a list whose length is known. */
export function elementsOf(cell: Cell): Cell[] | null {
  if (cell.is?.kind !== 'list') return null;
  return Array.from({ length: cell.is.length }, (_, i) => partAt(cell, [positionName(i)]));
}

/** The container with these elements in place of its own. */
export function withElements(container: Cell, elements: readonly Cell[]): Cell {
  const parts = new Map([...(container.parts ?? [])].filter(([name]) => !isElement(name)));
  if (elements.length > MAX_ELEMENTS) return withAnyElement({ ...container, parts }, elements.reduce(joinCells, UNSET));
  elements.forEach((element, i) => {
    if (element.is !== null || !isClean(element)) parts.set(positionName(i), element);
  });
  const { state, taints } = container;
  return { state, taints, parts: parts.size === 0 ? null : parts, is: { kind: 'list', length: elements.length } };
}

/** The container once its elements have moved, or some of them are gone: any may be what any was. Keys stay. */
export function withoutPositions(container: Cell): Cell {
  const parts = [...(container.parts ?? [])];
  if (container.is?.kind !== 'list' && !parts.some(([name]) => isMovable(name))) return container;
  const moved = parts.filter(([name]) => isMovable(name)).map(([, part]) => part);
  const others = new Map(parts.filter(([name]) => !isMovable(name)));
  return withAnyElement({ ...container, parts: others }, moved.reduce(joinCells, UNSET));
}

/** Positions, and what may be at any. */
function isMovable(name: string): boolean {
  return isElement(name) && !name.startsWith('["');
}

function withAnyElement({ state, taints, parts }: Cell, element: Cell): Cell {
  const all = new Map(parts);
  if (!isClean(element)) all.set(ELEMENT, element);
  return { state, taints, parts: all.size === 0 ? null : all, is: null };
}

/** What a dictionary holds besides: `name` is the part, `value` null for one more dictionary's entries. */
export type Entry = { name: string; value: Cell } | { name: null; entries: Cell };

/** The dictionary with more entries, of which later ones replace earlier ones. */
export function withEntries(dictionary: Cell, entries: readonly Entry[]): Cell {
  let cell = dictionary;
  for (const entry of entries) {
    if (entry.name !== null) {
      cell = withEntry(cell, entry.name, entry.value);
      continue;
    }
    const { taints, parts } = entry.entries;
    if (taints.size > 0) cell = joinCells(cell, tainted(taints));
    for (const [name, value] of parts ?? []) if (isElement(name)) cell = withEntry(cell, name, value);
  }
  return cell;
}

function withEntry(dictionary: Cell, name: string, value: Cell): Cell {
  const parts = new Map(dictionary.parts ?? []);
  const isFull = parts.size >= MAX_PARTS && !parts.has(name);
  if (name !== ELEMENT && !isFull) parts.set(name, value);
  else {
    // Under a key that is not known: any entry may be what it was or this.
    if (name === ELEMENT)
      for (const [other, part] of parts) if (isElement(other)) parts.set(other, joinCells(part, value));
    parts.set(ELEMENT, joinCells(parts.get(ELEMENT) ?? UNSET, value));
  }
  return { ...dictionary, parts };
}

/** What the parts of an object that are no elements hold: methods of its own may return it. */
export function fieldTaints(cell: Cell): Taints {
  let taints = NO_TAINTS;
  for (const [name, part] of cell.parts ?? []) if (!isElement(name)) taints = unionTaints(taints, allTaints(part));
  return taints;
}
