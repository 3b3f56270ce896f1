import type { Allowance } from '@lockstep/engine';
import { type ExceptionDetails, lapseOf } from './exceptions.ts';
import type { Policy } from './guardrail.ts';

/**
 * Why a comment that allows a finding does not hold; null if it does. A reason is always asked for; the policy of the
 * guardrail may ask for as much as of any other exception, or forbid such comments.
 */
export function lapseOfInline(allowance: Allowance, policy: Policy, today: string): string | null {
  if (allowance.fault !== null) return allowance.fault;
  if (!policy.inline) return 'the policy of the guardrail allows no exceptions in the code';
  if (allowance.reason === '') return 'it gives no reason, such as `-- answers no data`';
  return lapseOf(allowance satisfies ExceptionDetails, policy, today);
}
