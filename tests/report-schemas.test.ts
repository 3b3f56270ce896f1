import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { takenCommands } from '../packages/cli/src/reports/testing/taken-commands.ts';
import { lockstep } from './testing/lockstep.ts';
import { CHECKS } from './testing/report-schemas.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const RULES = `
rules:
  - id: flow
    mode: taint
    languages: [python]
    severity: CRITICAL
    message: "\`$CALL\` gets what a visitor sends: $CODE @team <b>&amp;</b> [a](https://example.com)"
    metadata: {source: "https://example.com/rule?a=1&b=<2>", cwe: ["CWE-78: OS Command Injection"], confidence: LOW}
    pattern-sources: [{pattern: request.args}]
    pattern-sinks: [{patterns: [{pattern: $CALL($CODE)}, {metavariable-regex: {metavariable: $CALL, regex: run}}]}]
  - id: debug
    languages: [python]
    severity: WARNING
    message: ""
    pattern: $APP.start(..., debug=True, ...)
    fix: $APP.start("<&>\`")
  - id: secret
    languages: [generic]
    severity: INFO
    message: "A key: $1"
    pattern-regex: 'KEY=(.*)'
`;

const APP = `from flask import request
def view():
    name = request.args
    text = name["::error::x"]
    run(text)  # é 😀
    app.start(1,
      debug=True,
    )
`;

/** Names that act in a terminal, a log, Markdown, HTML, XML, a URL or a spreadsheet. */
const NAMES = [
  'app.py',
  '=cmd.py',
  '::error file=x::y.py',
  'a b#c%20.py',
  '<img src=x>"\'&.py',
  '`@team`|[x](y).py',
  'é\u202e\u001b[31m.py',
];
const FORMATS = [
  ...(Object.keys(CHECKS) as (keyof typeof CHECKS)[]),
  'github',
  'markdown',
  'csv',
  'text',
  'emacs',
  'vim',
  'json',
];

const cwd = sharedFolder({
  'rules.yaml': RULES,
  'src/keys.txt': 'KEY=##[error]x\n::stop-commands::y\nKEY=::stop-commands::y\n',
  ...Object.fromEntries(NAMES.map((name) => [`src/${name}`, APP])),
});
const summaryFile = join(cwd, 'summary.md');
const run = lockstep(
  ['scan', '--config', 'rules.yaml', './src', ...FORMATS.map((format) => `--${format}-output=out/${format}`)],
  { cwd, env: { GITHUB_STEP_SUMMARY: summaryFile } },
);

async function report(format: string): Promise<string> {
  const { code, stderr } = await run;
  if (code !== 0) throw new Error(stderr);
  return readFileSync(join(cwd, 'out', format), 'utf8');
}

/** What makes a document of each format one that must be refused. */
const BREAK: Record<keyof typeof CHECKS, [valid: string, broken: string]> = {
  sarif: ['"level":"warning"', '"level":"grave"'],
  'gitlab-sast': ['"severity":"Critical"', '"severity":"Grave"'],
  'gitlab-secrets': ['"commit":', '"comit":'],
  'gitlab-codequality': ['"severity":"blocker"', '"severity":"grave"'],
  rdjson: ['"severity":"WARNING"', '"severity":"GRAVE"'],
  'junit-xml': ['<testcase name=', '<testcase nam='],
  html: ['<h1>', '<h1 onclick=a b>'],
};

describe.each(Object.entries(CHECKS))('%s', (format, check) => {
  test('is as its schema asks', async () => {
    const text = await report(format);
    expect(text).toContain('flow');
    expect(check(text)).toEqual([]);
  });

  test('what is not is refused', async () => {
    const text = await report(format);
    const [valid, broken] = BREAK[format as keyof typeof BREAK];
    expect(text).toContain(valid);
    expect(check(text.replace(valid, broken))).not.toEqual([]);
  });
});

test.each(FORMATS.filter((format) => format !== 'github'))('%s gives a build log no commands', async (format) => {
  const text = await report(format);
  expect(text.length).toBeGreaterThan(100);
  expect(takenCommands(text)).toEqual([]);
  expect(text).not.toMatch(/(?!\r|\n|\t)[\p{Cc}\u202e]/u);
});

test('github gives a command for each finding, and the job its summary', async () => {
  const commands = (await report('github')).trimEnd().split('\n');
  expect(commands.map((command) => command.split(' ')[0])).toEqual([
    ...Array(7).fill('::error'),
    ...Array(7).fill('::warning'),
    ...Array(2).fill('::notice'),
  ]);
  const summary = readFileSync(summaryFile, 'utf8');
  expect(summary).toBe(await report('markdown'));
  expect(summary).toContain('# Lockstep: 16 findings\n');
});

test('standard output and standard error give no commands either', async () => {
  const { stdout, stderr } = await run;
  expect(stdout.length).toBeGreaterThan(1000);
  expect(takenCommands(stdout + stderr)).toEqual([]);
});
