import { expect, test } from 'vitest';
import { python } from '../testing/load-engine.ts';
import { printNode } from '../testing/print-tree.ts';
import { parsePattern } from './parse-pattern.ts';

function parsed(pattern: string): string {
  const result = parsePattern(pattern, python);
  if (typeof result === 'string') return `refused: ${result}`;
  if (result.kind === 'sequence') return `sequence: ${result.statements.map(printNode).join(' ')}`;
  return `${result.kind}: ${printNode(result.root)}`;
}

const NO_PATTERN = 'refused: it is not a valid python expression, statement or sequence of statements';

/** What a pattern's text says, or why it is refused (semantics 02). */
test.each([
  ['f($X)', 'expression: (Call Name:f [Metavariable:$X])'],
  ['$X', 'expression: Metavariable:$X'],
  ['...', 'expression: Ellipsis'],
  ['  f()\n', 'expression: (Call Name:f [])'],
  ['f($...ARGS, k=...)', 'expression: (Call Name:f [MetavariableSequence:$...ARGS (Keyword Ident:k Ellipsis)])'],
  ['<... $X.m() ...>', 'expression: (Deep (Call (Member Metavariable:$X Ident:m) []))'],
  ['f($X: int)', 'expression: (Call Name:f [(TypedMetavariable:$X Name:int)])'],
  ['$X. ... .b', 'expression: (Member (Member Metavariable:$X Ellipsis) Ident:b)'],
  ['$X = 1', 'expression: (Assign:= Metavariable:$X - Int:1)'],
  ['return $X', 'statement: (Return Metavariable:$X)'],
  ['if $C: ...', 'statement: (If Metavariable:$C (Block [(ExpressionStatement Ellipsis)]) -)'],
  ['import $M', 'statement: (Import (ModulePath [Metavariable:$M]) -)'],
  ['f()\n$S', 'sequence: (ExpressionStatement (Call Name:f [])) (ExpressionStatement Metavariable:$S)'],
  ['a; b', 'sequence: (ExpressionStatement Name:a) (ExpressionStatement Name:b)'],
  ['@$D(...)', 'decorator: (Decorator (Call Metavariable:$D [Ellipsis]))'],
  ['  a\n  b', 'sequence: (ExpressionStatement Name:a) (ExpressionStatement Name:b)'],
  ['', 'refused: the pattern is empty'],
  ['# nothing', NO_PATTERN],
  ['1 +', NO_PATTERN],
  ['f(', NO_PATTERN],
  ['def f(...)', NO_PATTERN],
  ['else:\n    ...', NO_PATTERN],
  ['lambda ...: $E', 'refused: a lambda takes no `...` as a parameter; write `lambda $...A: $E`'],
  ['from a import ...', 'refused: `from x import ...` is not a pattern; write `from x import $X`'],
  ['import ...', 'refused: `import ...` is not a pattern; write `import $X`'],
])('%j is %s', (pattern, expected) => {
  expect(parsed(pattern)).toBe(expected);
});

const FORM = 'and `metavariable-regex` for what the name looks like';

/** Each is refused by the reference too. */
test.each([
  ['test_$N()', '`test_$N`', '$N'],
  ['$N_test()', '`$N_test`', '$N'],
  ['def test_$N(): ...', '`test_$N`', '$N'],
  ['a.b_$Y', '`b_$Y`', '$Y'],
  ['f(a=b$X)', '`b$X`', '$X'],
  ['f("$x", a1$X)', '`a1$X`', '$X'],
  ['$X$Y', '`$X$Y`', '$X'],
  ['$X1a()', '`$X1a`', '$X1'],
  ['foo$...ARGS', '`foo$...ARGS`', '$...ARGS'],
  ['f($x)', '`$x`', '$X'],
  ['f($1)', '`$1`', '$X'],
])('%j: %s is no metavariable', (pattern, token, name) => {
  const expected = `refused: ${token} is not a metavariable, which is a whole name in capitals; write \`${name}\`, ${FORM}`;
  expect(parsed(pattern)).toBe(expected);
});

test.each(['f($X...)', 'f(a...)', 'f(...a)', 'f(...1)', 'a...b', 'f($...X...)', 'f(a<...$X...>)', 'f"{a_$X}"'])(
  '%j joins what is not one name',
  (pattern) => expect(parsed(pattern)).toBe(NO_PATTERN),
);

test.each([
  ['return$X', 'statement: (Return Metavariable:$X)'],
  ['not$X', 'expression: (Operation Operator:not [Metavariable:$X])'],
  ['a if$X else b', 'expression: (Conditional Name:a Metavariable:$X Name:b)'],
  ['$X is$Y', 'expression: (Operation Operator:is [Metavariable:$X Metavariable:$Y])'],
  ['f(<...$X...>)', 'expression: (Call Name:f [(Deep Metavariable:$X)])'],
  ['if a:...', 'statement: (If Name:a (Block [(ExpressionStatement Ellipsis)]) -)'],
])('%j: a keyword ends where a placeholder starts', (pattern, expected) => {
  expect(parsed(pattern)).toBe(expected);
});
