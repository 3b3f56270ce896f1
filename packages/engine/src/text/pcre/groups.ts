import type { Cursor } from './cursor.ts';
import type { GroupReference } from './parse-escape.ts';
import type { ConditionalTest, RegexNode } from './syntax.ts';

/** The capturing groups of a pattern while it is read, and the references to them, which may come first. */
export class Groups {
  /** How many are open or closed so far. `(?|…)` sets it back. */
  groupsOpened = 0;
  /** Name of each group, by number; index 0 is unused. */
  readonly names: (string | null)[] = [null];
  /** What each group holds, for lengths of look-behinds that refer to it. */
  readonly bodies = new Map<number, RegexNode>();
  private readonly numbers = new Map<string, number[]>();
  private readonly deferred: (() => void)[] = [];
  private readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  /** Opens the next group; `shareName` allows a name that another group has (`(?J)`). */
  open(name: string | null, shareName: boolean, start: number): number {
    const index = ++this.groupsOpened;
    while (this.names.length <= index) this.names.push(null);
    if (name !== null) this.name(index, name, shareName, start);
    return index;
  }

  /** The first group of a number counts. */
  close(index: number, body: RegexNode): void {
    if (!this.bodies.has(index)) this.bodies.set(index, body);
  }

  isName(name: string): boolean {
    return this.numbers.has(name);
  }

  /** Calls back with the numbers that a reference stands for, once all groups are known; fails if there is none. */
  whenKnown(target: GroupReference, use: (groups: number[]) => void): void {
    this.deferred.push(() => use(this.resolve(target)));
  }

  /** Runs a check once all groups are known. */
  defer(check: () => void): void {
    this.deferred.push(check);
  }

  finish(): void {
    for (const check of this.deferred) check();
  }

  /** A test of a group in a conditional. */
  test(target: GroupReference): ConditionalTest {
    const groups: number[] = [];
    this.whenKnown(target, (found) => groups.push(...found));
    return { kind: 'group', groups };
  }

  private name(index: number, name: string, shareName: boolean, start: number): void {
    const known = this.names[index];
    if (known && known !== name) this.cursor.fail('groups of one number cannot have different names', start);
    const numbers = this.numbers.get(name) ?? [];
    if (numbers.includes(index)) return;
    if (numbers.length > 0 && !shareName) this.cursor.fail(`two groups are named "${name}"`, start);
    this.names[index] = name;
    this.numbers.set(name, [...numbers, index]);
  }

  private resolve({ group, offset }: GroupReference): number[] {
    const found = typeof group === 'string' ? (this.numbers.get(group) ?? []) : [group];
    const exists = found.length > 0 && found.every((index) => index > 0 && index < this.names.length);
    if (!exists) this.cursor.fail(`there is no group ${typeof group === 'string' ? `"${group}"` : group}`, offset);
    return found;
  }
}
