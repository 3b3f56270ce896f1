import { expect, test } from 'vitest';
import { makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep, lockstepJson } from './testing/lockstep.ts';

const RULES = `
rules:
  - id: command
    mode: taint
    languages: [python]
    severity: ERROR
    message: What a visitor sends becomes a command.
    pattern-sources:
      - pattern: request.args.get(...)
    pattern-sinks:
      - pattern: os.system(...)
`;

const APP = `import os
from flask import request


def archive():
    name = request.args.get(
        "näme")
    words = name.split()
    é = " ".join(words); folder = é
    os.system(
        "tar czf "
        + folder
    )


def ping():
    os.system(request.args.get("host"))
`;

const FILES = { 'rules.yaml': RULES, 'shop/app.py': APP };
const SCAN = ['scan', '--config', 'rules.yaml', '-q', 'shop'];

test('text shows the way to a sink that spans lines, in short', async () => {
  const { stdout } = await lockstep(SCAN, { cwd: makeFolder(FILES) });
  expect(stdout).toMatchInlineSnapshot(`
    "shop/app.py

      ❯❯❱ command  error
          What a visitor sends becomes a command.

          shop/app.py:10:5
           9 │     é = " ".join(words); folder = é
          10 ┃     os.system(
          11 ┃         "tar czf "
          12 ┃         + folder
          13 ┃     )

          flow
          source        6 │ name = request.args.get(
          ↓ words       8 │ words = name.split()
          ↓ é, folder   9 │ é = " ".join(words); folder = é
          sink         10 │ os.system(

          shop/app.py:17:5
          16 │ def ping():
          17 │     os.system(request.args.get("host"))
             │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "
  `);
});

test('--dataflow-traces shows every step', async () => {
  const { stdout } = await lockstep([...SCAN, '--dataflow-traces'], { cwd: makeFolder(FILES) });
  expect(stdout.match(/^ +flow\n(?:.+\n)+/gm)?.join('')).toMatchInlineSnapshot(`
    "      flow
          source     6 │ name = request.args.get(
          ↓ name     6 │ name = request.args.get(
          ↓ words    8 │ words = name.split()
          ↓ é        9 │ é = " ".join(words); folder = é
          ↓ folder   9 │ é = " ".join(words); folder = é
          sink      10 │ os.system(
          flow
          source  17 │ os.system(request.args.get("host"))
          sink    17 │ os.system(request.args.get("host"))
    "
  `);
});

/** Lines and columns count from 1; the columns of JSON are bytes, those of SARIF UTF-16 units. */
test('JSON and SARIF have every step', async () => {
  const cwd = makeFolder(FILES);
  const { results } = await lockstepJson(SCAN, { cwd });
  const trace = results[0]?.extra['dataflow_trace'] as { intermediate_vars: { content: string; location: object }[] };
  expect(trace).toMatchObject({
    taint_source: ['CliLoc', [{ start: { line: 6, col: 12 } }, 'request.args.get(\n        "näme")']],
    taint_sink: ['CliLoc', [{ start: { line: 10, col: 5 }, end: { line: 13, col: 6 } }, expect.any(String)]],
  });
  expect(trace.intermediate_vars.map(({ content }) => content)).toEqual(['name', 'words', 'é', 'folder']);
  expect(trace.intermediate_vars.at(-1)?.location).toMatchObject({ start: { line: 9, col: 27 } });

  const { stdout } = await lockstep([...SCAN, '--sarif'], { cwd });
  const [{ threadFlows }] = JSON.parse(stdout).runs[0].results[0].codeFlows;
  const { locations } = threadFlows[0];
  expect(locations).toHaveLength(6);
  expect(locations[4].location.physicalLocation.region).toMatchObject({ startLine: 9, startColumn: 26 });
});

const PROJECT = {
  'rules.yaml': RULES,
  'shop/views.py':
    'from flask import request\nfrom .tools import ping\n\n\ndef view():\n    ping(request.args.get("host"))\n',
  'shop/tools.py': 'import os\n\n\ndef ping(host):\n    os.system("ping " + host)\n',
};

test('data is followed across files where that is asked for', async () => {
  const cwd = makeFolder(PROJECT);
  const places = async (...flags: string[]): Promise<string[]> => {
    const { results } = await lockstepJson(['scan', '--config', 'rules.yaml', ...flags, 'shop'], { cwd });
    return results.map(({ path, start }) => `${path}:${start.line}`);
  };
  expect(await places()).toEqual([]);
  expect(await places('--depth', 'project')).toEqual(['shop/tools.py:5']);
});

test('functions in which not all could be followed are named', async () => {
  const functions = Array.from({ length: 100 }, (_, i) => `def f${i}(x):\n    return f${i + 1}(x)\n`).join('');
  const text = `import os\nfrom flask import request\n${functions}\nos.system(f0(request.args.get("x")))\n`;
  const cwd = makeFolder({ 'rules.yaml': RULES, 'shop/app.py': text });
  const { errors } = await lockstepJson(['scan', '--config', 'rules.yaml', 'shop'], { cwd });
  expect(errors.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^not all flows through `f\d+`/));
});
