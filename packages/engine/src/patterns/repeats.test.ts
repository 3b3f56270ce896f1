import { describe, expect, test } from 'vitest';
import type { Binding } from '../match/bindings.ts';
import { parsePython } from '../testing/load-engine.ts';
import type { Node } from '../tree/nodes.ts';
import { MatchContext, type Matcher } from './match-context.ts';
import { defaultMatchOptions } from './match-options.ts';
import { Reached, remembered } from './repeats.ts';

const { tree, facts } = parsePython('f(a, b)\n');
const statement = tree.root.statements[0] as Node;

/** `$X` in slot 0, `$Y` in slot 1. */
const newContext = (): MatchContext => new MatchContext(2, facts, defaultMatchOptions());

const text = (at: number): Binding => ({
  kind: 'text',
  text: `${at}`,
  node: null,
  literal: false,
  start: at,
  end: at + 1,
});

describe('Reached', () => {
  const done = () => {};

  test('knows the first position from which the rest was gone through', () => {
    const reached = new Reached();
    const context = newContext();
    const ask = (at: number) => reached.until('list', at, context, done);
    expect([4, 6, 2, 3, 2].map(ask)).toEqual([Number.POSITIVE_INFINITY, 4, 4, 2, 2]);
  });

  test('tells apart lists, ends and bindings', () => {
    const reached = new Reached();
    const context = newContext();
    const until = (place: string, end: object) => reached.until(place, 1, context, end);
    expect(until('list', done)).toBe(Number.POSITIVE_INFINITY);
    expect(until('other', done)).toBe(Number.POSITIVE_INFINITY);
    expect(until('list', () => {})).toBe(Number.POSITIVE_INFINITY);
    context.bind(0, text(2), () => expect(until('list', done)).toBe(Number.POSITIVE_INFINITY));
    context.bind(0, text(2), () => expect(until('list', done)).toBe(1));
    context.bind(1, text(2), () => expect(until('list', done)).toBe(Number.POSITIVE_INFINITY));
    expect(until('list', done)).toBe(1);
  });
});

describe('remembered', () => {
  /** Binds `$X` to each place in turn, and counts how often it is asked. */
  function counting(places: readonly number[]): { match: Matcher; calls(): number } {
    let calls = 0;
    const match: Matcher = (_node, context, done) => {
      calls++;
      for (const place of places) context.bind(0, text(place), done);
    };
    return { match: remembered(match), calls: () => calls };
  }

  function outcomes(match: Matcher, node: Node, context: MatchContext): (number | undefined)[] {
    const found: (number | undefined)[] = [];
    match(node, context, () => found.push(context.slots[0]?.start));
    expect(context.slots[0]).toBeUndefined();
    return found;
  }

  test('calls the matcher once, and gives each different outcome every time', () => {
    const { match, calls } = counting([3, 5, 3]);
    const context = newContext();
    expect(outcomes(match, statement, context)).toEqual([3, 5]);
    expect(outcomes(match, statement, context)).toEqual([3, 5]);
    expect(calls()).toBe(1);
  });

  test('asks again for another node, another attempt and other bindings', () => {
    const { match, calls } = counting([3]);
    const context = newContext();
    outcomes(match, statement, context);
    outcomes(match, tree.root, context);
    outcomes(match, statement, newContext());
    expect(calls()).toBe(3);
    context.bind(1, text(7), () => expect(outcomes(match, statement, context)).toEqual([3]));
    context.bind(1, text(7), () => expect(outcomes(match, statement, context)).toEqual([3]));
    expect(calls()).toBe(4);
  });

  test('keeps what was bound before, in and after each outcome', () => {
    const { match } = counting([3, 5]);
    const context = newContext();
    context.bind(1, text(7), () => {
      match(statement, context, () => expect(context.slots[1]?.start).toBe(7));
      expect(context.slots.map((bound) => bound?.start)).toEqual([undefined, 7]);
    });
    expect(context.slots).toEqual([undefined, undefined]);
  });

  test('has no outcome where there is none', () => {
    const { match, calls } = counting([]);
    const context = newContext();
    expect([...outcomes(match, statement, context), ...outcomes(match, statement, context)]).toEqual([]);
    expect(calls()).toBe(1);
  });
});
