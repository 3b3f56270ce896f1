import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readProjectConfig } from './read-project.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** `line:column code: message. suggestion` */
function problems(text: string): string[] {
  return readProjectConfig(text, 'lockstep.yaml').problems.map(
    ({ line, column, code, message, suggestion }) => `${line}:${column} ${code}: ${message}. ${suggestion}`,
  );
}

test('everything that it can say', () => {
  const { config, problems: found } = readProjectConfig(
    `guardrails:
  - guardrails/
  - lockstep: [code-injection, shell-command]
  - { git: "https://git.example/acme/guardrails.git", commit: ${COMMIT}, folder: python }
  - npm: "@acme/guardrails@1.4.0"
rules: ./rules/legacy.yaml
models: models
overrides:
  - guardrail: shell-command
    stage: comment
    severity: HIGH
    paths: { exclude: scripts/ }
    reason: its findings were right
    by: "@acme/appsec"
    until: 2027-01-31
  - { rule: code-injection, off: true, reason: nothing is evaluated here }
ignore: [generated/, /docs]
baseline: .lockstep/baseline.txt
scan: { depth: project, timeout: 10, max-target-bytes: 2000000 }
`,
    'lockstep.yaml',
  );
  expect(found).toEqual([]);
  expect(JSON.parse(JSON.stringify(config, (key, value) => (key === 'place' ? undefined : value)))).toEqual({
    guardrails: [
      { kind: 'folder', folder: 'guardrails' },
      { kind: 'bundled', names: ['code-injection', 'shell-command'] },
      { kind: 'git', url: 'https://git.example/acme/guardrails.git', commit: COMMIT, folder: 'python' },
      { kind: 'npm', package: '@acme/guardrails', version: '1.4.0', folder: null },
    ],
    rules: [{ relative: 'rules/legacy.yaml' }],
    models: [{ relative: 'models' }],
    overrides: [
      {
        guardrail: 'shell-command',
        rule: null,
        stage: 'comment',
        severity: 'HIGH',
        paths: { include: [], exclude: ['scripts/'] },
        off: false,
        reason: 'its findings were right',
        by: '@acme/appsec',
        until: '2027-01-31',
      },
      {
        guardrail: null,
        rule: 'code-injection',
        stage: null,
        severity: null,
        paths: { include: [], exclude: [] },
        off: true,
        reason: 'nothing is evaluated here',
        by: null,
        until: null,
      },
    ],
    ignore: ['generated/', '/docs'],
    baseline: { relative: '.lockstep/baseline.txt' },
    scan: { depth: 'project', timeout: 10, timeoutThreshold: null, maxTargetBytes: 2_000_000 },
  });
});

test.each([
  [
    'overides: []',
    '1:1 unexpected-key: the key `overides` is unknown here and has no effect. did you mean `overrides`?',
  ],
  ['guardrails: [a]\nguardrails: [b]', '2:1 duplicate-key: '],
  ['guardrails: [a, ./a/]', '1:17 bad-value: a stands here twice (first on line 1). keep one'],
  ['guardrails: [{ lockstep: a }, { lockstep: b }]', '1:33 bad-value: lockstep stands here twice'],
  ['', '1:1 empty-file: the file is empty. it has at least `guardrails` or `rules`'],
  ['guardrails: {}', '1:13 wrong-type: expected a list, found a mapping'],
  ['guardrails: [{}]', '1:14 bad-value: nothing says where the guardrails are. add `folder`'],
  [`guardrails: [{ git: "https://a.example/b" }]`, '1:16 bad-value: `git` without `commit`. add the full'],
  [`guardrails: [{ npm: a@1.0.0, commit: ${COMMIT} }]`, '1:16 bad-value: `commit` is for `git`. remove it'],
  ['guardrails: [{ lockstep: default, npm: a@1.0.0 }]', '1:16 bad-value: `lockstep`, `git` and `npm` are different'],
  ['overrides: [{ guardrail: a, off: true }]', '1:15 missing-key: expected the key `reason`: why it is different here'],
  ['overrides: [{ off: true, reason: x }]', '1:15 bad-value: which one is it about?. add `guardrail` or `rule`'],
  ['overrides: [{ rule: a, reason: x }]', '1:15 bad-value: it changes nothing. add `stage`'],
  ['overrides: [{ rule: a, off: true, stage: block, reason: x }]', '1:15 bad-value: what is off has no other settings'],
  [
    'overrides: [{ rule: a, off: true, reason: x }, { rule: a, stage: block, reason: x }]',
    '1:50 bad-value: the rule `a` stands here twice (first on line 1). keep one',
  ],
  ['scan: { timeout: -1 }', '1:18 bad-value: -1 is too small. count from 0'],
  ['scan: { depth: deep }', '1:16 bad-value: expected one of `function`, `file`, `project`'],
])('%j', (text, expected) => {
  expect(readProjectConfig(text, 'lockstep.yaml').config).toBeNull();
  const [first, ...others] = problems(text);
  expect(others).toEqual([]);
  expect(first?.slice(0, expected.length)).toBe(expected);
});

/** A hostile repository's attempts to lead somewhere else, or to have something run. */
test.each([
  ['guardrails: [../other]'],
  ['guardrails: [a/../../other]'],
  ['guardrails: [/etc]'],
  ['guardrails: ["~/rules"]'],
  ['guardrails: ["a\\\\..\\\\b"]'],
  ['guardrails: ["C:/rules"]'],
  ['guardrails: ["a\\e[2J"]'],
  ['guardrails: ["a\\u202Eb"]'],
  ['guardrails: ["."]'],
  ['rules: ../x.yaml'],
  ['models: /models'],
  ['baseline: ../baseline'],
  ...[
    'ext::sh -c "touch /tmp/x"',
    'file:///etc',
    '/srv/git/x',
    '../x',
    '--upload-pack=touch /tmp/x',
    '-oProxyCommand=x@host:y',
    'ssh://-oProxyCommand=x/y',
    'git@-oProxyCommand=x:y',
    'host::x',
    'http://git.example/x',
    'git://git.example/x',
    'https://token@git.example/x',
    'https://git.example/x y',
    'https://git.example/\u001b[2J',
  ].map((url) => [`guardrails: [{ git: ${JSON.stringify(url)}, commit: ${COMMIT} }]`] as [string]),
  ['guardrails: [{ git: "https://git.example/x", commit: main }]'],
  ['guardrails: [{ git: "https://git.example/x", commit: "--help" }]'],
  [`guardrails: [{ git: "https://git.example/x", commit: ${COMMIT.slice(0, 12)} }]`],
  [`guardrails: [{ git: "https://git.example/x", commit: ${COMMIT}, folder: ../x }]`],
  ...[
    'a',
    'a@latest',
    'a@^1.0.0',
    'a@1',
    '--x@1.0.0',
    'a@file:../x',
    'a@npm:b@1.0.0',
    'git+ssh://x@1.0.0',
    '../a@1.0.0',
  ].map((name) => [`guardrails: [{ npm: ${JSON.stringify(name)} }]`] as [string]),
  ['guardrails: [{ lockstep: ../x }]'],
  ['guardrails: !!js/function "function () {}"'],
  ['guardrails: [!!python/object/apply:os.system ["id"]]'],
  ['a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nguardrails: [*b]'],
  [
    `a0: &a0 [x]\n${Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`).join('\n')}`,
  ],
  [`guardrails: ${'['.repeat(500)}`],
])('%s is refused', (text) => {
  const { config, problems: found } = readProjectConfig(text, 'lockstep.yaml');
  expect(config).toBeNull();
  expect(found.length).toBeGreaterThan(0);
  expect(found.map(({ message }) => message).join()).not.toContain('token');
});

test('whatever the text, it is read or refused with a place', () => {
  const words = fc.constantFrom(
    'guardrails',
    'rules',
    ':',
    ' ',
    '\n',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '../',
    'a',
    '&a',
    '*a',
    '!',
    '"',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
      const { config, problems: found } = readProjectConfig(parts.join(''), 'lockstep.yaml');
      expect(config === null).toBe(found.some(({ level }) => level === 'error'));
      for (const { line, column } of found) expect(Math.min(line, column)).toBeGreaterThan(0);
    }),
  );
});
