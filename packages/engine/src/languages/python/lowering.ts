import { GrammarIndex } from '../../syntax/concrete-reader.ts';
import type { Grammar } from '../../syntax/concrete-tree.ts';
import type { Lowering } from '../language.ts';
import { EXPRESSIONS } from './lower-expression.ts';
import { SEVERAL_STATEMENTS, STATEMENTS } from './lower-statement.ts';
import { type BoundGrammar, PythonLowering } from './lowering-context.ts';
import { FIELD_NAMES, Sym } from './symbols.ts';

/**
 * Binds Python's lowering to a loaded grammar. The tables of handlers are passed to the context from here, so that
 * the files of handlers need nothing but its type and never import each other in a circle.
 */
export function createPythonLowering(grammar: Grammar): Lowering {
  const index = new GrammarIndex(grammar, Sym);
  const bound: BoundGrammar = {
    index,
    fields: index.fields(FIELD_NAMES),
    expressions: index.bySymbol(EXPRESSIONS),
    statements: index.bySymbol(STATEMENTS),
    severalStatements: index.bySymbol(SEVERAL_STATEMENTS),
  };
  return {
    lower(concrete, text, pattern) {
      return new PythonLowering(concrete, text, bound, pattern).tree();
    },
  };
}
