import type { TaintSink } from '../../rules/rule.ts';
import { isDeclared } from '../body-facts.ts';
import { contains, type Expression, type FunctionBody, isPlace } from '../il.ts';
import { outermostWithin, type SpecMatch } from './spec-matches.ts';

/**
 * Whether all of a sink is written out where it stands, as in `text("select 1")`: literals, and names that are no
 * variables of the file. Whatever its function is given, nothing of that gets there.
 */
export function isWrittenOut({ match }: SpecMatch<TaintSink>, functions: readonly FunctionBody[]): boolean {
  return functions.every((body) => {
    const { kind, origin } = body;
    const isElsewhere = kind !== 'top-level' && (origin.end <= match.start || origin.start >= match.end);
    return isElsewhere || outermostWithin(body, match.start, match.end).every(holdsNoVariable);
  });
}

/** A place may be assigned what stands outside of the sink. */
function holdsNoVariable(expression: Expression): boolean {
  return !isPlace(expression) && !contains(expression, mayBringData);
}

function mayBringData(part: Expression): boolean {
  switch (part.kind) {
    case 'variable':
      return isDeclared(part);
    case 'lambda':
    case 'assign':
    case 'yield':
      return true;
    default:
      return false;
  }
}
