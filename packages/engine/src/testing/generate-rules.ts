import fc from 'fast-check';
import { stringify } from 'yaml';
import { damaged, pythonName, pythonSyntax } from './generate-python.ts';

/** Rule files of any shape for property tests: every operator in random combinations, and what damage makes of them. */

const METAVARIABLES = ['$X', '$Y', '$_', '$...A'];

const patternSyntax = pythonSyntax(
  [...METAVARIABLES, '...', '<... $X ...>', '<... f(...) ...>', '"$X"', '"..."', '"=~/^s/i"', 'a. ... .b', '$X. ...'],
  ['...', '$S', '$...B', 'def $F(..., $X, ...): ...', 'class $C: ...', 'import $X', '$X = $Y', '$X: $T = $Y'],
);

/** Pattern text; most of it valid. */
export const pattern: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: patternSyntax.expression, weight: 4 },
  { arbitrary: patternSyntax.lines.map((lines) => lines.join('\n')), weight: 3 },
  pythonName,
  fc.constantFrom(...METAVARIABLES, '...', '', '@$D', 'f(', '$X = ...\n...\n$X()'),
  damaged(patternSyntax.expression),
);

const regex = fc.oneof(
  fc.constantFrom('a', '(?<N>\\w+)', '^$', '', '(a+)+$', '(?i)os|é', '[', '(?=b)', 'x*', '\\bdef (\\w+)', '.*'),
  fc.string({ maxLength: 8 }),
);

const metavariable = fc.constantFrom('$X', '$Y', '$...A', '$1', '$N', '$F', '$Z');

type Keys = Record<string, unknown>;

const condition: fc.Arbitrary<Keys> = fc.oneof(
  fc.record({
    'metavariable-regex': fc.record(
      { metavariable, regex, 'constant-propagation': fc.boolean() },
      { requiredKeys: ['metavariable', 'regex'] },
    ),
  }),
  fc.record({
    'metavariable-comparison': fc.record({
      metavariable,
      comparison: fc.constantFrom('$X > 1', 'int($X) in [1, 2]', 're.match("a", $X)', '$X == $Y', '$X +', 'not $X', ''),
    }),
  }),
  fc.record({
    'metavariable-analysis': fc.record({ metavariable, analyzer: fc.constantFrom('entropy', 'redos', 'other') }),
  }),
  fc.record({ 'metavariable-type': fc.record({ metavariable, type: fc.constantFrom('int', 'Foo', 'List[$T]', '(') }) }),
  fc.record({ 'focus-metavariable': fc.oneof(metavariable, fc.array(metavariable, { maxLength: 2 })) }),
);

const { formula } = fc.letrec<{ formula: Keys; part: Keys }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ pattern }),
    fc.record({ 'pattern-regex': regex }),
    fc.record({ patterns: fc.array(tie('part'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ 'pattern-either': fc.array(tie('formula'), { minLength: 1, maxLength: 3 }) }),
  ),
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: tie('formula'), weight: 3 },
    condition,
    fc.record({ 'pattern-inside': fc.oneof(pattern, tie('formula')) }),
    fc.record({ 'pattern-not': fc.oneof(pattern, tie('formula')) }),
    fc.record({ 'pattern-not-inside': fc.oneof(pattern, tie('formula')) }),
    fc.record({ 'pattern-not-regex': regex }),
    fc
      .tuple(metavariable, tie('formula'), fc.constantFrom({}, { language: 'generic' }, { language: 'python' }))
      .map(([name, inner, language]) => ({ 'metavariable-pattern': { metavariable: name, ...inner, ...language } })),
  ),
}));

const { match } = fc.letrec<{ match: unknown }>((tie) => ({
  match: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    pattern,
    fc.record({ regex }),
    fc.record(
      {
        all: fc.array(tie('match'), { minLength: 1, maxLength: 3 }),
        where: fc.array(fc.record({ metavariable, regex }), { maxLength: 2 }),
        as: metavariable,
        fix: fc.constant('$X'),
      },
      { requiredKeys: ['all'] },
    ),
    fc.record({ any: fc.array(tie('match'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('match') }),
    fc.record({ inside: tie('match') }),
    fc.record({ anywhere: tie('match') }),
  ),
}));

const rule: fc.Arbitrary<Keys> = fc
  .tuple(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c-1'),
      message: fc.constantFrom('m', '$X $Y $...A value($X) $1 $N', '$$X$XY'),
      severity: fc.constantFrom('ERROR', 'LOW'),
      languages: fc.oneof(
        { arbitrary: fc.constant(['python']), weight: 5 },
        fc.constantFrom(['generic'], ['regex'], ['python', 'generic'], ['js']),
      ),
    }),
    fc.oneof({ arbitrary: formula, weight: 3 }, fc.record({ match })),
    fc.record(
      {
        fix: fc.constantFrom('', '$X', 'g($X, $...A)'),
        'fix-regex': fc.record({ regex, replacement: fc.constantFrom('', '\\1', 'x') }),
        options: fc.dictionary(
          fc.constantFrom(
            'symbolic_propagation',
            'constant_propagation',
            'ac_matching',
            'commutative_boolop',
            'symmetric_eq',
            'attr_expr',
            'vardef_assign',
            'unify_ids_strictly',
            'implicit_deep_exprstmt',
            'implicit_return',
            'generic_caseless',
          ),
          fc.boolean(),
          { maxKeys: 3 },
        ),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([head, body, rest]) => ({ ...head, ...body, ...rest }));

/** A rule file, as YAML or as the JSON that YAML includes. */
export const ruleFile: fc.Arbitrary<string> = fc
  .tuple(fc.array(rule, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([rules, asJson]) => (asJson ? JSON.stringify({ rules }) : stringify({ rules })));

/** Rule files, a third of them damaged. */
export const anyRuleFile: fc.Arbitrary<string> = fc.oneof({ arbitrary: ruleFile, weight: 2 }, damaged(ruleFile));
