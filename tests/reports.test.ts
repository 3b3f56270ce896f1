import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep, lockstepJson } from './testing/lockstep.ts';

const RULES = `
rules:
  - id: shell
    languages: [python]
    severity: ERROR
    message: >-
      A shell parses \`$COMMAND\`, so whoever decides what it holds runs any program they like. Pass a list and leave
      \`shell\` out.
    metadata:
      cwe: ["CWE-78: OS Command Injection"]
      references: [https://docs.python.org/3/library/subprocess.html#security-considerations]
      technology: [subprocess]
    pattern: subprocess.run($COMMAND, ..., shell=True, ...)
  - id: debug
    languages: [python]
    severity: WARNING
    message: Debug mode shows the source to visitors.
    pattern: $APP.run(..., debug=True, ...)
    fix: $APP.run()
  - id: todo
    languages: [generic]
    severity: INFO
    message: $WHO has not finished this.
    pattern: TODO($WHO)
`;

const APP = `import subprocess as sp
from flask import Flask

app = Flask(__name__)  # TODO(ann)


def archive(name):
    sp.run(
        f"tar czf {name}.tgz {name}",
        shell=True,
        check=True,
    )
    sp.run(name, shell=True)  # nosemgrep: shell


app.run("0.0.0.0", debug=True)
`;

const FILES = { 'rules.yaml': RULES, 'shop/app.py': APP, 'shop/notes.txt': 'TODO(bob)\n' };
const SCAN = ['scan', '--config', 'rules.yaml', 'shop'];

test('text', async () => {
  const { code, stdout, stderr } = await lockstep(SCAN, { cwd: makeFolder(FILES) });
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "shop/app.py

        ❱ todo  info
          ann has not finished this.

          shop/app.py:4:26
          4 │ app = Flask(__name__)  # TODO(ann)
            │                          ^^^^^^^^^

      ❯❯❱ shell  error
          A shell parses \`f"tar czf {name}.tgz {name}"\`, so whoever decides what it holds runs any
          program they like. Pass a list and leave \`shell\` out.

          shop/app.py:8:5
           7 │ def archive(name):
           8 ┃     sp.run(
           9 ┃         f"tar czf {name}.tgz {name}",
          10 ┃         shell=True,
          11 ┃         check=True,
          12 ┃     )
          13 │     sp.run(name, shell=True)  # nosemgrep: shell

          https://docs.python.org/3/library/subprocess.html#security-considerations

       ❯❱ debug  warning
          Debug mode shows the source to visitors.

          shop/app.py:16:1
          16 │ app.run("0.0.0.0", debug=True)
             │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

          fix
          - app.run("0.0.0.0", debug=True)
          + app.run()

    shop/notes.txt

        ❱ todo  info
          bob has not finished this.

          shop/notes.txt:1:1
          1 │ TODO(bob)
            │ ^^^^^^^^^
    "
  `);
  expect(stderr).toMatchInlineSnapshot(`
    "
    4 findings: 1 error, 1 warning, 2 info
    1 more finding suppressed by comments in the code
    2 files scanned with 3 rules in N s
    complete: nothing was left out
    "
  `);
});

test('JSON', async () => {
  expect(await lockstepJson(SCAN, { cwd: makeFolder(FILES) })).toMatchSnapshot();
});

test('SARIF', async () => {
  const { stdout } = await lockstep([...SCAN, '--sarif'], { cwd: makeFolder(FILES) });
  expect(JSON.parse(stdout)).toMatchSnapshot();
});

test.each(['emacs', 'vim', 'junit-xml', 'github', 'gitlab-codequality', 'rdjson', 'markdown', 'csv'])(
  '%s',
  async (format) => {
    const { stdout } = await lockstep([...SCAN, `--${format}`], { cwd: makeFolder(FILES) });
    expect(stdout).toMatchSnapshot();
  },
);

test.each(['github', 'markdown', 'html'])('%s says why nothing was scanned', async (format) => {
  const { code, stdout } = await lockstep(['scan', '--config', 'nowhere.yaml', `--${format}`], {
    cwd: makeFolder(FILES),
  });
  expect(code).toBe(7);
  expect(stdout).toContain('nothing was scanned');
  expect(stdout).toContain('nowhere.yaml');
});

describe('the summary of a job', () => {
  const summaryAfter = async (args: string[]) => {
    const cwd = makeFolder({ ...FILES, 'summary.md': 'Before.\n' });
    const { code, stderr } = await lockstep([...SCAN, ...args], {
      cwd,
      env: { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') },
    });
    expect([code, stderr.includes('error:')]).toEqual([0, false]);
    return readFileSync(join(cwd, 'summary.md'), 'utf8');
  };

  test('is added to by --github, wherever that is written', async () => {
    expect(await summaryAfter(['--github-output', 'out.txt'])).toMatch(/^Before\.\n# Lockstep: 4 findings\n/);
  });

  test('is left alone by other formats', async () => {
    expect(await summaryAfter(['--json'])).toBe('Before.\n');
  });

  test('that cannot be written fails the run', async () => {
    const env = { GITHUB_STEP_SUMMARY: '/nowhere/summary.md' };
    const { code, stdout, stderr } = await lockstep([...SCAN, '--github'], { cwd: makeFolder(FILES), env });
    expect([code, stdout.match(/^::/gm)?.length]).toEqual([2, 4]);
    expect(stderr).toContain('error: /nowhere/summary.md could not be written: ');
  });
});

test('several reports at once, folders are made, and nothing is printed with -o', async () => {
  const cwd = makeFolder(FILES);
  const outputs = [
    '-o',
    'out/a.json',
    '--sarif-output=out/deep/b.sarif',
    '--sarif-suppressed',
    '--text-output',
    'c.txt',
  ];
  const { code, stdout } = await lockstep([...SCAN, '--json', ...outputs], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(JSON.parse(readFileSync(join(cwd, 'out/a.json'), 'utf8')).results).toHaveLength(4);
  expect(JSON.parse(readFileSync(join(cwd, 'out/deep/b.sarif'), 'utf8')).runs[0].results).toHaveLength(5);
  expect(readFileSync(join(cwd, 'c.txt'), 'utf8')).toContain('shop/app.py:8:5');
});

test('a report that cannot be written fails the run, and the others are written', async () => {
  const cwd = makeFolder({ ...FILES, file: '' });
  const { code, stdout, stderr } = await lockstep([...SCAN, '-q', '--json-output', 'file/out.json'], { cwd });
  expect(code).toBe(2);
  expect(stdout).toContain('shop/app.py');
  expect(stderr).toMatch(/^\nerror: file\/out\.json could not be written: /);
});

test('the same input gives the same bytes, whatever the threads', async () => {
  const copies = Array.from({ length: 15 }, (_, at) => [`shop/copy${at}.py`, APP.repeat(1 + (at % 5) * 15)]);
  const cwd = makeFolder({ ...FILES, ...Object.fromEntries(copies) });
  const [one, two, again] = await Promise.all(
    ['1', '3', '3'].map((jobs) => lockstep([...SCAN, '-q', '--sarif', '-j', jobs], { cwd })),
  );
  expect(one?.stdout.length).toBeGreaterThan(300_000);
  expect(two?.stdout).toBe(one?.stdout);
  expect(again?.stdout).toBe(one?.stdout);
});

test('-q leaves standard error empty, colour comes when asked for', async () => {
  const cwd = makeFolder(FILES);
  const quiet = await lockstep([...SCAN, '-q'], { cwd });
  expect(quiet.stderr).toBe('');
  expect(quiet.stdout).not.toContain('\u001b[');
  const colored = await lockstep([...SCAN, '-q'], { cwd, env: { SEMGREP_FORCE_COLOR: '1' } });
  expect(colored.stdout).toContain('\u001b[');
});

test('--time names the slowest rules and files', async () => {
  const { stderr } = await lockstep([...SCAN, '--time'], { cwd: makeFolder(FILES) });
  expect(stderr).toMatch(/^Slowest rules\n {2}\s*N ms {2}\w+\n/m);
  expect(stderr).toMatch(/^Slowest files\n {2}\s*N ms {2}shop\//m);
});
