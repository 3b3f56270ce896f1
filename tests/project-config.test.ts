import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  addFiles,
  commitAll,
  git,
  makeFolder,
  makeRepository,
} from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep, lockstepJson, outline } from './testing/lockstep.ts';

function guardrail(id: string, use: string): Record<string, string> {
  const text = `id: ${id}
promise: Nobody uses ${use}.
weakness: CWE-95
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: monitor
languages: [python]
forbid: [{ use: ${use} }]
`;
  return { [`${id}/guardrail.yaml`]: text };
}

function below(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

const RULE = 'rules: [{ id: no-exec, languages: [python], severity: ERROR, message: x, pattern: exec(...) }]\n';

const CODE = { 'app/a.py': 'eval(x)\nexec(x)\n', 'app/generated/b.py': 'eval(x)\n' };

const CONFIG = `guardrails: [guardrails]
rules: [checks/python]
ignore: [generated/]
`;

function repository(config: string, more: Record<string, string> = {}): string {
  return makeRepository({
    ...below('guardrails', { ...guardrail('no-eval', 'eval'), ...guardrail('no-compile', 'compile') }),
    'checks/python/exec.yaml': RULE,
    ...CODE,
    'lockstep.yaml': config,
    ...more,
  });
}

/** What a run that scans nothing says, and that it ends with 7. */
async function refusal(cwd: string, args: string[] = [], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await lockstep(['scan', ...args], { cwd, env });
  expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
  return stderr;
}

describe('what a scan takes from lockstep.yaml', () => {
  test('the same from whatever folder it is started', async () => {
    const cwd = repository(CONFIG);
    const expected = ['app/a.py:1 no-eval', 'app/a.py:2 checks.python.no-exec'];
    expect(outline(await lockstepJson(['scan'], { cwd }))).toEqual(expected);
    expect(outline(await lockstepJson(['scan'], { cwd: join(cwd, 'app') }))).toEqual(
      expected.map((line) => line.replace('app/', '')),
    );
    const { stderr } = await lockstep(['scan'], { cwd: join(cwd, 'app') });
    expect(stderr).toMatch(/^Using \.\.\/lockstep\.yaml\.$/m);
  });

  test('overrides, and that a finding tells of them', async () => {
    const cwd = repository(`${CONFIG}overrides:
  - { guardrail: no-eval, stage: block, severity: INFO, reason: it was right, by: "@acme/web" }
  - { rule: no-exec, off: true, reason: nobody can reach it }
`);
    const report = await lockstepJson(['scan'], { cwd });
    expect(outline(report)).toEqual(['app/a.py:1 no-eval']);
    expect(report.results[0]?.extra).toMatchObject({
      severity: 'INFO',
      metadata: {
        lockstep: {
          guardrail: 'no-eval',
          stage: 'block',
          overrides: [{ reason: 'it was right', by: '@acme/web', until: null, stage: 'block', severity: 'INFO' }],
        },
      },
    });
    expect(report.errors).toEqual([]);
    const { stderr } = await lockstep(['scan', '--verbose'], { cwd });
    expect(stderr).toContain('the rule no-exec is off: nobody can reach it');
  });

  test('paths of an override', async () => {
    const cwd = repository(
      `${CONFIG}overrides: [{ guardrail: no-eval, paths: { include: other/ }, reason: x }, { rule: no-exec, paths: { exclude: app/ }, reason: x }]\n`,
      { 'other/c.py': 'eval(x)\nexec(x)\n' },
    );
    expect(outline(await lockstepJson(['scan'], { cwd }))).toEqual([
      'other/c.py:1 no-eval',
      'other/c.py:2 checks.python.no-exec',
    ]);
  });

  test('an override has a rule look at fewer files, and never at others', async () => {
    const rule = RULE.replace('message: x', 'message: x, paths: { include: [app/, lib/] }');
    const cwd = repository(
      'rules: [checks]\noverrides: [{ rule: no-exec, paths: { include: [lib/, other/] }, reason: x }]\n',
      {
        'checks/python/exec.yaml': rule,
        'lib/b.py': 'exec(x)\n',
        'other/c.py': 'exec(x)\n',
      },
    );
    const report = await lockstepJson(['scan'], { cwd });
    expect(outline(report)).toEqual(['lib/b.py:1 checks.python.no-exec']);
    expect(report.results[0]?.extra).toMatchObject({
      metadata: { lockstep: { overrides: [{ paths: { include: ['lib/', 'other/'], exclude: [] } }] } },
    });
  });

  test('an override that has ended is told, and no longer counts', async () => {
    const cwd = repository(`${CONFIG}overrides: [{ rule: no-exec, off: true, reason: x, until: 2026-01-31 }]\n`);
    const { code, stdout, stderr } = await lockstep(['scan'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('no-exec');
    expect(stderr).toContain('the rule no-exec is no longer overridden: that ended on 2026-01-31');
  });

  test('with --config, or rules in the environment, only what it says of files and limits', async () => {
    const cwd = repository(`${CONFIG}overrides: [{ guardrail: nothing-like-it, off: true, reason: x }]\n`);
    const args = ['scan', '--config', 'guardrails', '--no-rewrite-rule-ids'];
    expect(outline(await lockstepJson(args, { cwd }))).toEqual(['app/a.py:1 no-eval']);
    const env = { SEMGREP_RULES: 'checks' };
    expect(outline(await lockstepJson(['scan'], { cwd, env }))).toEqual(['app/a.py:2 checks.python.no-exec']);
  });

  test('with --config, a faulty one is no reason not to scan, and is told', async () => {
    const cwd = repository('ignores: [generated/]\n');
    const { code, stdout, stderr } = await lockstep(['scan', '--config', 'guardrails'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('no-eval');
    expect(stderr).toContain('warning: lockstep.yaml cannot be used and was left out');
  });

  test('limits, which flags override', async () => {
    const cwd = repository(`${CONFIG}scan: { max-target-bytes: 5 }\n`);
    expect((await lockstepJson(['scan'], { cwd })).paths.scanned).toEqual([]);
    expect((await lockstepJson(['scan', '--max-target-bytes', '1MB'], { cwd })).paths.scanned).toEqual(['app/a.py']);
  });

  test('a baseline, which is written where it says', async () => {
    const cwd = repository(`${CONFIG}baseline: known/findings.yaml\n`);
    const inner = { cwd: join(cwd, 'app') };
    expect((await lockstep(['baseline', 'write', '..'], inner)).code).toBe(0);
    expect(existsSync(join(cwd, 'known/findings.yaml'))).toBe(true);
    addFiles(cwd, { 'app/new.py': 'eval(x)\n' });
    const { code, stdout } = await lockstep(['scan', '--error', '..'], inner);
    expect(code).toBe(1);
    expect(stdout).toContain('app/new.py');
    expect(stdout).not.toContain('app/a.py');
    addFiles(cwd, { 'lockstep.yaml': `${CONFIG}baseline: linked.yaml\n` });
    symlinkSync(join(makeFolder({ x: 'password: hunter2' }), 'x'), join(cwd, 'linked.yaml'));
    const linked = await lockstep(['scan'], { cwd });
    expect(linked.code).toBe(2);
    expect(linked.stderr).toBe('error: lockstep.yaml:4: linked.yaml is a link that leads out of the repository\n');
  });

  test('one in a folder of the repository counts there', async () => {
    const cwd = repository(CONFIG, {
      'app/lockstep.yaml': 'rules: own\nignore: [/a.py]\n',
      'app/own/x.yaml': RULE.replaceAll('exec', 'eval'),
    });
    expect(outline(await lockstepJson(['scan'], { cwd: join(cwd, 'app') }))).toEqual(['generated/b.py:1 own.no-eval']);
  });

  test('what lies above a repository decides nothing', async () => {
    const outer = makeFolder({ 'lockstep.yaml': 'guardrails: [nonsense]\n', 'x/a.py': 'eval(x)\n' });
    git(join(outer, 'x'), 'init', '--quiet');
    for (const folder of ['x', 'y']) {
      mkdirSync(join(outer, folder), { recursive: true });
      const { code, stderr } = await lockstep(['scan'], { cwd: join(outer, folder) });
      expect(code).toBe(0);
      expect(stderr).toContain('using lockstep:default');
    }
  });
});

describe('commands that name no rules take what lockstep.yaml names', () => {
  const GIT_AND_OWN = 'guardrails: [guardrails]\nrules: [checks/python, single.yaml]\nmodels: [models]\n';

  function setUp(): string {
    return repository(GIT_AND_OWN, {
      'guardrails/no-eval/tests/a.py': '# ruleid: no-eval\neval(x)\n',
      'checks/python/exec.py': '# ruleid: no-exec\nexec(x)\n',
      'single.yaml': RULE.replaceAll('exec', 'open'),
      'single.py': '# ruleid: no-open\nopen(x)\n',
      'models/shop.yaml': 'models: [{ name: shop, description: d, languages: [python], sanitizers: [clean(...)] }]\n',
      'elsewhere/broken.yaml': 'rules: [{ id: broken }]\n',
    });
  }

  test('validate', async () => {
    const cwd = setUp();
    const { code, stdout, stderr } = await lockstep(['validate'], { cwd: join(cwd, 'app') });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '✓ 0 errors, 0 warnings, 4 sound rules\n',
      stderr: 'Using ../lockstep.yaml.\n',
    });
    const named = await lockstep(['validate', '.'], { cwd });
    expect(named.code).not.toBe(0);
    expect(named.stderr).toBe('');
    addFiles(cwd, {
      'lockstep.yaml': `${GIT_AND_OWN}overrides: [{ rule: checks.python.no-exec, off: true, reason: x }]\n`,
    });
    expect((await lockstep(['validate'], { cwd })).code).toBe(0);
    addFiles(cwd, { 'lockstep.yaml': 'guardrails: [{ lockstep: weak-hash }]\n' });
    const unlocked = await lockstep(['validate'], { cwd });
    expect(unlocked.code).toBe(7);
    expect(unlocked.stdout).toContain('there is no lockstep.lock');
  });

  test('test', async () => {
    const cwd = setUp();
    const { code, stdout, stderr } = await lockstep(['test'], { cwd: join(cwd, 'app') });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Using ../lockstep.yaml.\n' });
    expect(stdout).toBe('✓ 3/3 rule checks passed\n1 without tests:\n  ../guardrails/no-compile\n');
    expect((await lockstep(['test', '.'], { cwd })).code).toBe(1);
    addFiles(cwd, { 'lockstep.yaml': 'guardrails: [{ lockstep: weak-hash }]\n' });
    const unlocked = await lockstep(['test'], { cwd });
    expect(unlocked.code).toBe(7);
    expect(unlocked.stderr).toContain('error: there is no lockstep.lock');
    addFiles(cwd, { 'lockstep.yaml': 'guardrail: []\n' });
    expect((await lockstep(['test'], { cwd })).stderr).toContain('lockstep.yaml:1:1: error: the key `guardrail`');
  });

  test('guardrail list', async () => {
    const cwd = repository('guardrails: [guardrails, { lockstep: weak-hash }]\n');
    const list = () => lockstep(['guardrail', 'list', '--offline'], { cwd: join(cwd, 'app') });
    const unlocked = await list();
    expect(unlocked.code).toBe(7);
    expect(unlocked.stderr).toContain('error: there is no lockstep.lock');
    await lockstep(['lock'], { cwd });
    const { code, stdout, stderr } = await list();
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Using ../lockstep.yaml.\n' });
    expect(stdout.match(/^\S+/gm)).toEqual(['no-compile', 'no-eval', 'weak-hash']);
    const named = await lockstep(['guardrail', 'list', 'guardrails'], { cwd });
    expect(named.stdout.match(/^\S+/gm)).toEqual(['no-compile', 'no-eval']);
    expect(named.stderr).toBe('');
  });
});

describe('what is wrong is one clear error', () => {
  test.each([
    ['overides: []', ['lockstep.yaml:1:1: error: the key `overides` is unknown', 'did you mean `overrides`?']],
    [
      'guardrails: [guardrail]',
      ['lockstep.yaml:1: guardrail cannot be used: there is no such folder', 'Correct the path'],
    ],
    ['rules: [checks/x.yaml]', ['lockstep.yaml:1: checks/x.yaml cannot be used: there is no such file or folder']],
    [
      'rules: [checks]\nmodels: [checks/x]',
      ['lockstep.yaml:2: checks/x cannot be used: there is no such file or folder'],
    ],
    [
      'guardrails: [{ lockstep: shell-comand }]',
      ['no guardrail shell-comand comes with Lockstep', 'did you mean `shell-command`?'],
    ],
    ['ignore: [a/]', ['lockstep.yaml names neither guardrails nor rules', '`guardrails: [{ lockstep: default }]`']],
    [
      `${CONFIG}overrides: [{ guardrail: no-evel, off: true, reason: x }]`,
      ['lockstep.yaml:4:15: error: the guardrail no-evel is overridden, and does not exist', 'did you mean `no-eval`?'],
    ],
    [
      'guardrails: [guardrails, more]',
      ['more/no-eval cannot be used: guardrails/no-eval is a guardrail of that name already'],
    ],
  ])('%s', async (config, expected) => {
    const cwd = repository(config, below('more', guardrail('no-eval', 'eval')));
    const told = await refusal(cwd);
    for (const text of expected) expect(told).toContain(text);
    expect(told).toContain('Nothing was scanned.');
  });

  test('in JSON too', async () => {
    const { stdout, code } = await lockstep(['scan', '--json'], { cwd: repository('overides: []') });
    expect(code).toBe(7);
    expect(JSON.parse(stdout).errors[0].message).toContain('lockstep.yaml:1:1: the key `overides` is unknown');
  });
});

describe('the lock', () => {
  const BUNDLED = 'guardrails: [{ lockstep: [shell-command, eval-of-data] }]\n';

  test('is demanded, written, held, and says what changed', async () => {
    const code = { 'app/a.py': 'def f(x):\n    eval(x)\n' };
    const cwd = makeRepository({ 'lockstep.yaml': BUNDLED, ...code });
    expect(await refusal(cwd)).toContain('there is no lockstep.lock');
    const written = await lockstep(['lock'], { cwd: join(cwd, 'app') });
    expect(written.stdout).toBe(
      '+ lockstep:eval-of-data, 2 files\n+ lockstep:shell-command, 2 files\nwrote ../lockstep.lock\n',
    );
    expect((await lockstep(['lock'], { cwd })).stdout).toBe('lockstep.lock is up to date\n');
    expect(outline(await lockstepJson(['scan'], { cwd }))).toEqual(['app/a.py:2 eval-of-data']);
    addFiles(cwd, { 'lockstep.yaml': BUNDLED.replace('eval-of-data', 'weak-hash') });
    const told = await refusal(cwd);
    expect(told).toContain(
      'lockstep.lock does not fit: lockstep:weak-hash is not in it; lockstep:eval-of-data is no source',
    );
    expect(told).toContain('Run lockstep lock, look at what it says has changed, and commit the file.');
    expect((await lockstep(['lock'], { cwd })).stdout).toBe(
      '+ lockstep:weak-hash, 2 files\n- lockstep:eval-of-data\nwrote lockstep.lock\n',
    );
  });

  test('is not asked for where the repository holds everything itself', async () => {
    const cwd = repository(CONFIG);
    expect((await lockstep(['lock'], { cwd })).stdout).toContain('nothing to lock');
    expect(existsSync(join(cwd, 'lockstep.lock'))).toBe(false);
  });

  test.each([
    ['version: 2\nlockstep: 9.0.0\n', 'a lock of version 2'],
    ['version: 1\nlockstep: 0.1.0\nsources: [{ source: a, files: 1, sha256: x }]\n', 'this is not a SHA-256'],
    ['<<<<<<< HEAD\nversion: 1\n', 'lockstep.lock:1:'],
  ])('%j is told with its place', async (lock, expected) => {
    const cwd = makeRepository({ 'lockstep.yaml': BUNDLED, 'lockstep.lock': lock });
    expect(await refusal(cwd)).toContain(expected);
  });

  test('without lockstep.yaml', async () => {
    const { code, stderr } = await lockstep(['lock'], { cwd: makeFolder() });
    expect({ code, stderr }).toEqual({
      code: 7,
      stderr: 'there is no lockstep.yaml, here or above: lockstep init writes one\n',
    });
  });
});

describe('guardrails from a git repository', () => {
  /** What the user, and nobody else, may say: that an address stands for a folder of this machine. */
  function setUp() {
    const shared = makeRepository(below('python', guardrail('no-eval', 'eval')));
    const config = `[url "file://${shared}"]\n\tinsteadOf = https://git.example/g\n`;
    const env = {
      GIT_CONFIG_GLOBAL: join(makeFolder({ gitconfig: config }), 'gitconfig'),
      GIT_ALLOW_PROTOCOL: 'file',
      LOCKSTEP_CACHE: makeFolder(),
    };
    const commit = git(shared, 'rev-parse', 'HEAD');
    const file = (at: string) => `guardrails: [{ git: "https://git.example/g", commit: ${at}, folder: python }]\n`;
    return { shared, env, commit, file, cwd: makeRepository({ 'lockstep.yaml': file(commit), ...CODE }) };
  }

  test('are fetched once, then come from the cache', async () => {
    const { shared, env, commit, file, cwd } = setUp();
    const locked = await lockstep(['lock'], { cwd, env });
    expect(locked.stdout).toBe(`+ git:https://git.example/g#python at ${commit}, 1 file\nwrote lockstep.lock\n`);
    const expected = ['app/a.py:1 no-eval', 'app/generated/b.py:1 no-eval'];
    expect(outline(await lockstepJson(['scan', '--offline'], { cwd, env }))).toEqual(expected);

    // On another machine, it is fetched again, and what is locked must come out.
    const elsewhere = { ...env, LOCKSTEP_CACHE: makeFolder() };
    expect(await refusal(cwd, ['--offline'], elsewhere)).toContain(
      'git:https://git.example/g#python cannot be used: it is not in the cache, and --offline forbids fetching',
    );
    expect(outline(await lockstepJson(['scan'], { cwd, env: elsewhere }))).toEqual(expected);

    addFiles(shared, { 'python/no-eval/guardrail.yaml': '' });
    commitAll(shared, 'emptied');
    expect(outline(await lockstepJson(['scan'], { cwd, env }))).toEqual(expected);
    const next = git(shared, 'rev-parse', 'HEAD');
    addFiles(cwd, { 'lockstep.yaml': file(next) });
    expect(await refusal(cwd, [], env)).toContain(`is locked at ${commit}, not at ${next}`);
    expect((await lockstep(['lock'], { cwd, env })).stdout).toContain(`: locked at ${commit}, not at ${next}`);
  });

  test('that are not what was locked are not used', async () => {
    const { env, cwd } = setUp();
    await lockstep(['lock'], { cwd, env });
    const lock = join(cwd, 'lockstep.lock');
    writeFileSync(
      lock,
      readFileSync(lock, 'utf8')
        .replace(/sha256: "./, 'sha256: "0')
        .replace(/"0(\w{62})\w"/, '"0$10"'),
    );
    for (const args of [['scan'], ['lock']]) {
      const { code, stderr } = await lockstep(args, { cwd, env });
      expect(code).toBe(7);
      expect(stderr).toContain('what is served under this very revision is not what was locked');
    }
  });
});

describe('a hostile repository', () => {
  test('a folder, a rule file, models, lockstep.yaml and its lock that are links out of it', async () => {
    const outside = makeFolder({ ...guardrail('no-eval', 'eval'), 'secret.yaml': 'password: hunter2\n' });
    const told: string[] = [];
    const linked: [string, string, string][] = [
      ['guardrails: [linked]', 'linked', outside],
      ['rules: [linked.yaml]', 'linked.yaml', join(outside, 'secret.yaml')],
      ['rules: [checks]', 'checks/linked.yaml', join(outside, 'secret.yaml')],
      ['models: [linked]\nrules: [own.yaml]', 'linked', outside],
      ['models: [checks]\nrules: [own.yaml]', 'checks/linked.yaml', join(outside, 'secret.yaml')],
      ['rules: [own.yaml]', 'lockstep.lock', join(outside, 'secret.yaml')],
    ];
    for (const [config, path, target] of linked) {
      const cwd = makeRepository({ 'lockstep.yaml': `${config}\n`, 'checks/x.yaml': RULE, 'own.yaml': RULE });
      symlinkSync(target, join(cwd, path));
      told.push(await refusal(cwd));
    }
    const cwd = makeRepository({ 'a.py': '' });
    symlinkSync(join(outside, 'secret.yaml'), join(cwd, 'lockstep.yaml'));
    told.push(await refusal(cwd));
    for (const text of told) {
      expect(text).toMatch(/link that leads out of/);
      expect(text).not.toContain('hunter2');
    }
  });

  test('paths that leave it, and programs in the place of addresses', async () => {
    const cwd = makeRepository(CODE);
    const mark = join(makeFolder(), 'mark');
    const configs = [
      'guardrails: [../x]',
      'rules: [/etc/passwd]',
      `guardrails: [{ git: "ext::sh -c touch% ${mark}", commit: ${'0'.repeat(40)} }]`,
      `guardrails: [{ git: "--upload-pack=touch ${mark}", commit: ${'0'.repeat(40)} }]`,
      `guardrails: [{ npm: "file:${mark}@1.0.0" }]`,
      `guardrails: !!js/function "() => require('fs').writeFileSync('${mark}')"`,
    ];
    for (const config of configs) {
      addFiles(cwd, { 'lockstep.yaml': config });
      expect(await refusal(cwd)).toMatch(/^lockstep\.yaml:1:\d+: error: /m);
      expect(existsSync(mark)).toBe(false);
    }
  });

  test('anchors that multiply, and files that are huge', async () => {
    const cwd = makeRepository();
    const levels = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);
    addFiles(cwd, { 'lockstep.yaml': `a0: &a0 [x]\n${levels.join('\n')}\n` });
    expect(await refusal(cwd)).toContain('anchors and aliases multiply');
    addFiles(cwd, { 'lockstep.yaml': `#${'x'.repeat(1_000_001)}\n` });
    expect(await refusal(cwd)).toContain('lockstep.yaml cannot be read: it is larger than 1 MB');
    addFiles(cwd, { 'lockstep.yaml': 'rules: [own.yaml]\n', 'own.yaml': RULE, 'lockstep.lock': '#'.repeat(5_000_001) });
    expect(await refusal(cwd)).toContain('lockstep.lock cannot be read: it is larger than 5 MB');
    rmSync(join(cwd, 'lockstep.lock'));
    mkdirSync(join(cwd, 'lockstep.lock'));
    expect(await refusal(cwd)).toContain('lockstep.lock cannot be read: it is no regular file');
  });

  test('names that would act on a terminal', async () => {
    const acting = '\u001b[31m\u202e';
    const cwd = makeRepository({ 'a.py': '', 'checks/x.yaml': RULE });
    const configs = [
      `rules: ["${acting}"]`,
      `rules: [checks]\noverrides: [{ rule: "${acting}", off: true, reason: x }]`,
      `rules: [checks]\noverrides: [{ rule: no-exec, off: true, reason: "${acting}" }]`,
      `"${acting}": 1`,
      `guardrails: [{ git: "${acting}", commit: ${'0'.repeat(40)} }]`,
    ];
    for (const config of configs) {
      addFiles(cwd, { 'lockstep.yaml': `${config.replaceAll('\u001b', '\\e')}\n` });
      const { stderr } = await lockstep(['scan', '--verbose'], { cwd });
      expect(stderr).toContain('lockstep.yaml');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be shown.
      expect(stderr).not.toMatch(/[\u001b\u202e]/);
    }
  });
});
