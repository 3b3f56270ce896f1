import { expect, test } from 'vitest';
import { loadRules } from './load-rules.ts';
import type { Formula, RuleLocation } from './rule.ts';

/** The formula of a rule whose body is given, indented by two; throws its problems if it does not load. */
function formulaOf(body: string, languages = '[python]'): Formula | null {
  const text = `rules:\n- id: a\n  message: m\n  severity: LOW\n  languages: ${languages}\n  ${body.trim().replaceAll('\n', '\n  ')}\n`;
  const { rules, problems } = loadRules(text, 'f.yaml');
  const [rule] = rules;
  if (rule === undefined) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return rule.formula;
}

/** The same tree with one location everywhere, to compare formulas written differently. */
function withoutPlaces(formula: Formula | null): unknown {
  return JSON.parse(JSON.stringify(formula, (key, value) => (key === 'location' ? undefined : value)));
}

test.each([
  ['a pattern', 'pattern: a()', 'match: a()'],
  ['a pattern in a mapping', 'pattern: a()', 'match: {pattern: a()}'],
  ['a regex', 'pattern-regex: a+', 'match: {regex: a+}'],
  ['a conjunction', 'patterns: [pattern: a(), pattern: b()]', 'match: {all: [a(), pattern: b()]}'],
  ['a choice', 'pattern-either: [pattern: a(), pattern-regex: b]', 'match: {any: [a(), regex: b]}'],
  ['inside', 'patterns: [pattern-inside: a()]', 'match: {all: [inside: a()]}'],
  [
    'negations',
    'patterns: [pattern: a(), pattern-not: b(), pattern-not-inside: c(), pattern-not-regex: d]',
    'match: {all: [a(), not: b(), not: {inside: c()}, not: {regex: d}]}',
  ],
  [
    'anywhere',
    'patterns: [pattern: a(), semgrep-internal-pattern-anywhere: {pattern: b()}]',
    'match: {all: [a(), anywhere: b()]}',
  ],
  [
    'nested formulas',
    'patterns: [pattern: a(), pattern-not-inside: {patterns: [pattern: b(), pattern-not: c()]}]',
    'match: {all: [a(), not: {inside: {all: [b(), not: c()]}}]}',
  ],
  [
    'focus: one entry is a union, several are an intersection',
    'patterns: [pattern: "a($X, $Y)", focus-metavariable: [$X, $Y], focus-metavariable: $X]'.replace(
      ', focus-metavariable: $X]',
      ', {focus-metavariable: $X}]',
    ),
    'match: {all: ["a($X, $Y)"], where: [focus: [$X, $Y], focus: $X]}',
  ],
  [
    'a condition on a text follows constants in the newer syntax only',
    'patterns: [pattern: a($X), metavariable-regex: {metavariable: $X, regex: r, constant-propagation: true}]',
    'match: {all: [a($X)], where: [{metavariable: $X, regex: r}]}',
  ],
  [
    'unless told otherwise',
    'patterns: [pattern: a($X), metavariable-regex: {metavariable: $X, regex: r}]',
    'match: {all: [a($X)], where: [{metavariable: $X, regex: r, constant-propagation: "false"}]}',
  ],
  [
    'conditions keep their order',
    `patterns:
- metavariable-type: {metavariable: $X, type: int}
- pattern: a($X)
- metavariable-analysis: {metavariable: $X, analyzer: {kind: entropy}}
- metavariable-comparison: {comparison: $X > 1, metavariable: $X, strip: true, base: 16}`,
    `match:
  all: [a($X)]
  where:
  - {metavariable: $X, types: [int]}
  - {metavariable: $X, analyzer: entropy}
  - {comparison: $X > 1, strip: true}`,
  ],
  [
    'a condition on a sub-formula needs no positive term',
    `patterns:
- pattern: a($X)
- metavariable-pattern:
    metavariable: $X
    language: JavaScript
    patterns: [pattern-not: b, pattern-not: {patterns: [pattern-not: c]}]`
      .replace('b, pattern-not: {', 'b, {pattern-not: {')
      .replace('c]}]', 'c]}}]'),
    'match: {all: [a($X)], where: [{metavariable: $X, language: js, all: [not: b, not: {all: [not: c]}]}]}',
  ],
  [
    'a condition with its own conditions is a sub-formula, even on a regex',
    `patterns:
- pattern: a($X)
- metavariable-pattern:
    metavariable: $X
    patterns: [pattern-regex: "(?<N>.)", metavariable-comparison: {comparison: int($N) > 1}]`,
    'match: {all: [a($X)], where: [{metavariable: $X, regex: "(?<N>.)", where: [comparison: int($N) > 1]}]}',
  ],
])('%s means the same in both syntaxes', (_, classic, match) => {
  expect(withoutPlaces(formulaOf(match))).toEqual(withoutPlaces(formulaOf(classic)));
});

test('conditions, `as` and `fix` on anything but `all` wrap it in a conjunction of one', () => {
  expect(withoutPlaces(formulaOf('match: {any: [a($X), b($X)], where: [focus: $X], as: $Y, fix: " c "}'))).toEqual(
    withoutPlaces(formulaOf('match: {all: [any: [a($X), b($X)]], where: [focus: $X], as: $Y, fix: c}')),
  );
});

test('in rules for regex, strings are regular expressions', () => {
  const classic = 'patterns: [pattern-regex: a, pattern-not: b, pattern-inside: c]';
  const match = 'match: {all: [a, not: b, inside: c]}';
  expect(withoutPlaces(formulaOf(match, '[regex]'))).toEqual(withoutPlaces(formulaOf(classic, '[none]')));
  expect(withoutPlaces(formulaOf('match: a', '[regex]'))).toEqual({ kind: 'regex', text: 'a' });
});

test('a sub-formula in the language regex holds regular expressions', () => {
  const condition = 'metavariable-pattern: {metavariable: $X, language: regex, pattern: a+}';
  expect(withoutPlaces(formulaOf(`patterns: [pattern: a($X), ${condition}]`))).toMatchObject({
    conditions: [{ kind: 'pattern', language: 'regex', formula: { kind: 'regex', text: 'a+' } }],
  });
});

test('every part knows its place', () => {
  const formula = formulaOf(`patterns:
  - pattern: |
      f($X)
  - pattern-not-inside:
      pattern-either:
        - pattern: "g()"
  - metavariable-regex:
      metavariable: $X
      regex: a
`);
  const places: string[] = [];
  JSON.stringify(formula, (key, value) => {
    const place = value as RuleLocation;
    if (key === 'location') places.push(`${place.line}:${place.column} ${place.path}`);
    return value;
  });
  expect(places.sort()).toMatchInlineSnapshot(`
    [
      "10:9 rules.0.patterns.1.pattern-not-inside",
      "10:9 rules.0.patterns.1.pattern-not-inside",
      "11:11 rules.0.patterns.1.pattern-not-inside.pattern-either",
      "11:22 rules.0.patterns.1.pattern-not-inside.pattern-either.0.pattern",
      "13:9 rules.0.patterns.2.metavariable-regex",
      "7:16 rules.0.patterns.0.pattern",
      "7:5 rules.0.patterns",
    ]
  `);
});
