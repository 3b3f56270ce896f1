import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep } from './testing/lockstep.ts';
import { EVAL_RULE, pythonRule, ruleFile } from './testing/sample-rules.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

const GUARDRAIL = `id: no-eval
promise: Text is never run as code.
weakness: CWE-95
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: monitor
`;

/** Takes its source from a model of the repository, and knowledge of strings from one that comes with Lockstep. */
const MODELLED_RULE = `rules:
  - id: template
    languages: [python]
    severity: ERROR
    message: m
    mode: taint
    options: { models: [pages, text] }
    pattern-sinks: [{ pattern: 'render(...)' }]
`;

const cwd = sharedFolder({
  'good/eval.yaml': EVAL_RULE,
  'good/eval.py': '# ruleid: eval\neval(x)\n\n# ok: eval\nliteral_eval(x)\n',
  'bad/eval.yaml': EVAL_RULE,
  'bad/eval.py': '# ruleid: eval\nliteral_eval(x)\n\n# ok: eval\neval(x)\n',
  'apart/rules/eval.yaml': ruleFile(pythonRule('eval', 'eval($X)', ['fix: safe($X)', 'paths: {include: [nowhere/]}'])),
  'apart/examples/eval.py': '# ruleid: eval\neval(x)\n',
  'apart/examples/eval.fixed.py': '# ruleid: eval\nsafe(x)\n',
  'guardrails/no-eval/guardrail.yaml': GUARDRAIL,
  'guardrails/no-eval/rules.yaml': EVAL_RULE,
  'guardrails/no-eval/tests/views.py': '# ruleid: eval\neval(x)\n',
  'guardrails/misnamed/guardrail.yaml': GUARDRAIL.replace('CWE-95', 'eval').replace('monitor', 'bloc'),
  'guardrails/misnamed/rules.yaml': EVAL_RULE,
  'guardrails/misnamed/tests/views.py': '# ruleid: eval\neval(x)\n',
  'broken/unparsable.yaml': ruleFile(pythonRule('unfinished', '"f(("')),
  'broken/schema.yaml':
    'rules:\n  - id: x\n    languages: [python]\n    patern: x\n    severity: ERROR\n    message: m\n',
  'broken/language.yaml': EVAL_RULE.replace('python', 'pythn'),
  'modelled/rules/template.yaml': MODELLED_RULE,
  'modelled/rules/template.py': '# ruleid: template\nrender(load_page(), x)\n\n# ok: template\nrender(page, x)\n',
  'modelled/models/pages.yaml': `models:
  - name: pages
    description: Pages that editors write.
    languages: [python]
    sources: [load_page(...)]
`,
  'modelled/bad/web.yaml': `models:
  - name: web-input
    description: Takes the name of a model that comes with Lockstep.
    languages: [python]
    sources: [x]
`,
  'warned/rules.yaml': EVAL_RULE.replace('message:', 'mesage: x\n    message:'),
});

test.concurrent.for<[string[], number]>([
  [['test', 'good'], 0],
  [['test', 'bad'], 1],
  [['test', '--config', 'apart/rules', 'apart/examples'], 0],
  [['test', 'guardrails'], 1],
  [['test', 'nowhere'], 2],
  [['test', 'good/eval.py'], 2],
  [['scan', '--test', '--config', 'good', 'good'], 0],
  [['test', '--models', 'modelled/models', 'modelled/rules'], 0],
  [['test', 'modelled/rules'], 1],
  [['test', '--models', 'modelled/bad', 'modelled/rules'], 2],
  [['scan', '--test', '--models', 'modelled/models', '--config', 'modelled/rules', 'modelled/rules'], 0],
])('%j → %i', async ([args, code], { expect }) => {
  const { stdout, stderr, ...result } = await lockstep(args, { cwd });
  expect(result).toEqual({ code });
  expect(`${stdout}${stderr}`).toMatchSnapshot();
});

test('comments that allow a finding are for scans: a test says what the rule finds', async () => {
  const allowed = (annotation: string) => ({
    'r/eval.yaml': EVAL_RULE,
    'r/eval.py': `# ${annotation}: eval\neval(x)  # lockstep: allow eval -- reads our own files (until 2020-01-31)\n`,
  });
  expect((await lockstep(['test', 'r'], { cwd: makeFolder(allowed('ruleid')) })).code).toBe(0);
  expect((await lockstep(['test', 'r'], { cwd: makeFolder(allowed('ok')) })).code).toBe(1);
});

test('test --json', async () => {
  const { code, stdout } = await lockstep(['test', '--json', 'good', 'bad'], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(stdout.replaceAll(cwd, ''))).toMatchSnapshot();
});

test.concurrent.for<[string[], number]>([
  [['validate', 'good'], 0],
  [['validate', '--config', 'good', 'apart/rules'], 0],
  [['validate', 'warned'], 0],
  [['validate', 'guardrails'], 7],
  [['validate', 'broken'], 7],
  [['validate', 'broken/language.yaml'], 8],
  [['validate', 'broken/unparsable.yaml'], 2],
  [['validate', 'nowhere'], 7],
  [['validate', '--models', 'modelled/models', 'modelled/rules'], 0],
  [['validate', 'modelled/rules'], 2],
  [['validate', '--models', 'modelled/bad', 'modelled/rules'], 7],
  [['validate', '--models', 'nowhere', 'good'], 7],
  [['scan', '--validate', '--config', 'broken/unparsable.yaml'], 2],
])('%j → %i', async ([args, code], { expect }) => {
  const { stdout, ...result } = await lockstep(args, { cwd });
  expect(result).toEqual({ code, stderr: '' });
  expect(stdout).toMatchSnapshot();
});

test('a scan runs the rules of a guardrail whose description is faulty, and says so', async () => {
  const { code, stdout, stderr } = await lockstep(['--config', 'guardrails', 'good/eval.py'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('guardrails.misnamed.eval');
  expect(stderr).toContain('guardrails/misnamed/guardrail.yaml:1:5');
});

test('a scan with a model of the repository', async () => {
  const args = ['--models', 'modelled/models', '--config', 'modelled/rules', 'modelled/rules/template.py'];
  const { code, stdout } = await lockstep(args, { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('modelled.rules.template');
  const bad = await lockstep(['--models', 'modelled/bad', '--config', 'modelled/rules', 'modelled'], { cwd });
  expect(bad).toMatchObject({ code: 7, stdout: expect.not.stringContaining('modelled.rules.template') });
  expect(bad.stderr).toContain('there is a model `web-input` already, in lockstep:models/web-input.yaml');
});

test('the models that come with Lockstep pass their tests', async () => {
  const { code, stdout } = await lockstep(['test', 'models/tests'], { cwd: REPOSITORY });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^✓ (\d+)\/\1 rule checks passed\n$/) });
});

test('the guardrails that come with Lockstep are sound and pass their tests', async () => {
  const [valid, tested] = await Promise.all(
    ['validate', 'test'].map((command) => lockstep([command, 'guardrails'], { cwd: REPOSITORY })),
  );
  expect(valid).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^✓ 0 errors, 0 warnings, \d+ sound rules\n$/),
  });
  expect(tested).toMatchObject({ code: 0, stdout: expect.stringMatching(/^✓ (\d+)\/\1 rule checks passed\n/) });
});
