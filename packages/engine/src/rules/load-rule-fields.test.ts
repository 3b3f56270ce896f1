import { expect, test } from 'vitest';
import { loadRules } from './load-rules.ts';
import type { Rule } from './rule.ts';
import { defaultOptions } from './rule-options.ts';

function loadOne(body: string): Rule {
  const { rules, problems } = loadRules(`rules:\n- ${body.trim().replaceAll('\n', '\n  ')}\n`, 'f.yaml');
  expect(problems).toEqual([]);
  const [rule] = rules;
  if (rule === undefined) throw new Error('no rule');
  return rule;
}

const HEADER = 'id: a\nmessage: m\nseverity: LOW\nlanguages: [python]\n';

test('a whole rule', () => {
  const rule = loadOne(`id: a.b-c_1
message: >-
  Do not call
  $F
severity: CRITICAL
languages: [Python3, js, python]
pattern: $F()
fix: |
  g()
fix-regex: {regex: a, replacement: '\\1', count: "2"}
paths: {include: ["*.py"], exclude: [tests]}
metadata: {cwe: "CWE-79: XSS", references: [https://a.example/], weight: 1.5, ok: true, none: null, day: 2024-01-02}
min-version: 1.50.0
`);
  expect({ ...rule, options: rule.options.acMatching }).toMatchInlineSnapshot(`
    {
      "fix": "g()",
      "fixRegex": {
        "count": 2,
        "regex": "a",
        "replacement": "\\1",
      },
      "formula": {
        "kind": "pattern",
        "location": {
          "column": 12,
          "file": "f.yaml",
          "line": 8,
          "path": "rules.0.pattern",
        },
        "text": "$F()",
      },
      "formulaString": "$F()",
      "id": "a.b-c_1",
      "languages": [
        "python",
        "js",
      ],
      "location": {
        "column": 3,
        "file": "f.yaml",
        "line": 2,
        "path": "rules.0",
      },
      "maxVersion": null,
      "message": "Do not call $F",
      "metadata": {
        "cwe": "CWE-79: XSS",
        "day": "2024-01-02",
        "none": null,
        "ok": true,
        "references": [
          "https://a.example/",
        ],
        "weight": 1.5,
      },
      "minVersion": "1.50.0",
      "mode": "search",
      "options": true,
      "paths": {
        "exclude": [
          "tests",
        ],
        "include": [
          "*.py",
        ],
        "narrowed": [],
      },
      "severity": "CRITICAL",
      "taint": null,
    }
  `);
});

test('a taint rule, with the defaults of its items', () => {
  const rule = loadOne(`${HEADER}mode: taint
pattern-sources:
- pattern: source()
- {pattern: $X, by-side-effect: only, exact: "true", control: true, label: A, requires: not B}
pattern-sinks:
- pattern: sink($X)
- {pattern: sink($X), exact: false, at-exit: true, requires: [$X: A, $Y: B]}
pattern-sanitizers:
- {pattern: clean($X), not_conflicting: true}
- {pattern: is_name($X), clean-if-true: $X}
pattern-propagators:
- {pattern: "f($A, $B)", from: $A, to: $B, replace-labels: [A]}
`);
  const compact = JSON.stringify(rule.taint, (key, value) => {
    if (key === 'location') return undefined;
    return key === 'formula' ? value.text : value;
  });
  expect(compact.replaceAll('},{', '},\n{')).toMatchInlineSnapshot(`
    "{"sources":[{"formula":"source()","exact":false,"bySideEffect":false,"control":false,"label":"__SOURCE__","requires":null},
    {"formula":"$X","exact":true,"bySideEffect":"only","control":true,"label":"A","requires":"not B"}],"sinks":[{"formula":"sink($X)","exact":true,"atExit":false,"requires":null},
    {"formula":"sink($X)","exact":false,"atExit":true,"requires":[{"metavariable":"$X","requires":"A"},
    {"metavariable":"$Y","requires":"B"}]}],"sanitizers":[{"formula":"clean($X)","exact":false,"bySideEffect":false,"notConflicting":true,"cleaned":[]},
    {"formula":"is_name($X)","exact":false,"bySideEffect":false,"notConflicting":false,"cleaned":[{"metavariable":"$X","holds":true}]}],"propagators":[{"formula":"f($A, $B)","from":"$A","to":"$B","bySideEffect":true,"label":null,"requires":null,"replaceLabels":["A"]}]}"
  `);
});

test('the newer taint syntax means the same', () => {
  const classic = loadOne(`${HEADER}mode: taint
pattern-sources: [pattern: source()]
pattern-sinks: [{patterns: [pattern: sink($X), focus-metavariable: $X], requires: __SOURCE__}]
pattern-sanitizers: [{pattern: clean(), not_conflicting: true}]
`);
  const newer = loadOne(`${HEADER}taint:
  sources: [source()]
  sinks: [{all: [sink($X)], where: [focus: $X], requires: __SOURCE__}]
  sanitizers: [{pattern: clean(), not-conflicting: true}]
`);
  const withoutPlaces = (rule: Rule): string =>
    JSON.stringify(rule.taint, (key, value) => (key === 'location' ? undefined : value));
  expect(withoutPlaces(newer)).toBe(withoutPlaces(classic));
  expect(newer.mode).toBe('taint');
});

test('modes without a formula, and rules about dependencies only, load', () => {
  const join = loadOne('id: a\nmessage: m\nseverity: LOW\nmode: join\njoin: {rules: [], on: ["a.$X == b.$X"]}\n');
  const supply = loadOne(`${HEADER}r2c-internal-project-depends-on: {namespace: npm, package: p, version: "< 1"}\n`);
  expect([join.mode, join.formula, join.languages]).toEqual(['join', null, []]);
  expect([supply.mode, supply.formula]).toEqual(['search', null]);
});

test('an extract rule is a search rule without a message', () => {
  const rule = loadOne('id: a\nlanguages: [html]\nmode: extract\npattern: <s>$X</s>\nextract: $X\ndest-language: js\n');
  expect([rule.mode, rule.message, rule.severity, rule.formula?.kind]).toEqual(['extract', '', 'INFO', 'pattern']);
});

test('options, with quoted values and former names', () => {
  const { options } = loadOne(`${HEADER}pattern: a
options:
  ac_matching: "false"
  commutative_compop: true
  generic_engine: aliengrep
  generic_ellipsis_max_span: "3"
  generic_comment_style: shell
  generic_braces: [["<", ">"]]
  generic_extra_word_characters: ["-"]
  taint_focus_on: source
  interfile: true
`);
  const defaults: Record<string, unknown> = { ...defaultOptions() };
  const changed = Object.entries(options).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]),
  );
  expect(Object.fromEntries(changed)).toMatchInlineSnapshot(`
    {
      "acMatching": false,
      "genericBraces": [
        [
          "<",
          ">",
        ],
      ],
      "genericCommentStyle": "shell",
      "genericEllipsisMaxSpan": 3,
      "genericEngine": "aliengrep",
      "genericExtraWordCharacters": [
        "-",
      ],
      "other": {
        "interfile": true,
        "taint_focus_on": "source",
      },
      "symmetricEq": true,
    }
  `);
});
