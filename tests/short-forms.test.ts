import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lockstep, lockstepJson, outline } from './testing/lockstep.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

test.each(['tests/fixtures/short-forms', 'examples/guardrail-exercises'])('%s passes its tests', async (folder) => {
  const { code, stdout } = await lockstep(['test', folder], { cwd: REPOSITORY });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^✓ (\d+)\/\1 rule checks passed\n$/) });
});

const HEAD = `promise: Every method of the service asks for a permission.
weakness: CWE-862
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: comment
languages: [python]
`;

const SERVICE = `class Service:
    @guard
    def read(self): ...

    def write(self): ...

    def ping(self): ...

    def old(self): ...

    def hasty(self): ...

    def quiet(self): ...  # nosemgrep
`;

const cwd = sharedFolder({
  'guardrails/service/guardrail.yaml': `id: service
${HEAD}policy: { exceptions: [approved-by] }
paths: { exclude: generated/ }
require:
  - on: "def $METHOD(...): ..."
    inside: "class Service: ..."
    have: "@guard"
    except:
      - { symbol: "app.service:Service.ping", reason: answers no data, approved-by: "@acme/appsec", until: 2099-12-31 }
      - { symbol: Service.old, reason: was to go, approved-by: "@acme/appsec", until: 2020-12-31 }
      - { symbol: Service.hasty, reason: nobody was asked }
      - { symbol: Service.gone, reason: it was here once, approved-by: "@acme/appsec" }
exceptions:
  - { path: legacy/, reason: is switched off in May, approved-by: "@acme/appsec" }
`,
  'guardrails/plain/guardrail.yaml': `id: plain\n${HEAD}exceptions: [{ symbol: trusted, reason: reads our own files }]\n`,
  'guardrails/plain/rules.yaml': `rules:
  - { id: plain, languages: [python], severity: INFO, message: m, pattern: load(...), metadata: { note: kept } }
`,
  'app/service.py': SERVICE,
  'legacy/service.py': SERVICE,
  'generated/service.py': SERVICE,
  'app/loads.py': 'def trusted():\n    load(1)\n\n\ndef other():\n    load(2)\n',
  'broken/faulty/guardrail.yaml': `id: faulty\n${HEAD.replace('comment', 'coment')}forbid: [{ use: eval }]\n`,
  'broken/pattern/guardrail.yaml': `id: pattern\n${HEAD}unsafe-call:\n  - { call: "f((", safe: g() }\n`,
});

test('a scan runs short forms, and exceptions take out what they cover', async () => {
  const report = await lockstepJson(['--config', 'guardrails', '.'], { cwd });
  expect({ code: report.code, errors: report.errors }).toEqual({ code: 0, errors: [] });
  expect(outline(report)).toEqual([
    'app/loads.py:6 guardrails.plain.plain',
    'app/service.py:5 guardrails.service.service',
    'app/service.py:9 guardrails.service.service',
    'app/service.py:11 guardrails.service.service',
  ]);
  expect(report.lockstep).toMatchSnapshot();
});

test('a finding tells its guardrail, and an exception that ended', async () => {
  const { results } = await lockstepJson(['--config', 'guardrails', 'app'], { cwd });
  const [plain, , old, hasty] = results.map(({ extra }) => extra);
  expect(plain?.['metadata']).toEqual({
    note: 'kept',
    lockstep: {
      guardrail: 'plain',
      promise: 'Every method of the service asks for a permission.',
      stage: 'comment',
      owners: { security: '@acme/appsec', engineering: '@acme/web' },
    },
  });
  expect([old?.['message'], hasty?.['message']]).toMatchInlineSnapshot(`
    [
      "\`old\` lacks \`@guard\`. Every method of the service asks for a permission. (There is an exception for this, but it ended on 2020-12-31. Its reason was: was to go)",
      "\`hasty\` lacks \`@guard\`. Every method of the service asks for a permission. (There is an exception for this, but it does not tell \`approved-by\`. Its reason was: nobody was asked)",
    ]
  `);
});

test('exceptions are told in the summary, and unused ones to those who ask', async () => {
  const { stderr } = await lockstep(['--config', 'guardrails', '--verbose', '.'], { cwd });
  expect(stderr).toContain('the exception for Service.gone fitted nothing that was found');
  expect(stderr).not.toContain('the exception for Service.old fitted nothing');
  const quiet = await lockstep(['--config', 'guardrails', '.'], { cwd });
  expect(quiet.stderr).not.toContain('Service.gone');
  expect(quiet.stderr).toContain(
    '1 more finding suppressed by comments in the code\n7 more findings allowed by exceptions of guardrails\n',
  );
});

test('a guardrail whose description is faulty cannot run its short forms, and the run says so', async () => {
  const { code, stderr } = await lockstep(['--config', 'broken/faulty', 'app'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('broken/faulty/guardrail.yaml:5:8');
});

test('a pattern that cannot be parsed is an error at its entry', async () => {
  const { code, stderr } = await lockstep(['--config', 'broken/pattern', 'app'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('broken/pattern/guardrail.yaml:8:7');
});
