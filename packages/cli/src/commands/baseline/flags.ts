import type { LedgerFlags } from '../ledger-flags.ts';

export interface BaselineFlags extends LedgerFlags {
  file?: string;
}

export interface WriteFlags extends BaselineFlags {
  prune?: boolean;
  allowGrowth?: boolean;
  reason?: string;
  who?: string;
}
