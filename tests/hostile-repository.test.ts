import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFiles, makeFolder, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep } from './testing/lockstep.ts';
import { EVAL_RULE } from './testing/sample-rules.ts';

/** More of what a repository may try is in project-config.test.ts, hostile-output.test.ts and bad-input.test.ts. */

const GUARDRAIL = `id: held
promise: No text is run.
weakness: CWE-95
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: monitor
languages: [python]
forbid: [{ use: eval, instead: json.loads }]
`;

function repository(files: Record<string, string> = {}): string {
  return makeRepository({
    'a.py': 'eval(x)\n',
    'rules.yaml': EVAL_RULE,
    'guardrails/held/guardrail.yaml': GUARDRAIL,
    'guardrails/held/tests/a.py': '# ruleid: held\neval(x)\n',
    ...files,
  });
}

const SECRET = 'hunter2: [';
const BASELINE = '.lockstep/baseline.yaml';
const TRIAGE = '.lockstep/triage.yaml';
const LEADS_OUT = 'it is a link that leads out of the repository';

describe('links out of the repository are not read', () => {
  test.each<[string, string[], string]>([
    [BASELINE, ['baseline', 'show'], `error: the baseline ${BASELINE} cannot be read: ${LEADS_OUT}`],
    [BASELINE, ['baseline', 'check', '--config', 'rules.yaml'], `error: the baseline ${BASELINE} cannot be read`],
    [BASELINE, ['scan', '--config', 'rules.yaml', '--baseline', BASELINE], `the baseline ${BASELINE} cannot be read`],
    [TRIAGE, ['triage', 'list'], `error: ${TRIAGE} cannot be read: ${LEADS_OUT}`],
    [TRIAGE, ['promote', 'held', '--dryrun'], `error: ${TRIAGE} cannot be read: ${LEADS_OUT}`],
    ['.gitlab-ci.yml', ['init', '--dry-run'], `error: .gitlab-ci.yml cannot be read: ${LEADS_OUT}`],
    ['lockstep.yaml', ['init', '--dry-run'], `error: lockstep.yaml cannot be read: ${LEADS_OUT}`],
    ['guardrails/held/lesson.md', ['guardrail', 'check'], `lesson.md: it cannot be read: ${LEADS_OUT}`],
  ])('%s: lockstep %s', async (path, args, expected) => {
    const cwd = repository({ '.lockstep/README.md': '' });
    symlinkSync(join(makeFolder({ secret: SECRET }), 'secret'), join(cwd, path));
    const { code, stdout, stderr } = await lockstep(args, { cwd });
    expect(stdout + stderr).toContain(expected);
    expect(stdout + stderr).not.toContain('hunter2');
    expect(code).toBeGreaterThan(0);
  });
});

describe('nothing is written through a link out of the repository', () => {
  const write: [string, string[]][] = [
    [BASELINE, ['baseline', 'write', '--config', 'rules.yaml']],
    [TRIAGE, ['triage', 'a.py:1', '--config', 'rules.yaml', '--verdict', 'true', '--why', 'x', '--who', 'Ada']],
  ];

  test.each(write)('%s is a link to nowhere', async (path, args) => {
    const outside = join(makeFolder(), 'made');
    const cwd = repository({ '.lockstep/README.md': '' });
    symlinkSync(outside, join(cwd, path));
    const { code, stderr } = await lockstep(args, { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`cannot be written: ${LEADS_OUT}`) });
    expect(existsSync(outside)).toBe(false);
  });

  test.each(write)('the folder of %s is a link', async (path, args) => {
    const outside = makeFolder();
    const cwd = repository();
    symlinkSync(outside, join(cwd, '.lockstep'));
    const { code, stderr } = await lockstep(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be written: its folder leads out of the repository');
    expect(existsSync(join(outside, path.replace('.lockstep/', '')))).toBe(false);
  });
});

test('a link within the repository is as good as the file', async () => {
  const cwd = repository({ 'known.yaml': '', '.lockstep/README.md': '' });
  symlinkSync('../known.yaml', join(cwd, BASELINE));
  expect(
    (
      await lockstep(
        ['baseline', 'write', '--config', 'rules.yaml', '--allow-growth', '--reason', 'x', '--who', 'Ada'],
        { cwd },
      )
    ).code,
  ).toBe(0);
  expect(readFileSync(join(cwd, 'known.yaml'), 'utf8')).toContain('path: a.py');
});

test('an explicit baseline may lie anywhere', async () => {
  const outside = makeFolder({ 'b.yaml': '' });
  const file = join(outside, 'b.yaml');
  const { code } = await lockstep(['baseline', 'check', '--config', 'rules.yaml', '--file', file], {
    cwd: repository(),
  });
  expect(code).toBe(1);
});

describe('a device that never ends ends nothing', () => {
  test.each<[string, string[]]>([
    ['.semgrepignore', ['scan', '--config', 'rules.yaml', '.']],
    ['lockstep.yaml', ['scan', '.']],
    ['lockstep.lock', ['scan', '.']],
    ['extra.yaml', ['scan', '--config', '.', '.']],
    ['guardrails/held/rules.yaml', ['scan', '--config', 'guardrails', '.']],
    ['guardrails/other/guardrail.yaml', ['scan', '--config', 'guardrails', '.']],
    ['guardrails/held/tests/b.py', ['test', 'guardrails']],
    ['guardrails/held/lesson.md', ['guardrail', 'check']],
    ['models/x.yaml', ['scan', '--models', 'models', '--config', 'rules.yaml', '.']],
    ['b.py', ['scan', '--config', 'rules.yaml', '.']],
    ['CODEOWNERS', ['guardrail', 'check']],
    ['requirements.txt', ['init', '--dry-run']],
    ['.pre-commit-config.yaml', ['init', '--dry-run']],
    [BASELINE, ['baseline', 'show']],
    [TRIAGE, ['triage', 'stats']],
  ])(
    '%s: lockstep %s',
    async (path, args) => {
      const lock = path === 'lockstep.lock' ? { 'lockstep.yaml': 'rules: [rules.yaml]\n' } : {};
      const cwd = repository({
        ...lock,
        '.lockstep/README.md': '',
        'guardrails/other/README.md': '',
        'models/a.yaml': 'models: []\n',
      });
      symlinkSync('/dev/zero', join(cwd, path));
      const { code, stderr } = await lockstep(args, { cwd });
      expect(code).not.toBeNull();
      expect(stderr).not.toContain('this is a defect');
    },
    20_000,
  );
});

describe('files that are huge', () => {
  test.each<[string, string[], string]>([
    ['rules/big.yaml', ['scan', '--config', 'rules', '.'], 'rules/big.yaml cannot be read: it is larger than 50 MB'],
    [BASELINE, ['baseline', 'show'], `the baseline ${BASELINE} cannot be read: it is larger than 50 MB`],
    [TRIAGE, ['triage', 'list'], `${TRIAGE} cannot be read: it is larger than 50 MB`],
    ['lockstep.yaml', ['scan', '.'], 'lockstep.yaml cannot be read: it is larger than 1 MB'],
  ])('%s', async (path, args, expected) => {
    const cwd = repository();
    addFiles(cwd, { [path]: '#'.repeat(50_000_001) });
    const { code, stderr } = await lockstep(args, { cwd });
    expect(stderr).toContain(expected);
    expect(code).toBeGreaterThan(0);
  });
});
