import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFiles, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep, lockstepJson } from './testing/lockstep.ts';

const NO_EVAL = `# Agreed with the web team.
id: no-eval
promise: Nothing that users write is run as code.
weakness: CWE-95
owners: { security: "@acme/appsec", engineering: "@acme/web" } # both sides
stage: monitor
languages: [python]
forbid:
  - use: eval
    instead: ast.literal_eval
    except: [{ symbol: trusted, reason: reads our own files, owner: "@acme/web", until: 2099-12-31 }]
`;

const TRUSTED = `
def trusted(x):
    return eval(x)
`;

const CODE = `def f(x):
    eval(x)
    eval(x)

${TRUSTED}`;

/** A repository with a guardrail and two findings. */
function repository(guardrail = NO_EVAL, code = CODE): string {
  return makeRepository({
    'guardrails/no-eval/guardrail.yaml': guardrail,
    'guardrails/no-eval/tests/a.py': '# ruleid: no-eval\neval(x)\n# ok: no-eval\nprint(x)\n',
    'src/a.py': code,
  });
}

/** Who commits, for the record. */
const env = {
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'user.name',
  GIT_CONFIG_VALUE_0: 'Ada',
  GIT_CONFIG_KEY_1: 'user.email',
  GIT_CONFIG_VALUE_1: 'ada@acme.example',
};

const BASELINE = '.lockstep/baseline.yaml';
const TRIAGE = '.lockstep/triage.yaml';

function read(cwd: string, path: string): string {
  return readFileSync(join(cwd, path), 'utf8').replaceAll(/\d{4}-\d{2}-\d{2}/g, (date) =>
    date === new Date().toISOString().slice(0, 10) ? 'TODAY' : date,
  );
}

describe('baseline', () => {
  test('only what is new counts, and the numbers may only fall', async () => {
    const cwd = repository();
    const run = (...args: string[]) => lockstep(args, { cwd, env });
    expect(await run('baseline', 'write')).toMatchObject({
      code: 0,
      stdout: `wrote ${BASELINE}: 2 findings of 1 guardrail in 1 file\n`,
    });
    expect(read(cwd, BASELINE)).toMatchSnapshot();

    // Moved, renamed and reformatted: known. One more of the same: new.
    renameSync(join(cwd, 'src/a.py'), join(cwd, 'src/b.py'));
    writeFileSync(
      join(cwd, 'src/b.py'),
      `import os\n\ndef g(x):\n  # why\n  eval( x )\n  (eval(x))\n  eval(x)\n${TRUSTED}`,
    );
    const scan = await run('scan', '-c', 'guardrails', '--baseline', BASELINE, '--error', 'src');
    expect(scan.code).toBe(1);
    expect(scan.stderr).toContain(
      '1 finding: 1 error\n1 more finding allowed by exceptions of guardrails\n2 more findings known to the baseline',
    );
    expect(await run('baseline', 'check')).toMatchObject({
      code: 1,
      stdout: 'New\n  src/b.py:7  no-eval  g\n✖ 1 new finding, 2 known, 0 fixed\n',
    });
    expect((await run('baseline', 'write')).stdout).toMatchSnapshot();
    expect(await run('baseline', 'write', '--allow-growth')).toMatchObject({ code: 2 });
    expect(await run('baseline', 'write', '--allow-growth', '--reason', 'vendored: see SEC-41')).toMatchObject({
      code: 0,
    });

    // Fixed: told, then dropped.
    writeFileSync(join(cwd, 'src/b.py'), 'def g(x):\n  eval(x)\n');
    expect(await run('baseline', 'check')).toMatchObject({ code: 0 });
    expect((await run('baseline', 'check', '--strict')).stdout).toContain('✖ 0 new findings, 1 known, 2 fixed');
    expect((await run('baseline', 'write', '--prune')).stdout).toContain('2 fixed findings dropped');
    expect(read(cwd, BASELINE)).toMatchSnapshot();
    expect((await run('baseline', 'show')).stdout.replaceAll(/\d{4}-\d{2}-\d{2}/g, 'TODAY')).toMatchSnapshot();
  });

  test('known findings are told in reports, and reports name identities', async () => {
    const cwd = repository();
    await lockstep(['baseline', 'write'], { cwd });
    addFiles(cwd, { 'src/new.py': 'class C:\n  def m(self):\n    eval(1)\n    eval(1)\n' });
    const args = ['scan', '-c', 'guardrails', '--baseline', BASELINE, 'src'];
    const report = await lockstepJson(args, { cwd });
    expect(report.results.map(({ path, extra }) => [path, extra['lockstep']])).toEqual([
      ['src/new.py', { finding: expect.stringMatching(/^[0-9a-f]{16}$/), symbol: 'C.m' }],
      ['src/new.py', { finding: expect.stringMatching(/^[0-9a-f]{16}:2$/), symbol: 'C.m' }],
    ]);
    expect(report.lockstep).toMatchObject({
      suppressed: 3,
      known: [
        { check_id: 'guardrails.no-eval.no-eval', path: 'src/a.py', line: 2 },
        { check_id: 'guardrails.no-eval.no-eval', path: 'src/a.py', line: 3 },
      ],
    });
    const sarif = await lockstep([...args, '--sarif', '--sarif-suppressed'], { cwd });
    expect(sarif.stdout).toContain('known to the baseline');
  });

  test.each([
    [['scan', '--baseline', 'nowhere.yaml', '.'], 7, 'there is no baseline nowhere.yaml'],
    [['scan', '--baseline', 'bad.yaml', '.'], 7, '`soon` is not a date'],
    [['scan', '--baseline', 'src', '.'], 7, 'the baseline src cannot be read'],
    [['scan', '--baseline', 'bad.yaml', '--baseline-commit', 'HEAD', '.'], 2, 'cannot be used together'],
    [['baseline', 'check'], 2, `there is no baseline ${BASELINE}`],
    [['baseline', 'show', '--file', 'bad.yaml'], 2, 'the baseline bad.yaml is faulty'],
    [['baseline', 'write', '--reason', 'x'], 2, '--reason is for --allow-growth'],
    [['baseline', 'write', '--file', 'src/a.py/b.yaml'], 2, 'cannot be written'],
    [['baseline', 'write', 'nowhere.py'], 2, 'nowhere.py'],
  ])('%j', async (args, code, message) => {
    const cwd = repository();
    addFiles(cwd, { 'bad.yaml': 'growth: [{ date: soon, who: x, reason: y, added: 1 }]\n' });
    const result = await lockstep([...args, ...(args[0] === 'scan' ? ['-c', 'guardrails'] : [])], { cwd });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code, stderr: expect.stringContaining(message) });
  });
});

const INLINE = `def f(x):
    return eval(
        x,
    )  # lockstep: allow no-eval -- checked by the router (until 2099-12-31, owner @acme/web)

# lockstep: allow no-eval -- for now (until 2020-12-31)
eval(y)
eval(z)  # lockstep: allow no-eval
x = 1  # lockstep: allow no-eval -- nothing is here
eval(v)  # nosemgrep
"# lockstep: allow no-eval"
w = 1  # lockstep: allow other-guardrail -- is of no concern
`;

describe('exceptions in the code', () => {
  test('hold with a reason and until their day; the others are told', async () => {
    const cwd = repository(NO_EVAL, INLINE);
    const report = await lockstepJson(['scan', '-c', 'guardrails', 'src'], { cwd });
    const found = report.results.map(({ start, extra }) => [start.line, String(extra['message']).split(' (')[1] ?? '']);
    expect(found).toEqual([
      [7, 'A comment allows this, but it ended on 2020-12-31.)'],
      [8, 'A comment allows this, but it gives no reason, such as `-- answers no data`.)'],
    ]);
    expect(report.errors.map(({ message }) => message)).toEqual([
      'the comment allows nothing: it ended on 2020-12-31\nput it right, or remove it',
      'the comment allows nothing: it gives no reason, such as `-- answers no data`\nput it right, or remove it',
      '`no-eval` has nothing to say here\nremove it',
    ]);
    expect(report.lockstep).toMatchObject({
      completeness: { complete: true },
      excepted: [{ line: 2, for: 'the comment in line 4', reason: 'checked by the router', until: '2099-12-31' }],
    });
    const { code, stderr } = await lockstep(['scan', '-c', 'guardrails', '--disable-nosem', 'src'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('4 findings') });
  });

  test('the policy of the guardrail decides what is asked for', async () => {
    const demands = repository(`${NO_EVAL}policy: { exceptions: [approved-by, until] }\n`, INLINE);
    const { results } = await lockstepJson(['scan', '-c', 'guardrails', 'src'], { cwd: demands });
    expect(results[0]?.extra['message']).toContain('but it does not tell `approved-by`.');
    const forbids = repository(`${NO_EVAL}policy: { inline: false }\n`, INLINE);
    const report = await lockstepJson(['scan', '-c', 'guardrails', 'src'], { cwd: forbids });
    expect(report.results.map(({ start }) => start.line)).toEqual([2, 7, 8, 10]);
    expect(report.results[3]?.extra['message']).toContain('A comment suppresses this, but the policy');
  });

  test('lockstep exceptions lists all, and checks them', async () => {
    const cwd = repository(NO_EVAL, `${INLINE}${CODE}`);
    expect((await lockstep(['exceptions'], { cwd })).stdout).toMatchSnapshot();
    expect((await lockstep(['exceptions', '--csv'], { cwd })).stdout).toMatchSnapshot();
    const check = await lockstep(['exceptions', '--check', '--json'], { cwd });
    expect(check.code).toBe(1);
    const lines = JSON.parse(check.stdout).exceptions.map(({ line, fault }: Record<string, unknown>) => [line, fault]);
    expect(lines).toMatchSnapshot();
    expect(await lockstep(['exceptions', '--check'], { cwd: repository() })).toMatchObject({
      code: 0,
      stdout: '0 exceptions, 0 not in order\n',
    });
  });
});

describe('triage', () => {
  test('verdicts are kept, follow their findings, and say how often a guardrail was right', async () => {
    const cwd = repository();
    const run = (...args: string[]) => lockstep(['triage', ...args], { cwd, env });
    expect(await run('src/a.py:3', '--verdict', 'false', '--why', 'a constant: "1"')).toMatchObject({
      code: 0,
      stdout: `wrote ${TRIAGE}: 1 verdict\n`,
    });
    const { stdout } = await lockstep(['scan', '-c', 'guardrails', '--json', 'src'], { cwd });
    writeFileSync(join(cwd, 'out.json'), stdout);
    const [first, second] = JSON.parse(stdout).results.map(
      ({ extra }: { extra: { lockstep: { finding: string } } }) => extra.lockstep.finding,
    );
    expect(second).toBe(`${first}:2`);
    await run(first, '--verdict', 'true', '--why', 'reaches users', '--report', 'out.json', '--who', '@acme/web');
    expect(read(cwd, TRIAGE)).toMatchSnapshot();
    renameSync(join(cwd, 'src/a.py'), join(cwd, 'src/b.py'));
    expect(await run('src/b.py:3', '--verdict', 'wont-fix', '--why', 'goes away')).toMatchObject({ code: 0 });
    expect(read(cwd, TRIAGE)).toMatchSnapshot();
    expect((await run('stats')).stdout).toMatchSnapshot();
    expect(JSON.parse((await run('list', 'no-eval', '--json')).stdout).verdicts).toHaveLength(2);
    expect((await run('list', 'other')).stdout).toBe('there are no verdicts\n');
  });

  test.each([
    [['src/a.py:3'], 'there is no terminal to ask at'],
    [['src/a.py:3', '--verdict', 'false'], '--verdict needs --why'],
    [['src/a.py:3', '--verdict', 'maybe', '--why', 'x'], 'Allowed choices are true, false, wont-fix'],
    [
      ['src/a.py:4', '--verdict', 'false', '--why', 'x'],
      'there is no finding src/a.py:4; there are findings at src/a.py:2',
    ],
    [['src/a.py', '--verdict', 'false', '--why', 'x'], 'names no finding'],
    [['--verdict', 'false', '--why', 'x'], 'which finding?'],
    [['0123456789abcdef', '--verdict', 'true', '--why', 'x', '--report', 'src/a.py'], 'is no JSON report'],
    [
      ['0123456789abcdef', '--verdict', 'true', '--why', 'x', '--report', 'empty.json'],
      'is no report of lockstep scan',
    ],
    [['0123456789abcdef', '--verdict', 'true', '--why', 'x', '--report', 'old.json'], 'does not tell the identities'],
    [['stats', '--file', 'x'], "unknown option '--file'"],
  ])('%j', async (args, message) => {
    const cwd = repository();
    const old = { check_id: 'a', path: 'src/a.py', start: { line: 1 }, extra: { message: 'm' } };
    addFiles(cwd, { 'empty.json': '{}', 'old.json': JSON.stringify({ results: [old] }) });
    const { code, stderr } = await lockstep(['triage', ...args], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });

  test('a file that somebody broke is told with the place', async () => {
    const cwd = repository();
    addFiles(cwd, { [TRIAGE]: 'verdicts:\n  - verdict: true\n' });
    const { code, stderr } = await lockstep(['triage', 'stats'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(`${TRIAGE} is faulty\n${TRIAGE}:2:`);
  });
});

describe('promote and demote', () => {
  test('a guardrail moves on evidence, and its file stays as it is', async () => {
    const cwd = repository(NO_EVAL, `${Array.from({ length: 5 }, (_, at) => `eval(${at})\n`).join('')}${TRUSTED}`);
    const run = (...args: string[]) => lockstep(args, { cwd, env });
    const refused = await run('promote', 'no-eval');
    expect({ code: refused.code, stdout: refused.stdout }).toMatchSnapshot();
    expect(read(cwd, 'guardrails/no-eval/guardrail.yaml')).toBe(NO_EVAL);

    for (let line = 1; line <= 5; line++) {
      await run('triage', `src/a.py:${line}`, '--verdict', 'true', '--why', 'reaches users');
    }
    expect(await run('promote', 'no-eval', '--dryrun')).toMatchObject({ code: 0 });
    expect(await run('promote', 'no-eval')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        '✓ the evidence suffices\nguardrails/no-eval/guardrail.yaml: monitor → comment\n',
      ),
    });
    expect((await run('promote', 'no-eval')).stdout).toMatchSnapshot();
    expect(await run('promote', 'no-eval', '--because', 'the fixes are on their way')).toMatchObject({ code: 0 });
    expect(await run('demote', 'guardrails/no-eval', '--to', 'monitor', '--because', 'it was wrong')).toMatchObject({
      code: 0,
      stdout: 'guardrails/no-eval/guardrail.yaml: block → monitor\n',
    });
    expect(read(cwd, 'guardrails/no-eval/guardrail.yaml')).toMatchSnapshot();
    expect(await run('guardrail', 'check')).toMatchObject({ code: 0 });
  });

  test.each([
    [['promote', 'no-evil'], 'did you mean no-eval?'],
    [['promote', 'no-eval', '--to', 'monitor'], 'Allowed choices are comment, block'],
    [['promote', 'no-eval', '--because', ' '], '--because is empty'],
    [['promote', 'lockstep:shell-command'], 'comes with Lockstep'],
    [['demote', 'no-eval', '--because', 'x'], 'there is nothing below it'],
    [['demote', 'no-eval', '--to', 'comment', '--because', 'x'], 'lockstep promote leads to comment'],
    [['demote', 'no-eval'], "required option '--because <text>'"],
  ])('%j', async (args, message) => {
    const { code, stderr } = await lockstep(args, { cwd: repository(), env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });
});
