import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { repositoryWithBranch } from './testing/ci-repository.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const BENCH = fileURLToPath(new URL('../bench', import.meta.url));

/** A Semgrep that answers from a list: one finding less, one more, and a file that is too slow for the time limit. */
const OTHER_TOOL = `
const finding = (path, line) => ({ check_id: 'no-eval', path, start: { line } });
const args = process.argv.slice(2);
const report = args.includes('0')
  ? { results: [finding('slow.py', 1)], errors: [], paths: { scanned: ['slow.py'] } }
  : {
      results: [finding('a.py', 1), finding('a.py', 5)],
      errors: [{ type: 'Timeout', path: 'slow.py' }],
      paths: { scanned: ['a.py', 'slow.py'] },
    };
process.stdout.write(args.includes('--version') ? '1.0.0\\n' : JSON.stringify(report));
`;

/** A Lockstep that finds more the farther it looks; at depth project it loses one. */
const DEEP_TOOL = `
const place = (path, line) => ({ path, start: { line, col: 1 } });
const finding = (check_id, path, line, dataflow_trace) => ({ check_id, ...place(path, line), extra: { dataflow_trace } });
const source = [place('a.py', 1), 'request.args'];
const inFile = finding('sql', 'a.py', 9, {
  taint_source: ['CliLoc', source],
  intermediate_vars: [{ location: place('a.py', 1), content: 'name' }],
  taint_sink: ['CliLoc', [place('a.py', 9), 'execute(\\n  name)']],
});
const inProject = finding('shell', 'b.py', 4, {
  taint_source: ['CliLoc', source],
  intermediate_vars: [],
  taint_sink: ['CliCall', [
    [place('b.py', 4), 'run(name)'],
    [{ location: place('c.py', 2), content: 'line' }],
    ['CliLoc', [place('c.py', 3), 'os.system(line)']],
  ]],
});
const near = finding('sql', 'a.py', 3);
const far = [finding('sql', 'd.py', 1), finding('sql', 'e.py', 1)];
const results = { function: [near], file: [near, inFile], project: [inFile, inProject, ...far] };
const args = process.argv.slice(2);
const depth = args[args.indexOf('--depth') + 1];
process.stdout.write(args.includes('--version') ? '1.0.0\\n' : JSON.stringify({ results: results[depth] }));
`;

/** A Lockstep that counts lines, and believes what it has once kept of a file whatever becomes of it. */
const CREDULOUS_TOOL = `
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
const kept = process.env.LOCKSTEP_CACHE + '/kept.json';
const args = process.argv.slice(2);
const lines = (path) => readFileSync(path, 'utf8').split('\\n').length;
const count = () => readdirSync('.').filter((path) => path.endsWith('.py')).map((path) => ({ path, lines: lines(path) }));
if (args.includes('--version')) process.stdout.write('1.0.0\\n');
else {
  const isBelieved = existsSync(kept) && !args.includes('--no-cache');
  const results = isBelieved ? JSON.parse(readFileSync(kept, 'utf8')) : count();
  mkdirSync(process.env.LOCKSTEP_CACHE, { recursive: true });
  writeFileSync(kept, JSON.stringify(results));
  process.stdout.write(JSON.stringify({ results, errors: [] }));
}
`;

const folder = sharedFolder({
  'rules.yaml': `rules:
  - { id: no-eval, languages: [python], severity: ERROR, message: no, pattern: eval(...) }
`,
  'other.mjs': OTHER_TOOL,
  'deep.mjs': DEEP_TOOL,
  'credulous.mjs': CREDULOUS_TOOL,
  'code/a.py': 'eval(a)\neval(b)\n',
  'code/slow.py': 'eval(c)\n',
  'owasp/expectedresults-0.1.csv': `# test name, category, real vulnerability, cwe, Benchmark version: 0.1
BenchmarkTest00001,codeinj,true,94
BenchmarkTest00002,codeinj,true,94
BenchmarkTest00003,codeinj,false,94
BenchmarkTest00004,weakrand,true,330
BenchmarkTest00005,weakrand,false,330
`,
  'owasp/testcode/BenchmarkTest00001.py': 'eval(a)\n',
  'owasp/testcode/BenchmarkTest00003.py': 'eval(a)\n',
  'owasp/testcode/BenchmarkTest00004.py': 'eval(random)\n',
  'owasp/helpers/utils.py': 'eval(a)\n',
  'owasp-rules.yaml': `rules:
  - id: no-eval
    languages: [python]
    severity: ERROR
    message: no
    metadata: { cwe: ["CWE-94: Code Injection"] }
    pattern: eval(...)
`,
  // One text rather than a list, a kind of what is expected, and a finding without a weakness.
  'semgrep.json': JSON.stringify({
    results: [
      { path: 'testcode/BenchmarkTest00001.py', extra: { metadata: { cwe: 'CWE-94: Code Injection' } } },
      { path: 'testcode/BenchmarkTest00004.py', extra: { metadata: { cwe: ['CWE-338: Weak PRNG'] } } },
      { path: 'testcode/BenchmarkTest00005.py', extra: { metadata: {} } },
    ],
  }),
  'bandit.json': JSON.stringify({
    results: [
      { filename: './testcode/BenchmarkTest00004.py', issue_cwe: { id: 330 } },
      { filename: './testcode/BenchmarkTest00005.py', issue_cwe: { id: 330 } },
      { filename: './testcode/BenchmarkTest00001.py', issue_cwe: {} },
    ],
  }),
});

async function bench(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(BENCH, script), ...args], { cwd: folder });
  return stdout.replace(/^\d{4}-.*/, '(machine)');
}

test('agreement counts findings of both tools, and gives a slow file more time', async () => {
  const output = await bench('agreement.mjs', '--semgrep', './other.mjs', '--rules', 'rules.yaml', '--target', 'code');
  expect(output).toMatchInlineSnapshot(`
    "(machine)

    |  | findings |
    | --- | ---: |
    | Semgrep | 3 |
    | Lockstep | 3 |
    | both | 2 |
    | Semgrep alone | 1 |
    | Lockstep alone | 1 |
    | agreement: both, of all | 50.00 % |

    Semgrep ran out of time on slow.py and was given as much as it wanted there.
    2 files scanned by both.

    | rule | Semgrep alone | Lockstep alone | for example |
    | --- | ---: | ---: | ---: |
    | \`no-eval\` | 1 | 1 | \`a.py:5\` |
    "
  `);
});

test('speed compares the tools', async () => {
  const flags = ['--semgrep', './other.mjs', '--rules', 'rules.yaml', '--target', 'code', '--runs', '1', '--profile'];
  const output = await bench('speed.mjs', ...flags);
  // Which of two files that take no time is the slower one is chance.
  const ordered = output.replace(/(\| `slow\.py`.*\n)(\| `a\.py`.*\n)/, '$2$1');
  // Memory is `–` where the system does not tell.
  expect(ordered.replace(/(?<=\| )(?:–|[\d.]+ (?:s|MB|×))(?= \|)/g, 'N')).toMatchInlineSnapshot(`
    "(machine)

    |  | wall time, median | each run | CPU time | largest process | all processes | files | findings | time-outs |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | Semgrep | N | N | N | N | N | 2 | 2 | 1 |
    | Lockstep | N | N | N | N | N | 2 | 3 | 0 |
    | ratio | N |  | N | N | N |  |  |  |

    | phase | time |
    | --- | ---: |
    | total | N |
    | load rules | N |
    | find files | N |
    | scan | N |
    | … parsing, over all threads | N |
    | … matching, over all threads | N |

    | slowest rules | time |
    | --- | ---: |
    | \`no-eval\` | N |

    | slowest files | time |
    | --- | ---: |
    | \`a.py\` | N |
    | \`slow.py\` | N |
    "
  `);
});

test('again tells whether the next run reports what one does that knows nothing', async () => {
  const line = 'x = 1  # of no interest\n';
  const repository = repositoryWithBranch({ 'a.py': line.repeat(200), 'b.py': line.repeat(300) });
  const run = async (...args: string[]) => {
    const output = await bench(
      'again.mjs',
      '--rules',
      'rules.yaml',
      '--repository',
      repository,
      '--files',
      '2',
      ...args,
    );
    return output.replace(/(?<=\| )(?:–|[\d.]+ (?:s|MB))(?= \|)/g, 'N');
  };
  expect(await run()).toMatchInlineSnapshot(`
    "(machine)

    |  | wall time | CPU time | largest process | nothing known | findings | reports |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: |
    | first | N | N | N |  | 0 | the same |
    | again | N | N | N | N | 0 | the same |
    | 1 edited | N | N | N | N | 0 | the same |
    | 2 edited | N | N | N | N | 0 | the same |
    "
  `);
  expect(await run('--lockstep', './credulous.mjs')).toContain('DIFFERENT');
});

test('startup takes the time to the first output and to the end', async () => {
  const output = await bench('startup.mjs', '--runs', '1');
  expect(output.replace(/\d+ ms/g, 'N ms')).toMatchInlineSnapshot(`
    "(machine)

    |  | first output, median | first output, 95 % | end, median | end, 95 % |
    | --- | ---: | ---: | ---: | ---: |
    | Node, doing nothing | N ms | N ms | N ms | N ms |
    | Lockstep | N ms | N ms | N ms | N ms |
    "
  `);
});

test('owasp scores each category by the weaknesses that findings name', async () => {
  const flags = ['--benchmark', 'owasp', '--rules', 'owasp-rules.yaml'];
  const output = await bench('owasp.mjs', ...flags, '--semgrep', 'semgrep.json', '--bandit', 'bandit.json');
  expect(output).toMatchInlineSnapshot(`
    "(machine)

    | category | CWE | real | not real | Lockstep: score (found − false alarms) | Semgrep: score (found − false alarms) | Bandit: score (found − false alarms) |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: |
    | codeinj | 94 | 2 | 1 | -50.0 % (50.0 − 100.0) | 50.0 % (50.0 − 0.0) | 0.0 % (0.0 − 0.0) |
    | weakrand | 330 | 1 | 1 | 0.0 % (0.0 − 0.0) | 0.0 % (0.0 − 0.0) | 0.0 % (100.0 − 100.0) |
    | mean of 2 |  |  |  | -25.0 % (25.0 − 50.0) | 25.0 % (25.0 − 0.0) | 0.0 % (50.0 − 50.0) |
    "
  `);
  const withKinds = await bench('owasp.mjs', ...flags, '--semgrep', 'semgrep.json', '--kinds');
  expect(withKinds.match(/weakrand.*/)?.[0]).toMatchInlineSnapshot(
    `"weakrand | 330 | 1 | 1 | 0.0 % (0.0 − 0.0) | 100.0 % (100.0 − 0.0) |"`,
  );
});

test('depth counts what looking farther adds and loses, and prints some of it with traces', async () => {
  const flags = ['--lockstep', './deep.mjs', '--rules', 'rules.yaml', '--target', 'code', '--sample', '4'];
  const run = async (seed: string) => await bench('depth.mjs', ...flags, '--seed', seed);
  const output = await run('2');
  expect(output.replace(/[\d.]+ s(?= \|)/g, 'N s')).toMatchInlineSnapshot(`
    "(machine)

    | depth | findings | added | lost | time |
    | --- | ---: | ---: | ---: | ---: |
    | function | 1 | 0 | 0 | N s |
    | file | 2 | 1 | 0 | N s |
    | project | 4 | 3 | 1 | N s |

    | rule | file adds | file loses | project adds | project loses |
    | --- | ---: | ---: | ---: | ---: |
    | \`sql\` | 1 | 0 | 2 | 1 |
    | \`shell\` | 0 | 0 | 1 | 0 |

    1. \`sql\`, project, \`d.py:1\`

           no trace

    2. \`sql\`, project, \`e.py:1\`

           no trace

    3. \`shell\`, project, \`b.py:4\`

           source  a.py:1  request.args
           sink, in a call  b.py:4  run(name)
             through  c.py:2  line
             sink  c.py:3  os.system(line)

    4. \`sql\`, file, \`a.py:9\`

           source  a.py:1  request.args
           through  a.py:1  name
           sink  a.py:9  execute( name)
    "
  `);
  expect(chosen(await run('2'))).toEqual(chosen(output));
  expect(chosen(await run('3'))).not.toEqual(chosen(output));
});

function chosen(output: string): string[] {
  return output.split('\n').filter((line) => /^\d+\. /.test(line));
}

test('a mistake on the command line is told in one line', async () => {
  await expect(bench('speed.mjs', '--rules', 'nowhere', '--target', 'code')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^speed\.mjs: --rules: .*nowhere does not exist\nTry --help\.\n$/),
  });
});
