import type { FunctionBody } from '../il.ts';
import type { Component, OwnComponent, SummaryEntry } from './component.ts';
import type { MarkedFunctions } from './marked-functions.ts';
import type { CompiledTaint } from './taint-rule.ts';

/** So many summaries of one function and what it is given are kept, for rules that use different models. */
const MAX_KEPT = 4;

interface Kept {
  component: OwnComponent;
  /** What the rule that made it marks in its functions. */
  signatures: readonly string[];
  /** What it rests on. */
  callees: readonly Kept[];
}

/** Summaries that are right for a rule. */
export interface SummariesForRule {
  find(body: FunctionBody, key: string): SummaryEntry | null;
  /** Keeps summaries for other rules, if all that they rest on is kept. */
  add(component: OwnComponent): void;
}

/**
 * Summaries that rules with the same options have of the same functions: most functions hold nothing that a rule looks
 * for, or only what all rules with the same models do. A summary is of use to a rule that marks the same in the
 * function and in all functions that it rests on.
 */
export class ReusableSummaries {
  private readonly byFunction = new Map<FunctionBody, Kept[]>();
  private readonly byComponent = new Map<Component, Kept>();

  /** For a rule that marks these functions. */
  forRule(marked: MarkedFunctions): SummariesForRule {
    const known = new Map<Kept, boolean>();
    const isRight = (one: Kept): boolean => {
      let found = known.get(one);
      if (found === undefined) {
        const { component, signatures, callees } = one;
        found =
          component.entries.every(({ body }, i) => marked.signature(body) === signatures[i]) && callees.every(isRight);
        known.set(one, found);
      }
      return found;
    };
    return {
      find: (body, key) => {
        for (const one of this.byFunction.get(body) ?? []) {
          const entry = entryIn(one, body, key);
          if (entry !== undefined && isRight(one)) return entry;
        }
        return null;
      },
      add: (component) => this.add(component, marked),
    };
  }

  private add(component: OwnComponent, marked: MarkedFunctions): void {
    const { entries } = component;
    const callees = component.callees.flatMap((one) => this.byComponent.get(one) ?? []);
    const isFull = entries.some(({ body, key }) => {
      return (this.byFunction.get(body) ?? []).filter((one) => entryIn(one, body, key)).length >= MAX_KEPT;
    });
    if (isFull || callees.length < component.callees.length) return;
    const one: Kept = { component, signatures: entries.map(({ body }) => marked.signature(body)), callees };
    this.byComponent.set(component, one);
    for (const body of new Set(entries.map((entry) => entry.body))) {
      const all = this.byFunction.get(body);
      if (all === undefined) this.byFunction.set(body, [one]);
      else all.push(one);
    }
  }
}

function entryIn({ component }: Kept, body: FunctionBody, key: string): SummaryEntry | undefined {
  return component.entries.find((entry) => entry.body === body && entry.key === key);
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
