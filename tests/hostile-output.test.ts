import { expect, test } from 'vitest';
import { takenCommands } from '../packages/cli/src/reports/testing/taken-commands.ts';
import { git, makeRepository } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { lockstep } from './testing/lockstep.ts';

/** What acts on a terminal or orders a build service about, wherever a line of it begins. */
const ACTING = '\u001b[31mred\u202e\r\n::error file=a::taken\n##[error]taken\n##vso[task.complete]taken\n';

/** The same as a scalar of YAML, and within one line of a file. */
const SCALAR = JSON.stringify(`x ${ACTING}`).replaceAll('\u202e', '\\u202e');
const IN_LINE = '\u001b[31m\u202e ##[error]x';

const guardrail = (id: string) => `id: ${id}
promise: ${SCALAR}
weakness: CWE-95
owners: { security: ${SCALAR}, engineering: ${SCALAR} }
origin: { kind: review, date: 2026-01-31, link: "https://example.com" }
fix: { summary: ${SCALAR}, change: ${SCALAR}, test: ${SCALAR} }
stage: monitor
message: ${SCALAR}
languages: [python]
forbid: [{ use: eval }]
require: [{ on: "def get_x(...): ...", have: check(...) }]
exceptions: [{ symbol: ${SCALAR}, reason: ${SCALAR}, owner: ${SCALAR} }]
`;

const BROKEN_RULE = `rules:
  - id: ${SCALAR}
    languages: [python]
    severity: ERROR
    message: ${SCALAR}
    pattern: ${SCALAR}
`;

const RULE = `rules:
  - id: own
    languages: [python]
    severity: ERROR
    message: ${SCALAR}
    pattern: exec(...)
    fix: ${SCALAR}
`;

const NAME = '\u001b[31m\u202e\n::error::x';

const CODE = `def get_x():
    eval("""
::error file=a::taken
${IN_LINE}
##vso[task.complete]x""")  # lockstep: allow held -- ${IN_LINE} (until 2020-01-31)
    eval(1)  # lockstep: allow ${IN_LINE}
`;

function repository(): string {
  const record = { guardrail: `${NAME}`, path: NAME, symbol: NAME, finding: '00000000000000aa' };
  const fields = Object.entries(record).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const root = makeRepository({
    'guardrails/held/guardrail.yaml': guardrail('held'),
    [`guardrails/held/tests/${NAME}.py`]: '# ruleid: held\nprint("::error::x ##[error]")\n',
    'faulty/other/guardrail.yaml': guardrail('held').replace('weakness: CWE-95', `weakness: ${SCALAR}`),
    'rules/r.yaml': RULE,
    'rules/r.py': `# ruleid: own\n  ::error file=a::taken\n# ok: own\nexec(1)\n# ruleid: ${IN_LINE}\n`,
    'rules/r.fixed.py': '::error file=a::taken\n',
    [`broken/${NAME}.yaml`]: 'rules: [',
    'broken/r.yaml': BROKEN_RULE,
    [`src/${NAME}.py`]: CODE,
    '.lockstep/baseline.yaml': `findings: [{ ${fields.join(', ')} }]\ngrowth: [{ date: 2026-01-31, who: ${SCALAR}, reason: ${SCALAR}, added: 1 }]\n`,
    '.lockstep/triage.yaml': `verdicts: [{ ${fields.join(', ')}, verdict: "true", date: 2026-01-31, who: ${SCALAR}, why: ${SCALAR} }]\n`,
  });
  git(root, 'config', 'user.name', `Ada ${IN_LINE}`);
  return root;
}

test.each([
  ['scan', '--config', 'guardrails', 'src'],
  ['scan', '--config', 'rules', 'src'],
  ['test', 'rules', 'guardrails'],
  ['test', '--json', 'rules', 'guardrails'],
  ['test', NAME],
  ['scan', '--config', 'broken', 'src'],
  ['test', 'broken', 'faulty'],
  ['validate', 'rules', 'guardrails'],
  ['validate', 'broken', 'faulty'],
  ['guardrail', 'list'],
  ['guardrail', 'list', '--json'],
  ['guardrail', 'check'],
  ['guardrail', 'check', 'faulty'],
  ['guardrail', 'show', 'held'],
  ['guardrail', 'show', 'faulty/other'],
  ['guardrail', 'show', NAME],
  ['guardrail', 'explain', 'held'],
  ['guardrail', 'inventory', 'held', 'src'],
  ['guardrail', 'inventory', 'held', 'src', '--csv'],
  ['guardrail', 'inventory', 'held', 'src', '--json'],
  ['exceptions', 'src'],
  ['exceptions', 'src', '--csv'],
  ['baseline', 'show'],
  ['baseline', 'check', 'src'],
  ['baseline', 'write', 'src'],
  ['triage', 'list'],
  ['triage', 'stats'],
  ['promote', 'held', '--dryrun'],
  ['init', '--dry-run'],
])(
  'lockstep %s %s %s: what files say is shown, and neither a terminal nor a build service obeys it',
  async (...args) => {
    const { stdout, stderr } = await lockstep(args, { cwd: repository() });
    const all = stdout + stderr;
    expect(all).not.toContain('this is a defect');
    expect(takenCommands(all)).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be shown.
    expect(all).not.toMatch(/[\u001b\u202e]/);
  },
);
