import {
  anyElement,
  type Cell,
  CLEAN,
  ELEMENT,
  isClean,
  isElement,
  joinCells,
  NO_TAINTS,
  partAt,
  sameCell,
  type Taints,
  UNSET,
  unionTaints,
  withBoundedNesting,
  withBoundedParts,
  withPart,
} from './value.ts';

/** A variable, or a part of one. */
export interface Place {
  key: string;
  /** Parts, outermost first. */
  path: readonly string[];
}

const NOTHING_CARRIED: ReadonlyMap<number, Taints> = new Map();

/** What holds at a point of a function: what its variables hold, and what has happened. */
export class Environment {
  private cells: Map<string, Cell>;
  /** What sources of control have been passed. */
  control: Taints = NO_TAINTS;
  /** What the `from` of a propagator's match held. */
  private carried: ReadonlyMap<number, Taints> = NOTHING_CARRIED;
  /** Another environment has the same cells: most instructions change none, so they are copied when one is written. */
  private isShared = false;

  constructor(cells: Iterable<[string, Cell]> = []) {
    this.cells = new Map(cells);
  }

  copy(): Environment {
    const copy = new Environment();
    copy.cells = this.cells;
    copy.control = this.control;
    copy.carried = this.carried;
    copy.isShared = true;
    this.isShared = true;
    return copy;
  }

  private write(key: string, cell: Cell): void {
    if (this.isShared) {
      this.cells = new Map(this.cells);
      this.isShared = false;
    }
    this.cells.set(key, cell);
  }

  isUnset(key: string): boolean {
    return !this.cells.has(key);
  }

  get({ key, path }: Place): Cell {
    return partAt(this.cells.get(key) ?? UNSET, path);
  }

  /** Only what was assigned to the place itself. */
  recorded({ key, path }: Place): Cell {
    let cell = this.cells.get(key);
    for (const name of path) cell = cell && (name === ELEMENT ? anyElement(cell) : cell.parts?.get(name));
    return cell ?? UNSET;
  }

  /**
   * After an assignment. A clean element cleans all of what it is an element of: which one it is, is not known
   * (semantics 05 §5.4).
   */
  set({ key, path }: Place, value: Cell, mostTainted: number = Number.POSITIVE_INFINITY): void {
    if (!isClean(value) && !this.cells.has(key) && this.taintedVariables() >= mostTainted) return;
    const isAny = path[path.length - 1] === ELEMENT;
    if (!isClean(value)) this.put(key, path, value);
    else if (isAny) this.put(key, path.slice(0, -1), CLEAN);
    else this.put(key, path, value.is === null ? CLEAN : { ...CLEAN, is: value.is });
  }

  /** After an assignment to, or within, an element under an unknown index: any may be what it was or the new one. */
  weaken({ key, path }: Place, value: Cell): void {
    const at = path.indexOf(ELEMENT);
    const outer = path.slice(0, at);
    const written = withPart(UNSET, path.slice(at + 1), value);
    const container = this.get({ key, path: outer });
    const parts = new Map(container.parts ?? []);
    for (const [name, part] of parts) if (isElement(name)) parts.set(name, joinCells(part, written));
    parts.set(ELEMENT, joinCells(parts.get(ELEMENT) ?? UNSET, written));
    this.put(key, outer, { ...container, parts });
  }

  /** All variables and what they hold. */
  entries(): Iterable<[string, Cell]> {
    return this.cells;
  }

  private taintedVariables(): number {
    let count = 0;
    for (const cell of this.cells.values()) if (!isClean(cell)) count++;
    return count;
  }

  private put(key: string, path: readonly string[], value: Cell): void {
    const whole = withPart(this.cells.get(key) ?? UNSET, path, withBoundedNesting(value));
    this.write(key, withBoundedParts(whole));
  }

  /** Taints a place besides what it holds. */
  add(place: Place, taints: Taints): void {
    const cell = this.get(place);
    this.put(place.key, place.path, { ...cell, state: 'tainted', taints: unionTaints(cell.taints, taints) });
  }

  clean({ key, path }: Place): void {
    this.put(key, path, CLEAN);
  }

  carry(match: number, taints: Taints): void {
    this.carried = new Map(this.carried).set(match, unionTaints(this.carriedBy(match), taints));
  }

  carriedBy(match: number): Taints {
    return this.carried.get(match) ?? NO_TAINTS;
  }

  /** What may hold where two ways meet. Returns whether anything was new to this one. */
  join(other: Environment): boolean {
    let isChanged = false;
    if (other.cells !== this.cells) {
      for (const [key, cell] of other.cells) {
        const own = this.cells.get(key) ?? UNSET;
        if (own === cell) continue;
        const joined = joinCells(own, cell);
        if (sameCell(own, joined)) continue;
        this.write(key, joined);
        isChanged = true;
      }
    }
    if (other.carried !== this.carried) {
      for (const [match, taints] of other.carried) {
        const own = this.carriedBy(match);
        if (unionTaints(own, taints).size === own.size) continue;
        this.carry(match, taints);
        isChanged = true;
      }
    }
    const control = unionTaints(this.control, other.control);
    if (control.size > this.control.size) isChanged = true;
    this.control = control;
    return isChanged;
  }
}
