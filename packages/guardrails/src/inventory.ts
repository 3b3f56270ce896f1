import type { Ruling } from './exceptions.ts';
import type { Exception } from './guardrail.ts';

/** How a place stands to a requirement. */
export const INVENTORY_STATES = ['missing', 'misplaced', 'excepted', 'suppressed', 'protected'] as const;
export type InventoryState = (typeof INVENTORY_STATES)[number];

/** One function, class or call that a requirement is about. */
export interface InventoryItem {
  /** `Orders.ping`; the line of code where it has no name. */
  symbol: string;
  path: string;
  line: number;
  state: InventoryState;
  /** Of the exception that covers it, or that no longer does; null where there is none. */
  exception: Exception | null;
  /** Why its exception does not hold; null where it does, or where there is none. */
  lapse: string | null;
}

/** What the rules of an entry say of one place. */
export interface Sighting {
  symbol: string;
  path: string;
  line: number;
  /** One of the rules reports it: it lacks its safeguard, or has it in the wrong place. */
  fault: 'missing' | 'misplaced' | null;
  /** By a comment in the code. */
  isSuppressed: boolean;
  ruling: Ruling;
}

export function inventoryItem({ symbol, path, line, fault, isSuppressed, ruling }: Sighting): InventoryItem {
  const base = { symbol, path, line, exception: null, lapse: null };
  if (fault === null) return { ...base, state: 'protected' };
  if (ruling.kind === 'excepted') return { ...base, state: 'excepted', exception: ruling.exception };
  if (isSuppressed) return { ...base, state: 'suppressed' };
  if (ruling.kind === 'lapsed') return { ...base, state: fault, exception: ruling.exception, lapse: ruling.why };
  return { ...base, state: fault };
}

export function countStates(items: readonly InventoryItem[]): Record<InventoryState, number> {
  const counts = { missing: 0, misplaced: 0, excepted: 0, suppressed: 0, protected: 0 };
  for (const { state } of items) counts[state]++;
  return counts;
}
