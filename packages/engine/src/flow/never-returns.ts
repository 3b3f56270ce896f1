import { dottedPath } from './dotted-path.ts';
import type { Expression } from './il.ts';

/** Functions that raise an exception or end the process, whatever they are given. */
const NEVER_RETURNING = new Set([
  'bottle.abort',
  'exit',
  'flask.abort',
  'flask_restful.abort',
  'flask_smorest.abort',
  'os._exit',
  'os.abort',
  'quart.abort',
  'quit',
  'sys.exit',
  'werkzeug.exceptions.abort',
]);

/** Whether the program does not go on behind a call: `abort(404)` after a check is as good as a `return`. */
export function neverReturns(expression: Expression): boolean {
  const path = expression.kind === 'call' ? dottedPath(expression.callee) : null;
  if (path === null) return false;
  const [first = '', ...rest] = path.names;
  return NEVER_RETURNING.has([...(path.canonical ?? [first]), ...rest].join('.'));
}
