import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lockstep } from './testing/lockstep.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

const NO_PICKLE = `id: no-pickle
promise: Nothing is unpickled.
weakness: CWE-502
owners: { security: "@acme/appsec", engineering: "@acme/web" }
origin: { kind: incident, date: 2026-02-17, link: "https://tracker.example/SEC-41" }
stage: comment
languages: [python]
references: ["https://docs.python.org/3/library/pickle.html"]
forbid:
  - use: pickle.loads
    instead: json.loads
    except: [{ symbol: cache.read, reason: reads our own files, approved-by: "@acme/appsec", until: 2099-12-31 }]
history: [{ date: 2026-03-01, from: monitor, to: comment, who: "@acme/web", why: No finding was wrong, evidence: 31 of 31 }]
`;

const GUARDED = `id: guarded
promise: Every method of the service asks for a permission.
weakness: CWE-862
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: monitor
languages: [python]
require:
  - on: |
      @$APP.route(...)
      def $METHOD(...): ...
    have: { decorator: "@guard", place: below }
    except:
      - { symbol: ping, reason: '=answers, "no" data', until: 2099-12-31 }
      - { symbol: old, reason: was to go, until: 2020-12-31 }
      - { symbol: gone, reason: it was here once }
`;

/** Everything that check looks at, wrong. */
const UNTIDY = `id: untidy
promise: Nothing is evaluated.
weakness: CWE-95
owners: { security: "@acme/nobody", engineering: "@acme/web" }
stage: block
languages: [python]
policy: { exceptions: [approved-by] }
fix: { summary: It was removed, change: src/gone.py }
forbid:
  - use: eval
  - use: exec
    instead: a parser
    except:
      - { symbol: f, reason: why not }
      - { symbol: g, reason: once, approved-by: "@acme/web", until: 2020-01-31 }
history:
  - { date: 2026-03-01, from: monitor, to: comment, who: "@acme/web", why: it was right }
  - { date: 2026-02-01, from: monitor, to: comment, who: "@acme/web", why: it was right }
`;

const RULE = `rules:
  - { id: untidy-rule, languages: [python], severity: INFO, message: Nothing is evaluated!, pattern: run($X), metadata: { references: [here] } }
`;

const cwd = sharedFolder({
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.github/CODEOWNERS': '# who\n* @acme/web @Acme/AppSec # both\n',
  'guardrails/no-pickle/guardrail.yaml': NO_PICKLE,
  'guardrails/no-pickle/lesson.md':
    '# Two minutes\n\n[the code](guardrail.yaml), [more](https://docs.example), [there](#x)\n',
  'guardrails/no-pickle/tests/a.py': '# ruleid: no-pickle\npickle.loads(x)\n\n# ok: no-pickle\njson.loads(x)\n',
  'guardrails/guarded/guardrail.yaml': GUARDED.replace(/ {6}- { symbol: old.*\n/, ''),
  'guardrails/guarded/tests/a.py':
    '@app.route("/")\n# ruleid: guarded\ndef f(): ...\n\n@app.route("/")\n@guard\n# ok: guarded\ndef g(): ...\n',
  'untidy/untidy/guardrail.yaml': UNTIDY,
  'untidy/untidy/rules.yaml': RULE,
  'untidy/untidy/lesson.md': 'See [the page](missing.md).\n',
  'untidy/untidy/tests/a.py': '# ruleid: untidy\nliteral_eval(x)\n',
  'untidy/untested/guardrail.yaml': NO_PICKLE.replace('no-pickle', 'untested'),
  'untidy/empty/guardrail.yaml': NO_PICKLE.replace('no-pickle', 'empty').replace(/forbid:\n( {2}.*\n)+/, ''),
  'untidy/faulty/guardrail.yaml': NO_PICKLE.replace('no-pickle', 'faulty').replace('comment', 'coment'),
  'untidy/again/untested/guardrail.yaml': NO_PICKLE.replace('no-pickle', 'untested'),
  'untidy/again/untested/tests/a.py': '# ruleid: untested\npickle.loads(x)\n',
  'late/guarded/guardrail.yaml': GUARDED,
  'src/views.py': `@app.route("/orders")
@guard
def orders(): ...


@app.route("/ping")
def ping(): ...


@app.route("/old")
def old(): ...


@guard
@app.route("/odd")
def odd(): ...


@app.route("/quiet")
def quiet(): ...  # nosemgrep


def helper(): ...
`,
  'src/broken.py': '@app.route("/x")\ndef late(): ...\n\ndef (((\n',
  'nothing/readme.md': 'no guardrails here\n',
  'report.json': '{"results": [{"check_id": "x"}]}',
  'text.json': 'not JSON',
});

const run = (...args: string[]) => lockstep(['guardrail', ...args], { cwd });

describe('list', () => {
  test('a table', async () => {
    expect(await run('list')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "stderr": "",
        "stdout": "guarded    monitor  CWE-862  2 rules  Every method of the service asks for a permission.
      no-pickle  comment  CWE-502  1 rule   Nothing is unpickled.
      ",
      }
    `);
  });

  test('as JSON, faulty ones too', async () => {
    const { code, stdout } = await run('list', 'untidy', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchSnapshot();
  });

  test('those that come with Lockstep', async () => {
    const { code, stdout } = await run('list', 'lockstep:default');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^admin-view-permission +monitor +CWE-862 +2 rules +Every view/m);
  });
});

describe('show', () => {
  test('everything that there is', async () => {
    expect(await run('show', 'no-pickle')).toMatchSnapshot();
  });

  test('by folder, as JSON', async () => {
    const { stdout } = await run('show', 'guardrails/no-pickle', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      folder: 'guardrails/no-pickle',
      guardrail: { id: 'no-pickle', stage: 'comment' },
      rules: [{ id: 'no-pickle', severity: 'ERROR' }],
    });
  });

  test('one that comes with Lockstep, by its id', async () => {
    const { code, stdout } = await run('show', 'shell-command');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('lockstep:shell-command') });
  });
});

describe('check', () => {
  test('all is well', async () => {
    expect(await run('check')).toEqual({ code: 0, stdout: '✓ 2 guardrails checked\n', stderr: '' });
  });

  test('everything that can be wrong', async () => {
    const { code, stdout, stderr } = await run('check', 'untidy');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  test('the guardrails that come with Lockstep', async () => {
    const { code, stdout } = await lockstep(['guardrail', 'check', 'guardrails'], { cwd: REPOSITORY });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^✓ \d+ guardrails checked\n$/) });
  });
});

test('explain prints rules that run as they are', async () => {
  const { code, stdout } = await run('explain', 'guarded');
  expect(code).toBe(0);
  expect(stdout).toMatchSnapshot();
  const folder = sharedFolder({ 'rules.yaml': stdout });
  expect(await lockstep(['validate', 'rules.yaml'], { cwd: folder })).toMatchObject({
    code: 0,
    stdout: '✓ 0 errors, 0 warnings, 2 sound rules\n',
  });
});

test('explain says where the rules are, if there are no short forms', async () => {
  const { stdout } = await run('explain', 'lockstep:shell-command');
  expect(stdout).toBe(
    '# lockstep:shell-command has no short forms; its rules stand in lockstep:shell-command/rules.yaml\n',
  );
});

describe('inventory', () => {
  test('for people', async () => {
    expect(await run('inventory', 'late/guarded', 'src')).toMatchSnapshot();
  });

  test('as JSON', async () => {
    const { code, stdout } = await run('inventory', 'late/guarded', 'src', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchSnapshot();
  });

  test('as CSV, without formulas', async () => {
    const { stdout } = await run('inventory', 'late/guarded', 'src/views.py', '--csv');
    expect(stdout.replaceAll('\r', '')).toMatchInlineSnapshot(`
      ""requirement","state","symbol","path","line","reason","approved_by","until"
      "line 8","protected","orders","src/views.py","3","","",""
      "line 8","excepted","ping","src/views.py","7","'=answers, ""no"" data","","2099-12-31"
      "line 8","missing","old","src/views.py","11","was to go","","2020-12-31"
      "line 8","misplaced","odd","src/views.py","16","","",""
      "line 8","suppressed","quiet","src/views.py","20","","",""
      "
    `);
  });

  test('--error fails on what is not protected', async () => {
    expect((await run('inventory', 'late/guarded', 'src', '--error')).code).toBe(1);
    expect((await run('inventory', 'guarded', 'src/broken.py', '--error')).code).toBe(1);
    expect((await run('inventory', 'guarded', 'guardrails', '--error')).code).toBe(0);
  });
});

describe('new', () => {
  const folder = sharedFolder({ CODEOWNERS: '* @acme/appsec\n', '.git/HEAD': 'ref: refs/heads/main\n' });
  const make = (...args: string[]) => lockstep(['guardrail', 'new', ...args], { cwd: folder });

  test.each([
    ['forbid', ['--pattern', 'pickle.loads', '--instead', 'json.loads', '--weakness', 'CWE-502']],
    ['require', ['--pattern', '@$APP.route(...)\ndef $VIEW(...): ...', '--have', '@requires("...")']],
    ['unsafe-call', ['--pattern', '$BANK.send(...)', '--safe', '$BANK.send($TO, $KEY)', '--lang', 'py']],
    ['pattern', ['--pattern', 'run(..., debug=True, ...)', '--message', 'Debug on the command line.']],
  ])('%s', async (template, flags) => {
    const { code, stdout } = await make(`new-${template}`, '--template', template, ...flags);
    expect({ code, stdout }).toMatchSnapshot();
    const written = readFileSync(join(folder, `guardrails/new-${template}/guardrail.yaml`), 'utf8');
    expect(written).toMatchSnapshot();
    expect(readFileSync(join(folder, `guardrails/new-${template}/tests/examples.py`), 'utf8')).toMatchSnapshot();
    const check = await lockstep(['guardrail', 'check', `guardrails/new-${template}`], { cwd: folder });
    expect(check).toEqual({ code: 0, stdout: '✓ 1 guardrail checked\n', stderr: '' });
  });

  test('the schema that it names is in the package', () => {
    const schema = 'schema/guardrail.schema.json';
    const { files } = JSON.parse(readFileSync(join(REPOSITORY, 'packages/cli/package.json'), 'utf8'));
    expect(existsSync(join(REPOSITORY, 'packages/cli', schema))).toBe(true);
    expect(files).toContain('schema');
  });

  test('nothing is overwritten', async () => {
    const flags = ['--template', 'forbid', '--pattern', 'os.system', '--instead', 'subprocess.run'];
    expect((await make('once', ...flags)).code).toBe(0);
    expect(await make('once', ...flags)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: guardrails/once exists already; nothing was written\n',
    });
  });

  test('from a finding', async () => {
    const work = sharedFolder({ 'src/a.py': 'def f(rows):\n    return [eval(row) for row in rows]\n' });
    await lockstep(['-l', 'python', '-e', 'eval($X)', '--json', '-o', 'out.json', 'src'], { cwd: work });
    const args = ['--from-finding', '1', '--report', 'out.json', '--message', 'Read data as data.'];
    const made = await lockstep(['guardrail', 'new', 'no-eval', ...args], { cwd: work });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(work, 'guardrails/no-eval/rules.yaml'), 'utf8')).toContain('pattern: eval(...)\n');
    expect(readFileSync(join(work, 'guardrails/no-eval/tests/examples.py'), 'utf8')).toContain(
      '# ruleid: no-eval\nreturn [eval(row) for row in rows]\n',
    );
  });

  test.each([
    [['x', '--template', 'pattern', '--pattern', 'f((', '--message', 'm']],
    [['x', '--template', 'require', '--pattern', 'def $F(...): return 1', '--have', 'check()']],
    [['../x', '--template', 'forbid', '--pattern', 'eval', '--instead', 'x']],
    [['x', '--template', 'forbid']],
    [['x', '--template', 'forbid', '--pattern', 'eval(x)', '--instead', 'y']],
    [['x', '--template', 'forbid', '--pattern', 'eval']],
    [['x', '--template', 'bann']],
    [['x', '--template', 'forbid', '--pattern', 'eval', '--instead', 'y', '--lang', 'go']],
    [['x', '--template', 'forbid', '--pattern', 'eval', '--instead', 'y', '--weakness', '95']],
    [['x', '--from-finding', '1']],
    [['x', '--report', 'out.json']],
    [[]],
  ])('bad input: %j', async (args) => {
    const { code, stdout, stderr } = await make(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatchSnapshot();
    expect(existsSync(join(folder, 'guardrails/x'))).toBe(false);
  });

  test.each(['report.json', 'text.json', 'missing.json'])('a report that is none: %s', async (report) => {
    const { code, stderr } = await run('new', 'x', '--from-finding', '1', '--report', report);
    expect(code).toBe(2);
    expect(stderr).toMatchSnapshot();
  });
});

test.each([
  [['list', 'nothing']],
  [['list', 'nowhere']],
  [['show', 'no-pickel']],
  [['show', 'untidy']],
  [['show', 'untidy/faulty']],
  [['explain', 'untidy/faulty']],
  [['check', 'nothing']],
  [['inventory', 'no-pickle']],
  [['inventory', 'guarded', 'nowhere']],
  [['inventory', 'guarded', '--json', '--csv']],
  [['show']],
  [['promote', 'x']],
])('bad input: guardrail %j', async (args) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatchSnapshot();
});

test('without a folder of guardrails', async () => {
  const empty = sharedFolder({ 'a.py': '' });
  expect(await lockstep(['guardrail', 'list'], { cwd: empty })).toMatchInlineSnapshot(`
    {
      "code": 2,
      "stderr": "error: there is no folder guardrails/ here: name the one that holds your guardrails, or make the first one with lockstep guardrail new
    ",
      "stdout": "",
    }
  `);
});
