import type { ClassBody, FunctionBody } from '../il.ts';
import type { MarkedFunctions } from './marked-functions.ts';
import type { SummaryEntry } from './summaries.ts';
import type { CompiledTaint } from './taint-rule.ts';

/** So many summaries of one function and what it is given are kept, for rules that use different models. */
const MAX_KEPT = 4;

interface Kept {
  entry: SummaryEntry;
  /** What the rule that made it marks in the function. */
  signature: string;
  /** What rests on it. */
  dependents: Kept[];
}

/**
 * Summaries that rules with the same options have of the same functions: most functions hold nothing that a rule looks
 * for, or only what all rules with the same models do. A summary is of use to a rule that marks the same in the
 * function and in all functions that it rests on.
 */
export class ReusableSummaries {
  private readonly kept = new Map<FunctionBody, Kept[]>();
  private readonly byEntry = new Map<SummaryEntry, Kept>();
  private readonly ids = new Map<FunctionBody | ClassBody, number>();
  private marked: MarkedFunctions | null = null;
  private invalid: ReadonlySet<Kept> = new Set();

  /** From here on, summaries are asked for and added for a rule that marks these functions. */
  begin(marked: MarkedFunctions): void {
    this.marked = marked;
    const invalid = new Set<Kept>();
    for (const [body, all] of this.kept) {
      const signature = marked.signature(body);
      for (const one of all) if (one.signature !== signature) invalid.add(one);
    }
    // A set that grows while it is read.
    for (const one of invalid) for (const dependent of one.dependents) invalid.add(dependent);
    this.invalid = invalid;
  }

  /** One that is right for the rule; null where there is none. */
  find(body: FunctionBody, key: string): SummaryEntry | null {
    const found = this.kept.get(body)?.find((one) => one.entry.key === key && !this.invalid.has(one));
    return found?.entry ?? null;
  }

  /** Keeps the summaries of functions that call each other. */
  add(members: readonly SummaryEntry[]): void {
    const callees = new Set(members.flatMap((member) => [...member.callees]));
    const isFull = members.some(({ body, key }) => {
      return (this.kept.get(body) ?? []).filter(({ entry }) => entry.key === key).length >= MAX_KEPT;
    });
    const isComplete = [...callees].every((callee) => members.includes(callee) || this.byEntry.has(callee));
    if (isFull || !isComplete) return;
    for (const entry of members) {
      const one: Kept = { entry, signature: this.marked?.signature(entry.body) ?? '', dependents: [] };
      this.byEntry.set(entry, one);
      const all = this.kept.get(entry.body);
      if (all === undefined) this.kept.set(entry.body, [one]);
      else all.push(one);
    }
    for (const entry of members) {
      const own = this.byEntry.get(entry) as Kept;
      for (const callee of entry.callees) this.byEntry.get(callee)?.dependents.push(own);
    }
  }

  /** The same for all rules. */
  idOf(body: FunctionBody | ClassBody): string {
    const id = this.ids.get(body) ?? this.ids.size;
    this.ids.set(body, id);
    return `${id}`;
  }
}

/** Summaries of the same functions for rules of all options. */
export class SummariesByOptions {
  private readonly all = new Map<string, ReusableSummaries>();

  of({ options, asksForParts }: CompiledTaint): ReusableSummaries {
    const key = JSON.stringify([options, asksForParts]);
    let own = this.all.get(key);
    if (own === undefined) {
      own = new ReusableSummaries();
      this.all.set(key, own);
    }
    return own;
  }
}
