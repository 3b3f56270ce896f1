import type { LedgerFlags } from '../ledger-flags.ts';

export interface ExceptionsFlags extends LedgerFlags {
  json?: boolean;
  csv?: boolean;
  check?: boolean;
}
