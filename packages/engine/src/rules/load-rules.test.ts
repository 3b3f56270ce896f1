import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatProblem } from './format-problem.ts';
import { loadRules } from './load-rules.ts';
import { MAX_DEPTH } from './read-yaml.ts';

const FIXTURES = new URL('./fixtures/', import.meta.url);

function readFixture(name: string): string {
  return readFileSync(new URL(name, FIXTURES), 'utf8');
}

/** All problems of a text as people see them, and the ids of the rules that loaded. */
function report(text: string, file = 'rules.yaml'): string {
  const { rules, problems, incompatible } = loadRules(text, file);
  return [
    ...problems.map((problem) => formatProblem(problem, text)),
    ...incompatible.map((rule) => `incompatible: ${rule.ruleId}`),
    `loaded: ${rules.map((rule) => rule.id).join(', ')}`,
  ].join('\n');
}

function reportFixture(name: string): string {
  return report(readFixture(name), name);
}

const RULE = '  message: m\n  severity: LOW\n  languages: [python]\n';

describe('every problem of a file, and all the rules that are sound', () => {
  test('keys of a rule', () => {
    expect(reportFixture('rule-keys.yaml')).toMatchInlineSnapshot(`
      "rule-keys.yaml:8:5: error: expected the key \`id\`: the name of the rule [missing-key]
        8 |   - message: no id
          |     ^^^^^^^
      rule-keys.yaml:12:9: error: \`not an id\` is not a rule id; expected letters, digits, \`.\`, \`_\` and \`-\` only [bad-id]
        12 |   - id: not an id
           |         ^^^^^^^^^
        for instance \`not-an-id\`
      rule-keys.yaml:17:9: error: expected a string, found the number 42 [wrong-type]
        17 |   - id: 42
           |         ^^
        quote it: \`"42"\`
      rule-keys.yaml:18:14: error: expected a string, found the number 3 [wrong-type]
        18 |     message: 3
           |              ^
        quote it: \`"3"\`
      rule-keys.yaml:21:14: error: expected a string, found the number 1 [wrong-type]
        21 |     pattern: 1.0
           |              ^^^
        quote it: \`"1.0"\`
      rule-keys.yaml:22:5: error: expected the key \`languages\`: a list such as \`[python]\` [missing-key] (rule missing-everything)
        22 |   - id: missing-everything
           |     ^^
      rule-keys.yaml:22:5: error: expected the key \`message\`: what to tell whoever wrote the code [missing-key] (rule missing-everything)
        22 |   - id: missing-everything
           |     ^^
      rule-keys.yaml:22:5: error: expected the key \`severity\`: \`ERROR\`, \`WARNING\`, \`INFO\`, \`CRITICAL\`, \`HIGH\`, \`MEDIUM\`, \`LOW\`, \`INVENTORY\` or \`EXPERIMENT\` [missing-key] (rule missing-everything)
        22 |   - id: missing-everything
           |     ^^
      rule-keys.yaml:22:5: error: expected a formula: \`pattern\`, \`pattern-regex\`, \`patterns\` or \`pattern-either\` [no-formula] (rule missing-everything)
        22 |   - id: missing-everything
           |     ^^
      rule-keys.yaml:24:11: error: \`serch\` is not allowed here; expected \`search\`, \`taint\`, \`extract\`, \`join\` or \`step\` [bad-value] (rule wrong-words)
        24 |     mode: serch
           |           ^^^^^
        did you mean \`search\`?
      rule-keys.yaml:26:15: error: \`error\` is not allowed here; expected \`ERROR\`, \`WARNING\`, \`INFO\`, \`CRITICAL\`, \`HIGH\`, \`MEDIUM\`, \`LOW\`, \`INVENTORY\` or \`EXPERIMENT\` [bad-value] (rule wrong-words)
        26 |     severity: error
           |               ^^^^^
        did you mean \`ERROR\`?
      rule-keys.yaml:30:11: error: rules made of steps are not supported [unsupported-mode] (rule steps)
        30 |     mode: step
           |           ^^^^
      rule-keys.yaml:36:14: error: expected a string, found a list [wrong-type] (rule wrong-types)
        36 |     message: [m]
           |              ^^^
      rule-keys.yaml:38:16: error: expected a list of strings, found the string "python" [wrong-type] (rule wrong-types)
        38 |     languages: python
           |                ^^^^^^
        write \`[python]\`
      rule-keys.yaml:40:10: error: expected a string, found the boolean true [wrong-type] (rule wrong-types)
        40 |     fix: true
           |          ^^^^
        quote it: \`"true"\`
      rule-keys.yaml:41:17: error: expected the key \`replacement\`: what to put in its place [missing-key] (rule wrong-types)
        41 |     fix-regex: {regex: a, count: many}
           |                 ^^^^^
      rule-keys.yaml:41:34: error: expected a whole number, found the string "many" [wrong-type] (rule wrong-types)
        41 |     fix-regex: {regex: a, count: many}
           |                                  ^^^^
      rule-keys.yaml:42:22: error: expected a list of strings, found the string "*.py" [wrong-type] (rule wrong-types)
        42 |     paths: {include: "*.py", excludes: [a]}
           |                      ^^^^^^
        write \`["*.py"]\`
      rule-keys.yaml:42:30: error: \`excludes\` is not allowed here; expected \`include\` or \`exclude\` [unexpected-key] (rule wrong-types)
        42 |     paths: {include: "*.py", excludes: [a]}
           |                              ^^^^^^^^
        did you mean \`exclude\`?
      rule-keys.yaml:43:15: error: expected a mapping, found a list [wrong-type] (rule wrong-types)
        43 |     metadata: [a]
           |               ^^^
      rule-keys.yaml:44:14: error: expected a mapping, found a list [wrong-type] (rule wrong-types)
        44 |     options: [a]
           |              ^^^
      rule-keys.yaml:45:17: error: expected a list of validators, found the string "none" [wrong-type] (rule wrong-types)
        45 |     validators: none
           |                 ^^^^
      rule-keys.yaml:51:18: error: expected a version as a string, such as "1.100.0", found the number 1.5 [wrong-type] (rule versions)
        51 |     min-version: 1.5
           |                  ^^^
        quote it: \`"1.5"\`
      rule-keys.yaml:52:18: error: \`v2\` is not a version; expected three numbers such as \`1.100.0\` [bad-version] (rule versions)
        52 |     max-version: v2
           |                  ^^
      rule-keys.yaml:53:5: error: expected a rule: a mapping with \`id\`, \`languages\`, \`message\`, \`severity\` and a pattern, found the string "just a string" [wrong-type]
        53 |   - just a string
           |     ^^^^^^^^^^^^^
      rule-keys.yaml:59:5: error: the key \`message\` stands twice in one mapping (first on line 55) [duplicate-key] (rule twice)
        59 |     message: n
           |     ^^^^^^^
        keep one, or write a second list item with its own hyphen
      loaded: good-first, good-last"
    `);
  });

  test('warnings', () => {
    expect(reportFixture('rule-warnings.yaml')).toMatchInlineSnapshot(`
      "rule-warnings.yaml:4:5: warning: the key \`mesage\` is unknown here and has no effect [unknown-key] (rule unknown-key)
        4 |     mesage: old
          |     ^^^^^^
        did you mean \`message\`?
      rule-warnings.yaml:9:9: warning: an empty id makes the rule \`no-rule-id\` [empty-id]
        9 |   - id: ""
          |         ^^
      rule-warnings.yaml:14:5: warning: \`metadata\` has no effect: it has no value [ignored-key] (rule no-rule-id)
        14 |     metadata:
           |     ^^^^^^^^
        indent what belongs to it, or remove it
      rule-warnings.yaml:20:5: warning: \`pattern-not\` has no effect: it may only stand in a list of \`patterns\` [ignored-key] (rule stray-operators)
        20 |     pattern-not: a(1)
           |     ^^^^^^^^^^^
        put it under \`patterns:\`, with a hyphen before each operator
      rule-warnings.yaml:21:5: warning: \`pattern-sinks\` has no effect: only rules with \`mode: taint\` read it [ignored-key] (rule stray-operators)
        21 |     pattern-sinks: []
           |     ^^^^^^^^^^^^^
      rule-warnings.yaml:26:5: warning: \`pattern\` has no effect: \`match\` is used instead [ignored-key] (rule match-wins)
        26 |     pattern: a()
           |     ^^^^^^^
      rule-warnings.yaml:33:15: warning: the option \`symetric_eq\` is unknown and has no effect [unknown-option] (rule options)
        33 |     options: {symetric_eq: true, timeout: 5}
           |               ^^^^^^^^^^^
        did you mean \`symmetric_eq\`?
      rule-warnings.yaml:39:25: warning: an empty \`pattern-either\` matches nothing [empty-list] (rule empty-lists)
        39 |       - pattern-either: []
           |                         ^^
      rule-warnings.yaml:40:29: warning: an empty focus leaves no finding [empty-list] (rule empty-lists)
        40 |       - focus-metavariable: []
           |                             ^^
      rule-warnings.yaml:48:44: warning: no positive pattern binds \`$ARGUMNET\` here, so this can never hold [unbound-metavariable] (rule unbound)
        48 |       - metavariable-regex: {metavariable: $ARGUMNET, regex: a}
           |                                            ^^^^^^^^^
        did you mean \`$ARGUMENT\`?
      rule-warnings.yaml:49:47: warning: no positive pattern binds \`$Y\` here, so this can never hold [unbound-metavariable] (rule unbound)
        49 |       - metavariable-comparison: {comparison: '$Y > 1 and $X < 3 and re.match("$Z", $X)'}
           |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      rule-warnings.yaml:51:25: warning: \`x\` is not a metavariable, so nothing can be bound to it; expected one such as \`$X\` [bad-metavariable] (rule unbound)
        51 |           metavariable: x
           |                         ^
        did you mean \`$X\`?
      rule-warnings.yaml:55:35: warning: no positive pattern binds \`$W\` here, so this can never hold [unbound-metavariable] (rule unbound)
        55 |             - focus-metavariable: $W
           |                                   ^^
      rule-warnings.yaml:56:29: warning: no positive pattern binds \`$OTHER\` here, so this can never hold [unbound-metavariable] (rule unbound)
        56 |       - focus-metavariable: [$INNER, $OTHER]
           |                             ^^^^^^^^^^^^^^^^
      rule-warnings.yaml:68:9: warning: the id \`unknown-key\` is taken by the rule on line 3; both run under one name [duplicate-id] (rule unknown-key)
        68 |   - id: unknown-key
           |         ^^^^^^^^^^^
        give each rule an id of its own
      rule-warnings.yaml:81:9: warning: no positive pattern binds \`$Y\` here, so this can never hold [unbound-metavariable] (rule test-that-cleans-nothing)
        81 |       - {pattern: is_name($X), clean-if-true: $X, clean-if-false: $Y}
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      loaded: unknown-key, no-rule-id, stray-operators, match-wins, options, empty-lists, unbound, bound-in-many-ways, unknown-key, test-that-cleans-nothing"
    `);
  });

  test('classic operators', () => {
    expect(reportFixture('classic-operators.yaml')).toMatchInlineSnapshot(`
      "classic-operators.yaml:8:5: error: expected one formula, found \`pattern\` and \`patterns\` [several-formulas] (rule two-roots)
        8 |     patterns:
          |     ^^^^^^^^
        to require both, put them under one \`patterns:\`, each with its own hyphen; for either, under \`pattern-either:\`
      classic-operators.yaml:10:9: error: \`pattern-nto\` is not an operator [unknown-operator] (rule mistyped)
        10 |       - pattern-nto: f(1)
           |         ^^^^^^^^^^^
        did you mean \`pattern-not\`?
      classic-operators.yaml:11:9: error: \`metavariable-regexp\` is not an operator [unknown-operator] (rule mistyped)
        11 |       - metavariable-regexp: {metavariable: $X, regex: a}
           |         ^^^^^^^^^^^^^^^^^^^
        did you mean \`metavariable-regex\`?
      classic-operators.yaml:12:9: error: \`inside\` is not an operator [unknown-operator] (rule mistyped)
        12 |       - inside: g()
           |         ^^^^^^
        outside of \`match:\`, write \`pattern-inside\`
      classic-operators.yaml:13:46: error: expected one formula, found \`pattern\` and \`pattern-regex\` [several-formulas] (rule two-roots)
        13 |   - {<<: *base, id: two-roots, pattern: a(), pattern-regex: b}
           |                                              ^^^^^^^^^^^^^
        to require both, put them under one \`patterns:\`, each with its own hyphen; for either, under \`pattern-either:\`
      classic-operators.yaml:20:9: error: expected one operator, found \`pattern\` and \`pattern-not\` in one item [several-keys] (rule hyphen)
        20 |         pattern-not: f(1)
           |         ^^^^^^^^^^^
        did you forget a hyphen before \`pattern-not\`?
      classic-operators.yaml:21:9: error: expected an operator and its value, found "f(2)" [bare-string] (rule hyphen)
        21 |       - f(2)
           |         ^^^^
        write \`- pattern: …\`
      classic-operators.yaml:22:9: error: expected an operator and its value, found the number 3 [wrong-type] (rule hyphen)
        22 |       - 3
           |         ^
      classic-operators.yaml:23:9: error: expected a value after \`metavariable-pattern\`, found nothing [wrong-type] (rule hyphen)
        23 |       - metavariable-pattern:
           |         ^^^^^^^^^^^^^^^^^^^^
        indent \`metavariable\` and what follows more deeply than \`metavariable-pattern\`
      classic-operators.yaml:26:9: error: expected an operator and its value, found a list [wrong-type] (rule hyphen)
        26 |       - [pattern: a]
           |         ^^^^^^^^^^^^
      classic-operators.yaml:27:9: error: expected an operator and its value, found a mapping [wrong-type] (rule hyphen)
        27 |       - {}
           |         ^^
      classic-operators.yaml:34:9: error: \`pattern-not\` may not stand in a \`pattern-either\` list [misplaced-operator] (rule either-of-conditions)
        34 |       - pattern-not: f(1)
           |         ^^^^^^^^^^^
        put it under a \`patterns:\`, next to a positive pattern
      classic-operators.yaml:35:9: error: \`focus-metavariable\` may not stand in a \`pattern-either\` list [misplaced-operator] (rule either-of-conditions)
        35 |       - focus-metavariable: $X
           |         ^^^^^^^^^^^^^^^^^^
        put it under a \`patterns:\`, next to a positive pattern
      classic-operators.yaml:36:9: error: \`metavariable-regex\` may not stand in a \`pattern-either\` list [misplaced-operator] (rule either-of-conditions)
        36 |       - metavariable-regex: {metavariable: $X, regex: a}
           |         ^^^^^^^^^^^^^^^^^^
        put it under a \`patterns:\`, next to a positive pattern
      classic-operators.yaml:41:5: error: \`pattern-inside\` may not stand on its own [misplaced-operator] (rule only-inside)
        41 |     pattern-inside: f()
           |     ^^^^^^^^^^^^^^
        put it under a \`patterns:\`, next to a positive pattern
      classic-operators.yaml:46:5: error: expected a formula: \`pattern\`, \`pattern-regex\`, \`patterns\` or \`pattern-either\` [no-formula] (rule mistyped-root)
        46 |     patern: f()
           |     ^^^^^^
        did you mean \`pattern\`?
      classic-operators.yaml:47:5: error: expected a formula: \`pattern\`, \`pattern-regex\`, \`patterns\` or \`pattern-either\` [no-formula] (rule nothing)
        47 |   - id: nothing
           |     ^^
      classic-operators.yaml:57:9: error: \`pattern-where-python\` runs code from the rule and has been removed from the language [removed-operator] (rule python-code)
        57 |       - pattern-where-python: "'a' in vars['$X']"
           |         ^^^^^^^^^^^^^^^^^^^^
        use \`metavariable-comparison\`
      classic-operators.yaml:64:40: error: expected at least one positive term: negations and conditions alone match nothing [no-positive-term] (rule only-negative)
        64 |       - pattern-not-inside: {patterns: [pattern-not-regex: b]}
           |                                        ^
        add what is to be found, then what to leave out
      classic-operators.yaml:72:23: error: \`pattern-not\` may only stand in a conjunction, next to what it is to be taken away from [misplaced-negation] (rule negation-of-negation)
        72 |       - pattern-not: {pattern-not: f(1)}
           |                       ^^^^^^^^^^^
      classic-operators.yaml:73:40: error: expected one operator, found \`pattern\` and \`pattern-not\` in one item [several-keys] (rule negation-of-negation)
        73 |       - pattern-inside: {pattern: a(), pattern-not: b()}
           |                                        ^^^^^^^^^^^
        did you forget a hyphen before \`pattern-not\`?
      classic-operators.yaml:80:30: error: expected the key \`regex\`: a regular expression [missing-key] (rule conditions)
        80 |       - metavariable-regex: {metavariable: $X, regx: a}
           |                              ^^^^^^^^^^^^
        is \`regx\` meant to be \`regex\`?
      classic-operators.yaml:80:48: warning: the key \`regx\` is unknown here and has no effect [unknown-key] (rule conditions)
        80 |       - metavariable-regex: {metavariable: $X, regx: a}
           |                                                ^^^^
        did you mean \`regex\`?
      classic-operators.yaml:81:29: error: expected a mapping, found a list [wrong-type] (rule conditions)
        81 |       - metavariable-regex: [a]
           |                             ^^^
      classic-operators.yaml:82:32: error: expected a formula: \`pattern\`, \`pattern-regex\`, \`patterns\` or \`pattern-either\` [no-formula] (rule conditions)
        82 |       - metavariable-pattern: {metavariable: $X}
           |                                ^^^^^^^^^^^^
      classic-operators.yaml:83:60: error: unknown language \`klingon\` [bad-condition] (rule conditions)
        83 |       - metavariable-pattern: {metavariable: $X, language: klingon, pattern: a}
           |                                                            ^^^^^^^
      classic-operators.yaml:84:35: error: expected the key \`metavariable\`, without which \`strip: true\` is not allowed [bad-condition] (rule conditions)
        84 |       - metavariable-comparison: {comparison: $X > 0, strip: true}
           |                                   ^^^^^^^^^^
      classic-operators.yaml:85:47: error: expected a string, found the number 1 [wrong-type] (rule conditions)
        85 |       - metavariable-comparison: {comparison: 1, strip: maybe}
           |                                               ^
        quote it: \`"1"\`
      classic-operators.yaml:85:57: error: expected \`true\` or \`false\`, found the string "maybe" [wrong-type] (rule conditions)
        85 |       - metavariable-comparison: {comparison: 1, strip: maybe}
           |                                                         ^^^^^
      classic-operators.yaml:86:61: error: \`entorpy\` is not allowed here; expected \`entropy\`, \`redos\` or \`entropy_v2\` [bad-value] (rule conditions)
        86 |       - metavariable-analysis: {metavariable: $X, analyzer: entorpy}
           |                                                             ^^^^^^^
        did you mean \`entropy\`?
      classic-operators.yaml:87:86: error: \`lenient\` is not allowed here; expected \`lax\`, \`default\` or \`strict\` [bad-value] (rule conditions)
        87 |       - metavariable-analysis: {metavariable: $X, analyzer: {kind: entropy_v2, mode: lenient, size: 1}}
           |                                                                                      ^^^^^^^
      classic-operators.yaml:87:95: warning: the key \`size\` is unknown here and has no effect [unknown-key] (rule conditions)
        87 |       - metavariable-analysis: {metavariable: $X, analyzer: {kind: entropy_v2, mode: lenient, size: 1}}
           |                                                                                               ^^^^
      classic-operators.yaml:88:29: error: types are not known in \`ruby\`, so a condition on them cannot hold [bad-condition] (rule conditions)
        88 |       - metavariable-type: {metavariable: $X, type: int}
           |                             ^^^^^^^^^^^^
      classic-operators.yaml:89:29: error: expected at least one type under \`type\` or \`types\` [bad-condition] (rule conditions)
        89 |       - metavariable-type: {metavariable: $X, types: []}
           |                             ^^^^^^^^^^^^
      classic-operators.yaml:90:29: error: expected the key \`type\`: a type such as \`int\`, or a list of them under \`types\` [missing-key] (rule conditions)
        90 |       - metavariable-type: {metavariable: $X}
           |                             ^^^^^^^^^^^^
      classic-operators.yaml:91:29: error: expected the key \`module\`: the module the name must come from [missing-key] (rule conditions)
        91 |       - metavariable-name: {metavariable: $X}
           |                             ^^^^^^^^^^^^
      classic-operators.yaml:92:29: error: expected a metavariable or a list of them, found the number 3 [wrong-type] (rule conditions)
        92 |       - focus-metavariable: 3
           |                             ^
      loaded: "
    `);
  });

  test('match syntax', () => {
    expect(reportFixture('match-syntax.yaml')).toMatchInlineSnapshot(`
      "match-syntax.yaml:10:11: error: expected one operator, found \`pattern\` and \`regex\` [several-formulas] (rule kinds)
        10 |           regex: g
           |           ^^^^^
        put both under \`all\` or \`any\`
      match-syntax.yaml:11:11: error: \`patterns\` is not allowed here; expected \`pattern\`, \`regex\`, \`all\`, \`any\`, \`not\`, \`inside\`, \`anywhere\`, \`where\`, \`as\` or \`fix\` [unknown-operator] (rule kinds)
        11 |         - patterns: [pattern: a]
           |           ^^^^^^^^
        under \`match:\`, write \`all\`
      match-syntax.yaml:12:11: error: \`patern\` is not allowed here; expected \`pattern\`, \`regex\`, \`all\`, \`any\`, \`not\`, \`inside\`, \`anywhere\`, \`where\`, \`as\` or \`fix\` [unknown-operator] (rule kinds)
        12 |         - patern: a
           |           ^^^^^^
        did you mean \`pattern\`?
      match-syntax.yaml:13:11: error: \`taint\` may only stand at the top of a rule [unknown-operator] (rule kinds)
        13 |         - taint: {sources: [], sinks: []}
           |           ^^^^^
      match-syntax.yaml:14:11: error: expected a formula: \`pattern\`, \`regex\`, \`all\`, \`any\`, \`not\`, \`inside\` or \`anywhere\` [no-formula] (rule kinds)
        14 |         - {}
           |           ^
      match-syntax.yaml:15:11: error: expected a pattern, or a mapping with one operator, found the number 3 [wrong-type] (rule kinds)
        15 |         - 3
           |           ^
      match-syntax.yaml:16:16: error: expected a list of formulas, found the string "f()" [wrong-type] (rule kinds)
        16 |         - any: f()
           |                ^^^
      match-syntax.yaml:23:11: error: \`not\` may only stand in a conjunction, next to what it is to be taken away from [misplaced-negation] (rule negations)
        23 |         - not: f()
           |           ^^^
      match-syntax.yaml:26:21: error: \`not\` may only stand in a conjunction, next to what it is to be taken away from [misplaced-negation] (rule negations)
        26 |             - not: {not: h()}
           |                     ^^^
      match-syntax.yaml:27:20: error: \`not\` may only stand in a conjunction, next to what it is to be taken away from [misplaced-negation] (rule negations)
        27 |         - inside: {not: i()}
           |                    ^^^
      match-syntax.yaml:33:7: error: expected at least one positive term: negations and conditions alone match nothing [no-positive-term] (rule only-negative)
        33 |       all:
           |       ^^^
        add what is to be found, then what to leave out
      match-syntax.yaml:44:11: error: expected what must hold of the metavariable: a formula, \`type\`, \`types\` or \`analyzer\` [no-formula] (rule conditions)
        44 |         - metavariable: $X
           |           ^^^^^^^^^^^^
      match-syntax.yaml:46:11: error: \`not\` may only stand in a conjunction, next to what it is to be taken away from [misplaced-negation] (rule conditions)
        46 |           not: g()
           |           ^^^
      match-syntax.yaml:47:11: error: expected a condition: \`focus\`, \`comparison\` or \`metavariable\` [unknown-operator] (rule conditions)
        47 |         - focuss: $X
           |           ^^^^^^
        did you mean \`focus\`?
      match-syntax.yaml:48:11: error: expected a condition, found the string "$X" [wrong-type] (rule conditions)
        48 |         - $X
           |           ^^
      match-syntax.yaml:50:21: error: expected \`entropy\`, \`redos\` or \`entropy_v2\`, found a list [wrong-type] (rule conditions)
        50 |           analyzer: [entropy]
           |                     ^^^^^^^^^
      match-syntax.yaml:51:11: error: expected a condition: \`focus\`, \`comparison\` or \`metavariable\` [unknown-operator] (rule conditions)
        51 |         - metavariable-regex: {metavariable: $X, regex: a}
           |           ^^^^^^^^^^^^^^^^^^
        under \`match:\`, write the keys of the condition alone, such as \`{metavariable: $X, regex: …}\`
      match-syntax.yaml:58:14: error: expected a list of conditions, found a mapping [wrong-type] (rule where-is-a-list)
        58 |       where: {focus: $X}
           |              ^^^^^^^^^^^
      match-syntax.yaml:59:11: error: expected a metavariable, found a list [wrong-type] (rule where-is-a-list)
        59 |       as: [$Y]
           |           ^^^^
      match-syntax.yaml:68:11: warning: \`where\` has no effect: what \`not\` takes away has no bindings [ignored-key] (rule tolerated)
        68 |           where:
           |           ^^^^^
        indent it under \`not:\`, next to the formula it is about
      match-syntax.yaml:72:11: warning: \`comparison\` has no effect: \`focus\` stands alone in its list item [ignored-key] (rule tolerated)
        72 |           comparison: $X > 1
           |           ^^^^^^^^^^
      loaded: tolerated"
    `);
  });

  test('taint rules', () => {
    expect(reportFixture('taint-rules.yaml')).toMatchInlineSnapshot(`
      "taint-rules.yaml:9:9: error: expected a mapping with a formula such as \`pattern:\`, found the string "source()" [wrong-type] (rule classic)
        9 |       - source()
          |         ^^^^^^^^
      taint-rules.yaml:11:16: error: expected \`true\` or \`false\`, found the string "maybe" [wrong-type] (rule classic)
        11 |         exact: maybe
           |                ^^^^^
      taint-rules.yaml:12:16: error: expected a string, found the number 3 [wrong-type] (rule classic)
        12 |         label: 3
           |                ^
        quote it: \`"3"\`
      taint-rules.yaml:13:9: error: \`pattern-inside\` may not stand on its own [misplaced-operator] (rule classic)
        13 |       - pattern-inside: source()
           |         ^^^^^^^^^^^^^^
        put it under a \`patterns:\`, next to a positive pattern
      taint-rules.yaml:15:9: error: expected one formula, found \`pattern\` and \`patterns\` [several-formulas] (rule classic)
        15 |         patterns: []
           |         ^^^^^^^^
        to require both, put them under one \`patterns:\`, each with its own hyphen; for either, under \`pattern-either:\`
      taint-rules.yaml:16:9: error: expected a formula: \`pattern\`, \`pattern-regex\`, \`patterns\` or \`pattern-either\` [no-formula] (rule classic)
        16 |       - label: A
           |         ^^^^^
      taint-rules.yaml:19:19: error: expected an expression over labels, found the boolean true [wrong-type] (rule classic)
        19 |         requires: true
           |                   ^^^^
      taint-rules.yaml:21:29: error: expected a mapping \`$X: expression\`, found the string "B" [wrong-type] (rule classic)
        21 |         requires: [{$X: A}, B]
           |                             ^
      taint-rules.yaml:24:25: error: expected \`true\` or \`false\`, found the string "only" [wrong-type] (rule classic)
        24 |         by-side-effect: only
           |                         ^^^^
      taint-rules.yaml:25:19: error: expected at least one positive term: negations and conditions alone match nothing [no-positive-term] (rule classic)
        25 |       - patterns: [pattern-not: clean()]
           |                   ^
        add what is to be found, then what to leave out
      taint-rules.yaml:27:9: error: expected the key \`to\`: the metavariable that becomes tainted [missing-key] (rule classic)
        27 |       - pattern: f($A, $B)
           |         ^^^^^^^
      taint-rules.yaml:32:25: error: expected a list of strings, found the string "A" [wrong-type] (rule classic)
        32 |         replace-labels: A
           |                         ^
        write \`[A]\`
      taint-rules.yaml:33:5: error: expected the key \`pattern-sinks\`: a list of formulas [missing-key] (rule no-sinks)
        33 |   - id: no-sinks
           |     ^^
      taint-rules.yaml:38:22: error: expected a list of formulas, found a mapping [wrong-type] (rule no-sinks)
        38 |     pattern-sources: {pattern: source()}
           |                      ^^^^^^^^^^^^^^^^^^^
      taint-rules.yaml:43:5: error: \`pattern-sources\` belongs to taint rules; expected \`mode: taint\` or a pattern [no-formula] (rule no-mode)
        43 |     pattern-sources: []
           |     ^^^^^^^^^^^^^^^
        add \`mode: taint\`
      taint-rules.yaml:44:5: warning: \`pattern-sinks\` has no effect: only rules with \`mode: taint\` read it [ignored-key] (rule no-mode)
        44 |     pattern-sinks: []
           |     ^^^^^^^^^^^^^
      taint-rules.yaml:46:11: error: a rule with the key \`taint\` is a taint rule, but its mode is \`search\` [bad-value] (rule newer)
        46 |     mode: search
           |           ^^^^^^
        remove \`mode\` or write \`mode: taint\`
      taint-rules.yaml:51:7: error: expected the key \`sinks\`: a list of formulas [missing-key] (rule newer)
        51 |       sources:
           |       ^^^^^^^
      taint-rules.yaml:53:31: error: \`exat\` is not allowed here; expected \`pattern\`, \`regex\`, \`all\`, \`any\`, \`not\`, \`inside\`, \`anywhere\`, \`where\`, \`as\` or \`fix\` [unknown-operator] (rule newer)
        53 |         - {pattern: source(), exat: true}
           |                               ^^^^
        did you mean \`exact\`?
      taint-rules.yaml:55:7: warning: the key \`sanitisers\` is unknown here and has no effect [unknown-key] (rule newer)
        55 |       sanitisers: []
           |       ^^^^^^^^^^
        did you mean \`sanitizers\`?
      taint-rules.yaml:61:5: warning: \`pattern\` has no effect: only rules with \`mode: search\` read it [ignored-key] (rule warnings-only)
        61 |     pattern: ignored()
           |     ^^^^^^^
      taint-rules.yaml:62:43: warning: the key \`lable\` is unknown here and has no effect [unknown-key] (rule warnings-only)
        62 |     pattern-sources: [{pattern: source(), lable: A}]
           |                                           ^^^^^
        did you mean \`label\`?
      taint-rules.yaml:64:50: warning: no positive pattern binds \`$B\` here, so this can never hold [unbound-metavariable] (rule warnings-only)
        64 |     pattern-propagators: [{pattern: f($A), from: $A, to: $B}]
           |                                                  ^^
      taint-rules.yaml:71:47: error: \`B and (\` is no expression over labels: a label is missing at the end [bad-value] (rule labels)
        71 |     - {pattern: source(), label: A, requires: "B and ("}
           |                                               ^^^^^^^^^
        write labels with \`and\`, \`or\`, \`not\` and parentheses: \`A and not B\`
      taint-rules.yaml:73:59: error: \`B or\` is no expression over labels: a label is missing at the end [bad-value] (rule labels)
        73 |     - {pattern: "$A.put($B)", from: $B, to: $A, requires: B or}
           |                                                           ^^^^
        write labels with \`and\`, \`or\`, \`not\` and parentheses: \`A and not B\`
      taint-rules.yaml:75:38: error: \`A && B\` is no expression over labels: \`&&\` is not expected there [bad-value] (rule labels)
        75 |     - {pattern: sink(...), requires: A && B}
           |                                      ^^^^^^
        write labels with \`and\`, \`or\`, \`not\` and parentheses: \`A and not B\`
      taint-rules.yaml:76:45: error: \`A B\` is no expression over labels: \`B\` is not expected there [bad-value] (rule labels)
        76 |     - {pattern: "drain($X)", requires: [$X: A B]}
           |                                             ^^^
        write labels with \`and\`, \`or\`, \`not\` and parentheses: \`A and not B\`
      loaded: warnings-only"
    `);
  });

  test('languages and options', () => {
    expect(reportFixture('languages.yaml')).toMatchInlineSnapshot(`
      "languages.yaml:3:66: error: unknown language \`pyhton\` [unknown-language] (rule unknown)
        3 |   - {id: unknown, message: m, severity: LOW, languages: [python, pyhton, klingon], pattern: a()}
          |                                                                  ^^^^^^
        did you mean \`python\`?
      languages.yaml:3:74: error: unknown language \`klingon\` [unknown-language] (rule unknown)
        3 |   - {id: unknown, message: m, severity: LOW, languages: [python, pyhton, klingon], pattern: a()}
          |                                                                          ^^^^^^^
      languages.yaml:4:60: error: expected at least one language [no-language] (rule none-named)
        4 |   - {id: none-named, message: m, severity: LOW, languages: [], pattern: a()}
          |                                                            ^^
      languages.yaml:5:57: error: expected a string: the name of a language, found the number 3 [wrong-type] (rule number)
        5 |   - {id: number, message: m, severity: LOW, languages: [3], pattern: a()}
          |                                                         ^
        quote it: \`"3"\`
      languages.yaml:6:55: error: \`generic\` must be the only language of a rule [language-alone] (rule mixed)
        6 |   - {id: mixed, message: m, severity: LOW, languages: [python, generic], pattern: a()}
          |                                                       ^^^^^^^^^^^^^^^^^
        write one rule for each
      languages.yaml:7:61: error: \`regex\` must be the only language of a rule [language-alone] (rule regex-twice)
        7 |   - {id: regex-twice, message: m, severity: LOW, languages: [regex, none], pattern-regex: a}
          |                                                             ^^^^^^^^^^^^^
        write one rule for each
      languages.yaml:8:84: error: rules for the language \`regex\` have no patterns; \`pattern\` is refused [regex-only] (rule pattern-in-regex)
        8 |   - {id: pattern-in-regex, message: m, severity: LOW, languages: [regex], pattern: a}
          |                                                                                    ^
        use \`pattern-regex\`
      languages.yaml:9:99: error: rules for the language \`regex\` have no patterns; \`pattern\` is refused [regex-only] (rule match-in-regex)
        9 |   - {id: match-in-regex, message: m, severity: LOW, languages: [none], match: {all: [a, {pattern: b}]}}
          |                                                                                                   ^
        use \`regex\`
      languages.yaml:16:77: error: rules for the language \`regex\` have no patterns; \`pattern\` is refused [regex-only] (rule nested-in-regex)
        16 |       - metavariable-pattern: {metavariable: $X, language: python, pattern: b}
           |                                                                             ^
        use \`pattern-regex\`
      languages.yaml:23:20: error: expected \`true\` or \`false\`, found \`1\` [bad-option] (rule options)
        23 |       ac_matching: 1
           |                    ^
      languages.yaml:24:23: error: expected \`sink\` or \`source\`, found \`nowhere\` [bad-option] (rule options)
        24 |       taint_focus_on: nowhere
           |                       ^^^^^^^
      languages.yaml:25:23: error: expected \`spacegrep\` or \`aliengrep\`, found a list [bad-option] (rule options)
        25 |       generic_engine: [aliengrep]
           |                       ^^^^^^^^^^^
      languages.yaml:26:34: error: expected a number of lines, found \`ten\` [bad-option] (rule options)
        26 |       generic_ellipsis_max_span: ten
           |                                  ^^^
      languages.yaml:27:23: error: expected a list of pairs such as \`["(", ")"]\`, found a list [bad-option] (rule options)
        27 |       generic_braces: [["<", ">"], ["<"]]
           |                       ^^^^^^^^^^^^^^^^^^^
      languages.yaml:28:38: error: expected a list of characters, found \`-\` [bad-option] (rule options)
        28 |       generic_extra_word_characters: "-"
           |                                      ^^^
      languages.yaml:29:18: error: expected \`true\` or \`false\`, found \`maybe\` [bad-option] (rule options)
        29 |       interfile: maybe
           |                  ^^^^^
      loaded: "
    `);
  });
});

test.each([
  ['pattern: [a]', 'wrong-type', 'schema'],
  ['pattern: a\nlanguages: [klingon]', 'unknown-language', 'language'],
  ['pattern: a\noptions: {interfile: 3}', 'bad-option', 'rule'],
  ['patterns: [pattern: a, focus-metavariable: 3]', 'wrong-type', 'rule'],
  ['patterns: [pattern: a, pattern-inside: {pattern: b, c: d}]', 'several-keys', 'rule'],
  ['patterns: [pattern: a, pattern-inside: {pattern: b, pattern-not: d}]', 'several-keys', 'schema'],
  ['match: {patern: a}', 'unknown-operator', 'schema'],
  ['match: {pattern: a, wher: []}', 'unknown-operator', 'rule'],
  ['mode: taint\npattern-sources: [{pattern: a, label: 1}]\npattern-sinks: []', 'wrong-type', 'rule'],
  ['mode: taint\npattern-sources: {}\npattern-sinks: []', 'wrong-type', 'schema'],
])('%j fails at the stage at which Semgrep would stop', (body, code, stage) => {
  const languages = body.includes('languages') ? '' : 'languages: [python]\n';
  const rule = `id: a\nmessage: m\nseverity: LOW\n${languages}${body}`.replaceAll('\n', '\n  ');
  const { problems } = loadRules(`rules:\n- ${rule}\n`, 'f');
  expect(problems.map((problem) => [problem.code, problem.stage])).toEqual([[code, stage]]);
});

test('files that are no rule files', () => {
  const texts = [
    '',
    '# only a comment\n',
    'hello',
    '- id: a\n',
    'rulez: []\n',
    'rules: {}\n',
    'rules:\n',
    '{"rules": []}',
  ];
  expect(texts.map((text) => `${JSON.stringify(text)}\n${report(text)}`).join('\n\n')).toMatchInlineSnapshot(`
    """
    rules.yaml:1:1: error: the file is empty [empty-file]
      a rule file is a mapping with the key \`rules\`
    loaded: 

    "# only a comment\\n"
    rules.yaml:1:1: error: the file is empty [empty-file]
      1 | # only a comment
        | ^
      a rule file is a mapping with the key \`rules\`
    loaded: 

    "hello"
    rules.yaml:1:1: error: expected a mapping with the key \`rules\`, found the string "hello" [not-a-mapping]
      1 | hello
        | ^
    loaded: 

    "- id: a\\n"
    rules.yaml:1:1: error: expected a mapping with the key \`rules\`, found a list [not-a-mapping]
      1 | - id: a
        | ^
      put \`rules:\` above the list
    loaded: 

    "rulez: []\\n"
    rules.yaml:1:1: error: expected the key \`rules\`: a list of rules [missing-rules]
      1 | rulez: []
        | ^^^^^
      is \`rulez\` meant to be \`rules\`?
    loaded: 

    "rules: {}\\n"
    rules.yaml:1:8: error: expected a list of rules, found a mapping [wrong-type]
      1 | rules: {}
        |        ^^
    loaded: 

    "rules:\\n"
    rules.yaml:1:7: error: expected a list of rules, found nothing [wrong-type]
      1 | rules:
        |       ^
    loaded: 

    "{\\"rules\\": []}"
    loaded: "
  `);
});

test('YAML errors', () => {
  const texts = [
    `rules:\n- id: a\n${RULE}  pattern: a()\n- id: b\n\tmessage: m\n`,
    'rules:\n- id: a\n  message: see: this\n  severity: LOW\n  languages: [x]\n  pattern: it: too\n',
    'rules:\n- id: a\n  patterns\n  - pattern: x\n',
    'rules:\n- id: a\n message: m\n',
    'rules:\n- id: a\n  message: "never closed\n  severity: LOW\n- id: b\n',
    'rules:\n- id: a\n  message: "\\d"\n  languages: [python\n  severity: LOW\n',
    'rules:\n- id: a\n  pattern: @decorated\n  fix: `x`\n',
    'rules:\n- id: a\n  pattern: *args\n  fix: !negated\n  message: * all\n',
    'rules: []\n---\nrules: []\n',
    'rules:\n- id: a\n  message: |\n      deep\n    shallow\n',
  ];
  expect(texts.map((text) => report(text)).join('\n\n')).toMatchInlineSnapshot(`
    "rules.yaml:8:1: error: a tab is used for indentation [yaml-syntax]
      8 |  message: m
        | ^
      indent with spaces
    loaded: a

    rules.yaml:3:12: error: a value without quotes may not hold \`: \` nor be followed by an indented key [yaml-syntax]
      3 |   message: see: this
        |            ^
      quote the value, or write it as a block: \`|\` and indented lines
    rules.yaml:6:12: error: a value without quotes may not hold \`: \` nor be followed by an indented key [yaml-syntax]
      6 |   pattern: it: too
        |            ^
      quote the value, or write it as a block: \`|\` and indented lines
    loaded: 

    rules.yaml:3:3: error: expected a \`:\` at the end of this key [yaml-syntax]
      3 |   patterns
        |   ^^^^^^^^
      write \`key: value\`, or \`key:\` with the value indented below
    loaded: 

    rules.yaml:3:1: error: expected a \`-\` here, as before the other items of this list [yaml-syntax]
      3 |  message: m
        | ^
      align the line with the keys it belongs to, or start it with a hyphen
    loaded: 

    rules.yaml:3:12: error: the quote opened here is never closed [yaml-syntax]
      3 |   message: "never closed
        |            ^
    loaded: 

    rules.yaml:3:13: error: \`\\d\` means nothing inside double quotes [yaml-syntax]
      3 |   message: "\\d"
        |             ^^
      use single quotes, or a block: \`|\` and indented lines
    rules.yaml:5:3: error: expected the closing bracket of a list or mapping before this place, or deeper indentation [yaml-syntax]
      5 |   severity: LOW
        |   ^
      close it with \`]\` or \`}\`
    loaded: 

    rules.yaml:3:12: error: a value without quotes may not start with \`@\` [yaml-syntax]
      3 |   pattern: @decorated
        |            ^
      quote the value
    rules.yaml:4:8: error: a value without quotes may not start with \`\`\` [yaml-syntax]
      4 |   fix: \`x\`
        |        ^
      quote the value
    loaded: 

    rules.yaml:3:12: error: \`*\` refers to the anchor \`&args\`, which is not defined before this place [yaml-value]
      3 |   pattern: *args
        |            ^^^^^
      a text that starts with \`*\` must be quoted
    rules.yaml:4:8: error: a value that starts with \`!\` is a YAML tag, and this one is unknown [yaml-value]
      4 |   fix: !negated
        |        ^^^^^^^^
      quote the value
    rules.yaml:5:12: error: \`*\` must be followed by the name of an anchor [yaml-syntax]
      5 |   message: * all
        |            ^
      quote the value
    loaded: 

    rules.yaml:2:1: error: a second YAML document starts here; a rule file holds one [yaml-documents]
      2 | ---
        | ^
      put all rules under one \`rules:\` and remove the \`---\`
    loaded: 

    rules.yaml:5:1: error: the indentation of this line fits none of the lines above [yaml-syntax]
      5 |     shallow
        | ^
      align keys of one mapping, and hyphens of one list, in the same column
    loaded: "
  `);
});

test('after a syntax error the rules before it count; after a lost value, all the others', () => {
  const rule = (id: string, pattern: string): string => `- id: ${id}\n${RULE}  pattern: ${pattern}\n`;
  const ids = (middle: string): string[] =>
    loadRules(`rules:\n${rule('a', 'f()')}${rule('b', middle)}${rule('c', 'g()')}`, 'f').rules.map(({ id }) => id);
  expect(ids('f: g: h')).toEqual(['a']);
  expect(ids('"f()')).toEqual(['a']);
  expect(ids('*f')).toEqual(['a', 'c']);
  expect(ids('!f g')).toEqual(['a', 'c']);
});

test('JSON is read like YAML, with the same places', () => {
  const text =
    '{"rules": [\n\t{"id": "a", "message": "\\u0041\\n", "severity": "LOW",\n\t "languages": ["python"], "pattern": 3}]}';
  expect(report(text, 'rules.json')).toMatchInlineSnapshot(`
    "rules.json:3:39: error: expected a string, found the number 3 [wrong-type] (rule a)
      3 |   "languages": ["python"], "pattern": 3}]}
        |                                       ^
      quote it: \`"3"\`
    loaded: "
  `);
});

test('Windows line ends and a byte order mark change neither values nor places', () => {
  const text = readFixture('rule-keys.yaml');
  const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  expect(loadRules(windows, 'f')).toEqual(loadRules(text, 'f'));
});

test('columns count characters, not UTF-16 units', () => {
  const { problems } = loadRules(`rules:\n- {id: a, message: "🦀🦀", severty: LOW}\n`, 'f');
  expect(problems.map(({ code, column }) => [code, column])).toContainEqual(['unknown-key', 26]);
});

test('rules for other versions are set aside unread', () => {
  const text = ['min-version: 99.0.0', 'max-version: 1.0.0', 'min-version: 1.182.0', 'max-version: 1.182.0']
    .map(
      (range, index) => `- id: r${index}\n${RULE}  ${range}\n  pattern: ${range.includes('1.182') ? 'a()' : '[3]'}\n`,
    )
    .join('');
  expect(report(`rules:\n${text}`)).toMatchInlineSnapshot(`
    "incompatible: r0
    incompatible: r1
    loaded: r2, r3"
  `);
  expect(
    loadRules(`rules:\n${text}`, 'f', { semgrepVersion: '100.0.0' }).incompatible.map((rule) => rule.ruleId),
  ).toEqual(['r1', 'r3']);
});

describe('hostile files are refused, not suffered', () => {
  test('nesting', () => {
    const codes = ['['.repeat(5_000), '- '.repeat(5_000), `rules: ${'{a: '.repeat(5_000)}`].map(
      (text) => loadRules(text, 'f').problems[0]?.code,
    );
    expect(codes).toEqual(['yaml-limit', 'yaml-limit', 'yaml-limit']);
  });

  test('nesting up to the limit is read', () => {
    const nested = (depth: number): string => `rules: []\nx: ${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}\n# é\r`;
    expect(loadRules(nested(MAX_DEPTH), 'f').problems).toEqual([]);
    expect(loadRules(nested(MAX_DEPTH + 1), 'f').problems.map((problem) => problem.code)).toEqual(['yaml-limit']);
  });

  test('aliases that multiply', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inner = level === 0 ? 'x' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array(10).fill(inner).join(', ')}]\n`;
    });
    const text = `${levels.join('')}rules:\n- id: good\n${RULE}  pattern: a()\n- id: bad\n  metadata: {x: *a11}\n`;
    const { problems } = loadRules(text, 'f');
    expect(problems.map((problem) => problem.code)).toContain('yaml-limit');
  });

  test('an alias inside its own anchor', () => {
    expect(report('rules: &a\n- *a\n')).toMatchInlineSnapshot(`
      "rules.yaml:2:3: error: expected a rule: a mapping with \`id\`, \`languages\`, \`message\`, \`severity\` and a pattern, found nothing [wrong-type]
        2 | - *a
          |   ^^
      rules.yaml:2:3: error: \`*\` refers to the anchor \`&a\`, which is not defined before this place [yaml-value]
        2 | - *a
          |   ^^
        a text that starts with \`*\` must be quoted
      loaded: "
    `);
  });

  test('keys that would reach a prototype stay data', () => {
    const text = `rules:\n- id: a\n${RULE}  pattern: a()\n  metadata: {__proto__: {x: 1}, constructor: 2}\n  options: {__proto__: 1}\n`;
    const [rule] = loadRules(text, 'f').rules;
    expect(Object.keys(rule?.metadata ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(rule?.metadata)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(rule?.options.other)).toBe(Object.prototype);
  });

  test('control characters do not reach the terminal', () => {
    const text = 'rules:\n- id: "a\\e[31m\u202e"\n';
    expect(report(text).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('properties', () => {
  const fixtures = readdirSync(FIXTURES).map(readFixture);
  const words = fixtures.join('').match(/[\w-]+|[^\w\s]|\n +|\n/g) ?? [];

  test('no text makes the loader throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.constantFrom(...words)).map((w) => w.join(' ')),
        ),
        (text) => {
          loadRules(text, 'f');
          loadRules(`rules:\n${text}`, 'f');
        },
      ),
      { numRuns: 100 },
    );
  });

  test('damage to a file never throws, and places stay inside the file', () => {
    const edit = fc.record({
      fixture: fc.constantFrom(...fixtures),
      at: fc.nat(),
      drop: fc.nat(5),
      add: fc.constantFrom(...words),
    });
    fc.assert(
      fc.property(edit, ({ fixture, at, drop, add }) => {
        const start = at % fixture.length;
        const text = fixture.slice(0, start) + add + fixture.slice(start + drop);
        const lines = text.split('\n');
        const misplaced = loadRules(text, 'f').problems.filter(
          ({ line, column, endLine, endColumn }) =>
            column - 1 > [...(lines[line - 1] ?? '')].length ||
            line > lines.length ||
            (endLine === line ? endColumn < column : endLine < line),
        );
        expect(misplaced).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
