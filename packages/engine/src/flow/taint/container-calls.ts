import type { ContainerFunction, ContainerMethod, FlowLanguage } from '../../languages/flow-language.ts';
import type { Constant } from '../evaluate-expression.ts';
import type { Argument, Expression } from '../il.ts';
import {
  type Entry,
  elementsOf,
  elementUnder,
  fieldTaints,
  hasKeys,
  keyName,
  listOf,
  withElements,
  withEntries,
  withoutPositions,
} from './containers.ts';
import type { Place } from './environment.ts';
import {
  allTaints,
  type Cell,
  CLEAN,
  ELEMENT,
  isClean,
  joinCells,
  NO_TAINTS,
  partAt,
  tainted,
  UNSET,
} from './value.ts';

/** What calls of containers read and write. */
export interface ContainerHost {
  get(place: Place): Cell;
  set(place: Place, cell: Cell): void;
  /** To an element under an unknown index. */
  weaken(place: Place, cell: Cell): void;
  constant(expression: Expression): Constant | null;
}

/** A call of a method or function that is known only by its name. */
export interface NamedCall {
  name: string;
  args: readonly Argument[];
  /** What the arguments hold. */
  values: readonly Cell[];
  /** The same once it is stored in the container, as traces tell it. */
  stored: readonly Cell[];
  /** What the method is called on; unset for functions. */
  receiver: Cell;
  /** Where that is, if it is a place. */
  place: Place | null;
}

/**
 * What it returns; null where that is no better known than of any function, and undefined where it is no call of a
 * container.
 */
export type ContainerResult = Cell | null | undefined;

type Model = (call: NamedCall, host: ContainerHost) => ContainerResult;

const METHODS: Record<ContainerMethod, Model> = {
  append: (call, host) => grow(call, host, (elements, [value]) => [...elements, value ?? UNSET]),
  prepend: (call, host) => grow(call, host, (elements, [value]) => [value ?? UNSET, ...elements]),
  extend,
  insert,
  take: pop,
  'take-first': (call, host) => takeFrom(call, host, { kind: 'int', value: 0n }),
  shuffle: (call, host) => change(call, host, withoutPositions),
  reverse,
  clear: (call, host) => change(call, host, (cell) => (cell.is?.kind === 'list' ? listOf([]) : CLEAN)),
  update,
  'get-or-put': setDefault,
  get,
  set: store,
  copy: ({ args, receiver }) => (args.length === 0 ? receiver : undefined),
  entries: ({ args, receiver }) => (args.length === 0 ? items(receiver) : undefined),
  values: ({ args, receiver }) => (args.length === 0 ? each(partAt(receiver, [ELEMENT])) : undefined),
  keys: ({ args, receiver }) => (args.length === 0 ? tainted(receiver.taints) : undefined),
  put,
};

const FUNCTIONS: Record<ContainerFunction, Model> = {
  copy: copied,
  dictionary,
  enumerate: ({ values }) => each(listOf([UNSET, partAt(values[0] ?? UNSET, [ELEMENT])])),
};

/** What a method does if it is one of a container. */
export function callMethod(call: NamedCall, { containerMethods }: FlowLanguage, host: ContainerHost): ContainerResult {
  const method = containerMethods.get(call.name);
  return method === undefined ? undefined : METHODS[method](call, host);
}

/** What a function does if it is one that makes containers. */
export function callFunction(
  call: NamedCall,
  { containerFunctions }: FlowLanguage,
  host: ContainerHost,
): ContainerResult {
  const made = containerFunctions.get(call.name);
  return made === undefined ? undefined : FUNCTIONS[made](call, host);
}

/** Takes what is under a key out of a container. */
export function deleteElement(place: Place, key: Constant | null, host: ContainerHost): void {
  if (isVague(place)) return;
  const container = host.get(place);
  const elements = elementsOf(container);
  if (key?.kind === 'string') return host.set({ ...place, path: [...place.path, keyName([key.value])] }, CLEAN);
  if (elements === null || key?.kind !== 'int') return host.set(place, withoutPositions(container));
  const position = Number(key.value);
  host.set(place, withElements(container, elements.toSpliced(position, 1)));
}

/** One of several places: what is written there may be elsewhere. */
function isVague({ path }: Place): boolean {
  return path.includes(ELEMENT);
}

/** Adds to a list; where its length is not known, the values may be at any position. */
function grow(
  { args, stored, place }: NamedCall,
  host: ContainerHost,
  grown: (elements: readonly Cell[], values: readonly Cell[]) => Cell[],
): ContainerResult {
  const elements = place === null || isVague(place) ? null : elementsOf(host.get(place));
  const isSpread = args.some(({ spread }) => spread !== '');
  if (place !== null && elements !== null && !isSpread)
    host.set(place, withElements(host.get(place), grown(elements, stored)));
  else for (const value of stored) weaken(place, value, host);
  return null;
}

function weaken(place: Place | null, value: Cell, host: ContainerHost): void {
  if (place === null) return;
  if (!isVague(place) && host.get(place).is?.kind === 'list') host.set(place, withoutPositions(host.get(place)));
  if (!isClean(value)) host.weaken({ ...place, path: [...place.path, ELEMENT] }, value);
}

/** Puts what it is given somewhere into what it is called on. */
function put({ stored, place }: NamedCall, host: ContainerHost): ContainerResult {
  for (const value of stored) weaken(place, tainted(allTaints(value)), host);
  return null;
}

function extend(call: NamedCall, host: ContainerHost): ContainerResult {
  const [value = UNSET] = call.stored;
  const added = elementsOf(value);
  if (added !== null) return grow(call, host, (elements) => [...elements, ...added]);
  weaken(call.place, partAt(value, [ELEMENT]), host);
  return null;
}

function insert(call: NamedCall, host: ContainerHost): ContainerResult {
  const [position] = call.args;
  const [, value = UNSET] = call.stored;
  const at = position === undefined ? null : host.constant(position.value);
  if (at?.kind === 'int') return grow(call, host, (elements) => elements.toSpliced(Number(at.value), 0, value));
  change(call, host, withoutPositions);
  weaken(call.place, value, host);
  return null;
}

function change({ place }: NamedCall, host: ContainerHost, changed: (cell: Cell) => Cell): ContainerResult {
  if (place === null || isVague(place)) return null;
  const before = host.get(place);
  const after = changed(before);
  if (after !== before) host.set(place, after);
  return null;
}

function reverse(call: NamedCall, host: ContainerHost): ContainerResult {
  return change(call, host, (cell) => {
    const elements = elementsOf(cell);
    return elements === null ? withoutPositions(cell) : withElements(cell, elements.reverse());
  });
}

function pop(call: NamedCall, host: ContainerHost): ContainerResult {
  const [key] = call.args;
  return takeFrom(call, host, key === undefined ? { kind: 'int', value: -1n } : host.constant(key.value));
}

function takeFrom({ values, receiver, place }: NamedCall, host: ContainerHost, key: Constant | null): ContainerResult {
  const container = place === null ? receiver : host.get(place);
  const isKnown = key?.kind === 'string' || (key?.kind === 'int' && container.is?.kind === 'list');
  const taken = isKnown ? partAt(receiver, [elementUnder(key, container)]) : null;
  if (place !== null) deleteElement(place, key, host);
  return taken === null ? null : values.slice(1).reduce(joinCells, taken);
}

function update({ args, values, stored, place }: NamedCall, host: ContainerHost): ContainerResult {
  if (place === null) return null;
  const isPlain = !isVague(place) && stored.every(({ is }) => is?.kind !== 'list');
  if (isPlain) {
    // Clean entries replace others: what is stored no longer tells them apart.
    const cells = stored.map((cell, i) => (isClean(cell) ? (values[i] ?? cell) : cell));
    host.set(place, withEntries(host.get(place), entriesOf(args, cells)));
  } else for (const value of stored) weaken(place, tainted(allTaints(value)), host);
  return null;
}

/** Keyword arguments are entries, others hold entries. */
function entriesOf(args: readonly Argument[], values: readonly Cell[]): Entry[] {
  return args.map(({ name }, i): Entry => {
    const value = values[i] ?? UNSET;
    return name === null ? { name: null, entries: value } : { name: keyName([name]), value };
  });
}

function setDefault(call: NamedCall, host: ContainerHost): ContainerResult {
  const { args, values, stored, receiver, place } = call;
  const name = args[0] === undefined ? ELEMENT : elementUnder(host.constant(args[0].value), receiver);
  if (name === ELEMENT || place === null || isVague(place)) return put(call, host);
  const element = { ...place, path: [...place.path, name] };
  const held = joinCells(host.get(element), stored[1] ?? UNSET);
  if (!isClean(held)) host.set(element, held);
  return joinCells(partAt(receiver, [name]), values[1] ?? UNSET);
}

/** `d.get(key, default)`, `config.get(section, key)`. What an object's own `get` returns may be in its fields. */
function get({ args, values, receiver }: NamedCall, host: ContainerHost): ContainerResult {
  const keys = args.map(({ value }) => host.constant(value));
  const [key = null] = keys;
  const texts = keys.flatMap((one) => (one?.kind === 'string' ? [one.value] : []));
  const isSectioned = texts.length === args.length && texts.length > 1 && hasKeys(receiver, texts.length);
  const name = isSectioned ? keyName(texts) : elementUnder(key, receiver);
  if (name === ELEMENT) return undefined;
  const held = joinCells(partAt(receiver, [name]), tainted(fieldTaints(receiver)));
  return isSectioned ? held : values.slice(1).reduce(joinCells, held);
}

/** `cache.set(key, value, …)`, `config.set(section, key, value)`: constants in front of the value are its keys. */
function store({ args, stored, place }: NamedCall, host: ContainerHost): ContainerResult {
  if (
    place === null ||
    args.length < 2 ||
    args.some(({ name, spread }, i) => i < 2 && (name !== null || spread !== ''))
  )
    return undefined;
  const positional = args.filter(({ name, spread }) => name === null && spread === '');
  const constants = positional.map(({ value }) => host.constant(value));
  const firstUnknown = constants.findIndex((one, i) => i > 0 && one?.kind !== 'string');
  const at = firstUnknown < 0 ? positional.length - 1 : firstUnknown;
  const keys = constants.slice(0, at).flatMap((one) => (one?.kind === 'string' ? [one.value] : []));
  const value = stored[at] ?? UNSET;
  if (keys.length < at || isVague(place)) weaken(place, value, host);
  else host.set({ ...place, path: [...place.path, keyName(keys)] }, value);
  return null;
}

function items(dictionary: Cell): Cell {
  return each(listOf([tainted(dictionary.taints), partAt(dictionary, [ELEMENT])]));
}

/** What yields this. */
function each(element: Cell): Cell {
  return isClean(element) ? UNSET : tainted(NO_TAINTS, new Map([[ELEMENT, element]]));
}

/** A list made of another keeps its positions. */
function copied({ args, values }: NamedCall): ContainerResult {
  if (args.length === 0) return listOf([]);
  const elements = args.length === 1 ? elementsOf(values[0] ?? UNSET) : null;
  return elements === null ? undefined : listOf(elements);
}

function dictionary({ args, values }: NamedCall): ContainerResult {
  if (values.some(({ is }) => is?.kind === 'list')) return undefined;
  return withEntries(UNSET, entriesOf(args, values));
}
