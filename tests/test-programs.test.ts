import { describe, expect, test } from 'vitest';
import { lockstep } from './testing/lockstep.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const taintRule = (id: string, more = '') => `rules:
  - id: ${id}
    languages: [python]
    severity: ERROR
    message: m
    mode: taint
${more}    pattern-sources: [{ pattern: 'source(...)' }]
    pattern-sinks: [{ pattern: 'sink(...)' }]
    pattern-sanitizers: [{ pattern: 'clean(...)' }]
  - id: ${id}-print
    languages: [python]
    severity: INFO
    message: m
    pattern: print($X)
    fix: log($X)
`;

/** Every way to import, seen from the folder of the program. */
const SHOP = {
  'shop/__init__.py': 'from .rows import find\n',
  'shop/rows.py': `from shop.db import run


def find(name):
    run("name = " + name)


def find_clean(name):
    run("name = " + clean(name))
`,
  'shop/db/__init__.py': `def run(text):
    # ruleid: flow
    sink(text)


def run_constant(text):
    # ok: flow
    sink("constant")
`,
  'views.py': `import shop.rows
from shop import find
from shop.db import run_constant

find(source())
shop.rows.find_clean(source())
run_constant(source())
# ruleid: flow-print
print(1)
`,
};

const below = (folder: string, files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

const GUARDRAIL = `id: flow
promise: What comes from outside stays outside.
weakness: CWE-20
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: monitor
`;

const cwd = sharedFolder({
  'rules/flow.yaml': taintRule('flow'),
  ...below('rules/flow/whole', SHOP),
  'rules/flow/whole/views.fixed.py': SHOP['views.py'].replace('print(1)', 'log(1)'),
  'rules/flow/alone.py': '# ok: flow\nsink(clean(source()))\n',
  'apart/flow.yaml': taintRule('flow'),
  ...below('tests/flow/whole', SHOP),
  'guardrails/flow/guardrail.yaml': GUARDRAIL,
  'guardrails/flow/rules.yaml': taintRule('flow', '    options: { interfile: true }\n'),
  ...below('guardrails/flow/tests/whole', SHOP),
  'guardrails/flow/tests/alone.py': '# ruleid: flow\nsink(source())\n',
  'within/flow.yaml': taintRule('flow', '    options: { interfile: false }\n'),
  ...below('within/flow/whole', SHOP),
  'bad/flow.yaml': taintRule('flow'),
  'bad/flow/whole/app.py': 'from helpers import keep, pass_on\n\npass_on(source())\nkeep(source())\n',
  'bad/flow/whole/helpers.py':
    'def pass_on(x):\n    sink(x)\n\n\ndef keep(x):\n    # ruleid: flow\n    sink(clean(x))\n',
  // Each has the half of a flow that the other lacks.
  'strangers/flow.yaml': taintRule('flow'),
  'strangers/flow/one/app.py': 'from helpers import pass_on\n\npass_on(source())\n',
  'strangers/flow/two/helpers.py': 'def pass_on(x):\n    # ok: flow\n    sink(x)\n',
  'strangers/flow/helpers.py': 'def pass_on(x):\n    # ok: flow\n    sink(x)\n',
});

describe('the files of a folder among the examples are tested together', () => {
  test.concurrent.each([
    [['rules']],
    [['--config', 'apart', 'tests']],
    [['--config', 'apart/', 'tests/']],
    [['guardrails']],
    [['--depth', 'project', 'rules']],
    [['strangers']],
  ])('%j', async (args) => {
    const { code, stdout } = await lockstep(['test', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^✓ (\d+)\/\1 rule checks passed\n/) });
  });

  test('as JSON, each file with its lines', async () => {
    const { code, stdout } = await lockstep(['test', '--json', 'rules'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout.replaceAll(cwd, ''))).toMatchInlineSnapshot(`
      {
        "config_missing_fixtests": [],
        "config_missing_tests": [],
        "config_with_errors": [],
        "fixtest_results": {
          "rules/flow/whole/views.py": {
            "passed": true,
          },
        },
        "results": {
          "rules/flow.yaml": {
            "checks": {
              "flow": {
                "errors": [],
                "matches": {
                  "/rules/flow/whole/shop/db/__init__.py": {
                    "expected_lines": [
                      3,
                    ],
                    "reported_lines": [
                      3,
                    ],
                  },
                },
                "passed": true,
              },
              "flow-print": {
                "errors": [],
                "matches": {
                  "/rules/flow/whole/views.py": {
                    "expected_lines": [
                      9,
                    ],
                    "reported_lines": [
                      9,
                    ],
                  },
                },
                "passed": true,
              },
            },
          },
        },
      }
    `);
  });
});

test('what is wrong in one of the files is told by file and line', async () => {
  expect(await lockstep(['test', 'bad'], { cwd })).toMatchInlineSnapshot(`
    {
      "code": 1,
      "stderr": "",
      "stdout": "bad/flow.yaml
      ✖ flow
        bad/flow/whole/helpers.py
          incorrect 2 │     sink(x)
          missed    7 │     sink(clean(x))

    ✖ 0/1 rule checks passed
    1 with a fix that no test covers:
      bad/flow.yaml
    ",
    }
  `);
});

describe('flows stay where', () => {
  test.each([
    ['the rule', ['within']],
    ['the depth', ['--depth', 'file', 'rules']],
    ['the depth', ['--depth', 'function', 'rules']],
  ])('%s says so', async (_, args) => {
    const { code, stdout } = await lockstep(['test', ...args], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/shop\/db\/__init__\.py\n +missed +3 │ {5}sink\(text\)\n/);
  });
});

test('guardrail check and show count them', async () => {
  expect(await lockstep(['guardrail', 'check', 'guardrails'], { cwd })).toMatchObject({
    code: 0,
    stdout: '✓ 1 guardrail checked\n',
  });
  const shown = await lockstep(['guardrail', 'show', 'guardrails/flow'], { cwd });
  expect(shown.stdout).toContain('  examples:    1 file, 1 program\n');
  const listed = await lockstep(['guardrail', 'list', 'guardrails', '--json'], { cwd });
  expect(JSON.parse(listed.stdout)).toMatchObject({
    guardrails: [{ id: 'flow', examples: { files: 1, programs: 1 } }],
  });
});
