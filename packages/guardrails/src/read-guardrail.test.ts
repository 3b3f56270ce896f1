import { formatProblem } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { readGuardrail } from './read-guardrail.ts';

const GOOD = `
id: sample
promise: Nothing is left to chance.
weakness: CWE-330
owners: { security: "@acme/appsec", engineering: "@acme/web" }
origin: { kind: incident, date: 2026-02-17, link: "https://tracker.example/SEC-41" }
fix: { summary: Dice were replaced, change: src/dice.py, test: tests/test_dice.py }
stage: comment
languages: [py]
`;

/** Everything that is said about a file, as people get to read it. */
function complaints(text: string): string {
  const { guardrail, problems } = readGuardrail(text, 'sample/guardrail.yaml', 'sample');
  expect(guardrail === null).toBe(problems.some(({ level }) => level === 'error'));
  return problems.map((problem) => formatProblem(problem, text)).join('\n');
}

test('a whole guardrail', () => {
  expect(readGuardrail(GOOD, 'sample/guardrail.yaml', 'sample')).toMatchInlineSnapshot(`
    {
      "guardrail": {
        "exceptions": [],
        "fix": {
          "change": "src/dice.py",
          "summary": "Dice were replaced",
          "test": "tests/test_dice.py",
        },
        "forbid": [],
        "history": [],
        "id": "sample",
        "languages": [
          "python",
        ],
        "message": null,
        "origin": {
          "date": "2026-02-17",
          "kind": "incident",
          "link": "https://tracker.example/SEC-41",
        },
        "owners": {
          "engineering": "@acme/web",
          "security": "@acme/appsec",
        },
        "paths": {
          "exclude": [],
          "include": [],
        },
        "policy": {
          "block": null,
          "comment": null,
          "exceptions": [],
          "inline": true,
        },
        "promise": "Nothing is left to chance.",
        "references": [],
        "require": [],
        "stage": "comment",
        "unsafeCall": [],
        "weakness": "CWE-330",
      },
      "problems": [],
    }
  `);
});

test('what may be left out', () => {
  const brief = GOOD.replace(/^(origin|fix|languages).*\n/gm, '');
  expect(readGuardrail(brief, 'f', 'sample').guardrail).toMatchObject({ origin: null, fix: null, languages: [] });
});

test('everything wrong at once', () => {
  const text = `
id: other
promise: ""
weakness: "532"
owners: { security: 7 }
origin: { kind: rumour, date: 2026-13-01, link: tracker/SEC-41 }
stage: bloc
languages: [pyhton]
stages: block
`;
  expect(complaints(text)).toMatchInlineSnapshot(`
    "sample/guardrail.yaml:2:5: error: the id \`other\` is not the name of the folder [bad-id]
      2 | id: other
        |     ^^^^^
      write \`sample\`
    sample/guardrail.yaml:3:10: error: \`promise\` is empty [bad-value]
      3 | promise: ""
        |          ^^
      expected one sentence that says what the code keeps to
    sample/guardrail.yaml:4:11: error: \`532\` is not a CWE; expected \`CWE-\` and a number [bad-value]
      4 | weakness: "532"
        |           ^^^^^
      write \`CWE-532\`
    sample/guardrail.yaml:5:11: error: expected the key \`engineering\`: who answers for it in engineering [missing-key]
      5 | owners: { security: 7 }
        |           ^^^^^^^^
    sample/guardrail.yaml:5:21: error: expected a string, found the number 7 [wrong-type]
      5 | owners: { security: 7 }
        |                     ^
      quote it: \`"7"\`
    sample/guardrail.yaml:6:17: error: expected one of \`incident\`, \`penetration-test\`, \`bug-bounty\`, \`review\`, \`hunt\`, \`advisory\` [bad-value]
      6 | origin: { kind: rumour, date: 2026-13-01, link: tracker/SEC-41 }
        |                 ^^^^^^
    sample/guardrail.yaml:6:31: error: \`2026-13-01\` is not a date [bad-value]
      6 | origin: { kind: rumour, date: 2026-13-01, link: tracker/SEC-41 }
        |                               ^^^^^^^^^^
      write it as \`2026-01-31\`
    sample/guardrail.yaml:6:49: error: \`tracker/SEC-41\` is not a URL [bad-value]
      6 | origin: { kind: rumour, date: 2026-13-01, link: tracker/SEC-41 }
        |                                                 ^^^^^^^^^^^^^^
      start it with \`https://\`
    sample/guardrail.yaml:7:8: error: expected one of \`monitor\`, \`comment\`, \`block\` [bad-value]
      7 | stage: bloc
        |        ^^^^
      did you mean \`block\`?
    sample/guardrail.yaml:8:13: error: unknown language \`pyhton\` [unknown-language]
      8 | languages: [pyhton]
        |             ^^^^^^
    sample/guardrail.yaml:9:1: warning: the key \`stages\` is unknown here and has no effect [unknown-key]
      9 | stages: block
        | ^^^^^^
      did you mean \`stage\`?"
  `);
});

test.each([
  ['an empty file', ''],
  ['a list', '- id: sample\n'],
  ['broken YAML', 'id: [sample\npromise: x\n'],
  ['a mapping with nothing in it', '{}\n'],
])('%s', (_, text) => {
  expect(complaints(text)).toMatchSnapshot();
});

test('short forms, exceptions and history', () => {
  const text = `${GOOD}
message: Ask the operating system.
references: ["https://docs.example/random"]
paths: { include: src/ }
require:
  - on: "def $F(...): ..."
    where: { $F: ^roll }
    have: ["@checked", check(...), { decorator: guard }]
    except: [{ symbol: roll_open, reason: a demonstration }]
policy: { exceptions: [until], inline: false, block: { triaged: 20, precision: 0.99 } }
history: [{ date: 2026-03-01, from: monitor, to: comment, who: "@acme/web", why: it was right }]
`;
  const { guardrail, problems } = readGuardrail(text, 'sample/guardrail.yaml', 'sample');
  expect(problems).toEqual([]);
  expect(guardrail).toMatchObject({
    message: 'Ask the operating system.',
    paths: { include: ['src/'], exclude: [] },
    policy: { exceptions: ['until'], inline: false, comment: null, block: { triaged: 20, precision: 0.99 } },
    require: [
      {
        on: ['def $F(...): ...'],
        where: { $F: '^roll' },
        have: [
          { kind: 'decorator', decorator: '@checked', place: null },
          { kind: 'call', call: 'check(...)' },
          { kind: 'decorator', decorator: '@guard', place: null },
        ],
        except: [{ symbol: 'roll_open', path: null, reason: 'a demonstration', place: { line: 18, column: 16 } }],
        place: { line: 15, column: 5, path: 'require.0' },
      },
    ],
    history: [{ from: 'monitor', to: 'comment', evidence: null }],
  });
});

test('everything wrong with short forms at once', () => {
  const text = `${GOOD.replace('[py]', '[python, go]')}
require:
  - have: "@guard"
  - on: f(...)
    have: ["@guard", check(), { wrapper: guard }]
  - on: "def $F(...): return 1"
    have: { decorator: "@guard", place: below }
  - on: "def $F(...): ..."
    have: { decorator: "@guard", base: Secure }
  - on: "def $F(...): ..."
  - on: "def $F(...): ..."
    have: []
forbid:
  - instead: json.loads
  - use: pickle.loads(...)
  - { name: No Pickle, use: pickle.loads, where: { X: a } }
unsafe-call:
  - call: send(...)
  - call: send($A)
    argument: { name: to, must-be: present, none-of: None }
  - { call: send(...), argument: { must-be: literl } }
  - { call: send(...), safe: send($A), cleaned-by: clean(...) }
exceptions:
  - { reason: why not }
  - { symbol: f, until: soon, aproved-by: me }
policy: { exceptions: [signature] }
history: [{ date: 2026-03-01, from: monitor, to: comment }]
`;
  expect(complaints(text)).toMatchSnapshot();
});

test('short forms need a language, and one that has them', () => {
  const forms = 'forbid: [{ use: pickle.loads }]\n';
  expect(complaints(GOOD.replace('languages: [py]', '') + forms)).toMatchInlineSnapshot(`
    "sample/guardrail.yaml:2:1: error: expected the key \`languages\`: the languages of its short forms, such as \`[python]\` [missing-key]
      2 | id: sample
        | ^^"
  `);
  expect(complaints(GOOD.replace('[py]', '[generic]') + forms)).toMatchInlineSnapshot(`
    "sample/guardrail.yaml:9:12: error: there are no short forms for \`generic\` yet, only for \`python\` [bad-value]
      9 | languages: [generic]
        |            ^^^^^^^^^
      write the rule in rules.yaml"
  `);
});

test('what a pattern leaves open is asked of it', () => {
  const entry = (on: string, have: string) => `${GOOD}require: [{ on: "${on}", have: ${have} }]\n`;
  expect(complaints(entry('def $F(...): return 1', 'check()'))).toMatchInlineSnapshot(`
    "sample/guardrail.yaml:10:13: error: \`have\` asks for something in the body, and \`on\` says what the body is [bad-value]
      10 | require: [{ on: "def $F(...): return 1", have: check() }]
         |             ^^
      leave it open: \`def $F(...): ...\`"
  `);
  expect(complaints(entry('f(...)', '{ wrapper: guard }'))).toMatchInlineSnapshot(`
    "sample/guardrail.yaml:10:13: error: \`wrapper\` needs an \`on\` that declares a name [bad-value]
      10 | require: [{ on: "f(...)", have: { wrapper: guard } }]
         |             ^^
      such as \`def $F(...): ...\`"
  `);
  expect(complaints(entry('f(...)', "'@guard'"))).toMatchInlineSnapshot(`
    "sample/guardrail.yaml:10:13: error: a decorator needs an \`on\` that declares a function or a class [bad-value]
      10 | require: [{ on: "f(...)", have: '@guard' }]
         |             ^^
      such as \`def $F(...): ...\`"
  `);
});
