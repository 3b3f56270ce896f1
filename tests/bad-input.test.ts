import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { type JsonReport, lockstepJson, outline } from './testing/lockstep.ts';
import { EVAL_RULE, pythonRule, ruleFile } from './testing/sample-rules.ts';

/** Files as they come, or do not come, in the wild; each scan has one good file beside the bad one. */
const GOOD = { 'rules.yaml': EVAL_RULE, 'good.py': 'eval(x)\n' };

/** What a scan of the folder says; the good file's finding must be among it. */
async function scan(cwd: string, ...args: string[]): Promise<Summary> {
  const report = await lockstepJson(['--config', 'rules.yaml', '--verbose', ...args, '.'], { cwd });
  expect(outline(report)).toContain('good.py:1 eval');
  const { code, errors, paths, lockstep } = report;
  return {
    code,
    findings: outline(report),
    errors: errors.map(({ level, type, path, message }) => `${level} ${path}: ${typeName(type)}: ${message}`),
    skipped: (paths.skipped ?? []).map(({ path, reason }) => `${path} ${reason}`),
    complete: lockstep.completeness.complete,
  };
}

interface Summary {
  code: number | null;
  findings: string[];
  errors: string[];
  skipped: string[];
  complete: boolean;
}

function typeName(type: JsonReport['errors'][number]['type']): string {
  return Array.isArray(type) ? String(type[0]) : String(type);
}

test('an unreadable file', async (context) => {
  if (process.getuid?.() === 0) context.skip('root reads everything');
  const cwd = makeFolder({ ...GOOD, 'bad.py': 'eval(x)\n' });
  chmodSync(join(cwd, 'bad.py'), 0);
  expect(await scan(cwd)).toMatchObject({ skipped: ['bad.py insufficient_permissions'], complete: false });
});

test('a huge file', async () => {
  const cwd = makeFolder({ ...GOOD, 'huge.py': `eval(x)\n${'more = 1\n'.repeat(120_000)}` });
  expect(await scan(cwd)).toMatchObject({
    findings: ['good.py:1 eval'],
    skipped: ['huge.py exceeded_size_limit'],
    complete: false,
  });
  expect(await scan(cwd, '--max-target-bytes', '0')).toMatchObject({
    findings: ['good.py:1 eval', 'huge.py:1 eval'],
    complete: true,
  });
});

test('a large file that no rule is for is no gap: a picture, a bundle in another language', async () => {
  const large = 'x'.repeat(2_000_000);
  const cwd = makeFolder({ ...GOOD, 'logo.ai': large, 'bundle.js': large });
  expect(await scan(cwd)).toMatchObject({ skipped: [], complete: true });
  writeFileSync(join(cwd, 'tool'), large);
  expect(await scan(cwd)).toMatchObject({ skipped: ['tool exceeded_size_limit'], complete: false });
});

test('a minified file, where those are unwanted', async () => {
  const cwd = makeFolder({ ...GOOD, 'small.py': `eval(x);${'a=1;'.repeat(1000)}` });
  expect(await scan(cwd)).toMatchObject({ findings: ['good.py:1 eval', 'small.py:1 eval'], complete: true });
  expect(await scan(cwd, '--exclude-minified-files')).toMatchObject({
    findings: ['good.py:1 eval'],
    skipped: ['small.py minified'],
    complete: false,
  });
});

test('binary files', async () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('eval(x)')]);
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 97 + 13) % 256));
  const cwd = makeFolder({ ...GOOD, 'logo.png': png, 'logo.py': png, 'noise.py': noise });
  writeFileSync(join(cwd, 'rules.yaml'), `${EVAL_RULE}${textRule('word', 'eval.x')}`);
  const { code, findings, errors } = await scan(cwd);
  expect({ code, findings }).toMatchInlineSnapshot(`
    {
      "code": 0,
      "findings": [
        "good.py:1 word",
        "good.py:1 eval",
        "logo.py:3 word",
        "logo.py:3 eval",
        "rules.yaml:7 word",
      ],
    }
  `);
  expect(errors).toMatchInlineSnapshot(`
    [
      "info logo.py: SemgrepWarning: the file is not valid UTF-8, first on line 1; each such byte was read as a question mark
    Save the file as UTF-8.",
      "warn logo.py: PartialParsing: code that could not be parsed was skipped, first at line 1",
      "info noise.py: SemgrepWarning: the file is not valid UTF-8, first on line 1; each such byte was read as a question mark
    Save the file as UTF-8.",
    ]
  `);
});

function textRule(id: string, regex: string): string {
  return `  - {id: ${id}, languages: [regex], severity: INFO, message: m, pattern-regex: '${regex}'}\n`;
}

test('a file that is not UTF-8 keeps its offsets', async () => {
  const latin = Buffer.from('name = "Café"; eval(name)\n# naïve\neval(2)\n', 'latin1');
  const cwd = makeFolder({ ...GOOD, 'latin.py': latin });
  expect(await scan(cwd)).toMatchInlineSnapshot(`
    {
      "code": 0,
      "complete": true,
      "errors": [
        "info latin.py: SemgrepWarning: the file is not valid UTF-8, first on line 1; each such byte was read as a question mark
    Save the file as UTF-8.",
      ],
      "findings": [
        "good.py:1 eval",
        "latin.py:1 eval",
        "latin.py:3 eval",
      ],
      "skipped": [],
    }
  `);
  const { results } = await lockstepJson(['--config', 'rules.yaml', 'latin.py'], { cwd });
  expect(results.map(({ start }) => latin.toString('latin1').slice(start.offset, start.offset + 4))).toEqual([
    'eval',
    'eval',
  ]);
});

test('UTF-16, a byte order mark, a NUL, a lone carriage return, nothing at all', async () => {
  const cwd = makeFolder({
    ...GOOD,
    'wide.py': Buffer.from('\uFEFFeval(x)\n', 'utf16le'),
    'marked.py': '\uFEFFeval(x)\neval(y)\n',
    'nul.py': 'eval(x)\0\neval(y)\n',
    'old-mac.py': 'a = 1\reval(x)\r',
    'empty.py': '',
  });
  expect(await scan(cwd)).toMatchInlineSnapshot(`
    {
      "code": 0,
      "complete": false,
      "errors": [
        "warn nul.py: PartialParsing: code that could not be parsed was skipped, first at line 1",
        "warn old-mac.py: PartialParsing: code that could not be parsed was skipped, first at line 1",
        "info wide.py: SemgrepWarning: the file is not valid UTF-8, first on line 1; each such byte was read as a question mark
    Save the file as UTF-8.",
      ],
      "findings": [
        "good.py:1 eval",
        "marked.py:1 eval",
        "marked.py:2 eval",
        "nul.py:2 eval",
        "old-mac.py:1 eval",
      ],
      "skipped": [
        "nul.py analysis_failed_parser_or_internal_error",
        "old-mac.py analysis_failed_parser_or_internal_error",
      ],
    }
  `);
});

test('truncated files', async () => {
  const whole = 'def f(x):\n    if x:\n        return eval(x)\n    return [g(x, "a"), """b"""]\n';
  const parts = Array.from({ length: whole.length }, (_, at) => [`cut/${at}.py`, whole.slice(0, at)]);
  const cwd = makeFolder({ ...GOOD, ...Object.fromEntries(parts) });
  const { code, errors } = await scan(cwd);
  expect(code).toBe(0);
  expect(errors.length).toBeGreaterThan(20);
  for (const error of errors) expect(error).toMatch(/^warn cut\/\d+\.py: (?:PartialParsing|Syntax error): /);
});

test('deeply nested code', async () => {
  const deep = (depth: number) => `x = ${'['.repeat(depth)}eval(x)${']'.repeat(depth)}\n`;
  const cwd = makeFolder({
    ...GOOD,
    'deep.py': deep(150),
    'deeper.py': deep(100_000),
    'calls.py': `x = ${'eval('.repeat(300)}0${')'.repeat(300)}\n`,
    'ifs.py': Array.from({ length: 95 }, (_, at) => `${' '.repeat(at)}if eval(x):\n`).join(''),
    'plus.py': `x = eval(x)${' + 1'.repeat(20_000)}\n`,
  });
  const { code, findings, errors } = await scan(cwd);
  expect(code).toBe(0);
  expect(findings).toContain('deep.py:1 eval');
  expect(errors.map((error) => error.slice(0, 80))).toMatchInlineSnapshot(`
    [
      "warn deeper.py: Syntax error: the code is nested too deeply to be parsed",
      "warn plus.py: Syntax error: the code is nested too deeply to be parsed",
    ]
  `);
});

test('circular links, and links out of the tree', async () => {
  const cwd = makeFolder({ ...GOOD, 'sub/a.py': 'eval(x)\n' });
  symlinkSync('..', join(cwd, 'sub/up'));
  symlinkSync('self', join(cwd, 'self'));
  symlinkSync('/', join(cwd, 'root'));
  symlinkSync('a.py', join(cwd, 'sub/b.py'));
  expect(await scan(cwd)).toMatchObject({ findings: ['good.py:1 eval', 'sub/a.py:1 eval'], complete: true });
});

test('rules that make no sense leave the others alone', async () => {
  const cwd = makeFolder({
    ...GOOD,
    'rules.yaml': ruleFile(
      pythonRule('unfinished', '"f(("'),
      pythonRule('eval', 'eval($X)'),
      pythonRule('bad-regex', 'f($X)').replace('pattern: f($X)', 'pattern-regex: "(a"'),
      pythonRule('bad-comparison', 'f($X)').replace(
        'pattern: f($X)',
        'patterns: [{pattern: f($X)}, {metavariable-comparison: {comparison: "$X >"}}]',
      ),
    ),
  });
  const { code, errors } = await scan(cwd);
  expect(code).toBe(2);
  expect(errors).toMatchInlineSnapshot(`
    [
      "error undefined: Rule parse error: rules.yaml:21:60: invalid comparison: a value is missing",
      "error undefined: Rule parse error: rules.yaml:16:20: the regular expression is not valid: the parenthesis is not closed (at offset 0)",
      "error undefined: Rule parse error: rules.yaml:6:14: the pattern cannot be used: it is not a valid python expression, statement or sequence of statements
    Write it as python code, with $X for anything and ... for any number of things; see docs/rules.md.",
    ]
  `);
});

test('a YAML bomb', async () => {
  const levels = 'abcdefghi'.split('').map((name, at, names) => {
    const previous = names[at - 1];
    const items = Array.from({ length: 9 }, () => (previous === undefined ? 'boom' : `*${previous}`));
    return `${name}: &${name} [${items.join(', ')}]\n`;
  });
  const cwd = makeFolder({ 'rules.yaml': `${levels.join('')}rules: *i\n`, 'good.py': 'eval(x)\n' });
  const started = performance.now();
  const { code, errors } = await lockstepJson(['--config', 'rules.yaml', '.'], { cwd });
  expect(code).toBe(7);
  expect(errors.map(({ message }) => message)).toMatchInlineSnapshot(`
    [
      "rules.yaml:6:8: anchors and aliases multiply into more than 100000 values or 100 levels
    write the values out",
      "rules.yaml:10:8: expected a list of rules, found nothing",
      "invalid configuration file found (1 configs were invalid)",
    ]
  `);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('names that would act on a terminal', async () => {
  const cwd = makeFolder({ ...GOOD, '\u001b[2Jevil\u202e.py': 'eval("\u001b[31m")\n' });
  const report = await lockstepJson(['--config', 'rules.yaml', '.'], { cwd });
  expect(outline(report)).toContain('\u001b[2Jevil\u202e.py:1 eval');
});
