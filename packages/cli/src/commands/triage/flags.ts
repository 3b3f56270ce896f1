import type { Verdict } from '@lockstep/guardrails';
import type { LedgerFlags } from '../ledger-flags.ts';

export interface TriageFlags extends LedgerFlags {
  verdict?: Verdict;
  why?: string;
  who?: string;
  report?: string;
}
