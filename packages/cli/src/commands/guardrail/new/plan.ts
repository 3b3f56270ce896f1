import type { Template } from './flags.ts';

/** What a new guardrail is to be; everything is known. */
export interface NewGuardrail {
  id: string;
  template: Template;
  /** Canonical. */
  language: string;
  /** A dotted name (forbid), what is to be protected (require), a call (unsafe-call) or any pattern. */
  pattern: string;
  /** `have` of `require`, `safe` of `unsafe-call`, `instead` of `forbid`; null where there is none. */
  right: string | null;
  /** Code that its rule finds; null: made from the pattern. */
  example: string | null;
  promise: string;
  weakness: string;
  security: string;
  engineering: string;
  message: string | null;
}
