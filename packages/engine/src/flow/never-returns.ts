import type { FlowLanguage } from '../languages/flow-language.ts';
import { dottedPath } from './dotted-path.ts';
import type { Expression } from './il.ts';

/** Whether the program does not go on behind a call: `abort(404)` after a check is as good as a `return`. */
export function neverReturns(expression: Expression, { neverReturning }: FlowLanguage): boolean {
  const path = expression.kind === 'call' ? dottedPath(expression.callee) : null;
  if (path === null) return false;
  const [first = '', ...rest] = path.names;
  return neverReturning.has([...(path.canonical ?? [first]), ...rest].join('.'));
}
