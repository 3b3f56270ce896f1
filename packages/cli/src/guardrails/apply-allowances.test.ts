import type { Allowance, FileReport, Finding, IssueCode } from '@lockstep/engine';
import { type Guardrail, type Policy, readGuardrail, withGuardrail } from '@lockstep/guardrails';
import { expect, test } from 'vitest';
import { sampleFinding } from '../reports/testing/sample-report.ts';
import { allowanceIssues, applyAllowances } from './apply-allowances.ts';

const TODAY = '2026-06-30';

function guardrailWith(policy: Partial<Policy>): Guardrail {
  const text = `id: no-cur
promise: Nothing is executed.
weakness: CWE-89
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: monitor
`;
  const guardrail = readGuardrail(text, 'guardrail.yaml', 'no-cur').guardrail as Guardrail;
  return { ...guardrail, policy: { ...guardrail.policy, ...policy } };
}

function comment(line: number, over: Partial<Allowance> = {}): Allowance {
  const start = { line, column: 1, offset: 0 };
  const base = { start, end: start, below: null, owner: null, approvedBy: null, until: null, fault: null };
  return { ...base, names: ['no-cur'], reason: 'old', ...over };
}

interface Case {
  allowances: Allowance[];
  policy?: Partial<Policy>;
  finding?: Partial<Finding>;
  issue?: IssueCode;
  languages?: string[];
}

/** A finding on lines 4 to 6 of a rule of the guardrail, and comments. */
function judge({ allowances, policy = {}, finding: over = {}, issue, languages = ['python'] }: Case) {
  const guardrail = guardrailWith(policy);
  const rule = { id: 'rules.sql', metadata: withGuardrail({}, guardrail), languages: ['python'] };
  const base = sampleFinding('src/app.py', 'cur.execute("select " + user)', rule.id, { metadata: rule.metadata });
  const finding = { ...base, message: 'bad', anchor: { ...base.anchor, lastLine: 6 }, ...over };
  const issues: FileReport['issues'] =
    issue === undefined
      ? []
      : [{ code: issue, level: 'warn', message: '', remedy: '', path: 'src/app.py', ruleId: null, spans: [] }];
  const timing = { parse: 0, match: 0, rules: {} };
  const report = { path: 'src/app.py', findings: [finding], issues, unmatchedSuppressions: [], allowances, timing };
  const owner = { guardrail, file: 'guardrail.yaml', exceptions: [] };
  const guardrails = new Map([[rule.id, owner]]);
  const { reports, inline } = applyAllowances([report], {
    guardrails,
    rules: [rule],
    today: TODAY,
    languagesOf: () => languages,
  });
  const [judged] = reports[0]?.findings ?? [];
  return {
    ignored: judged?.ignored,
    message: judged?.message,
    status: inline.map(({ status }) => status),
    issues: allowanceIssues(inline, true).map(({ code }) => code),
  };
}

const HELD = { ignored: true, message: 'bad', status: ['used'], issues: [] };
const UNUSED = { ignored: false, message: 'bad', status: ['unused'], issues: ['unused-suppression'] };

test.each<[string, Case, object]>([
  ['on the first line', { allowances: [comment(4)] }, HELD],
  ['on the last line', { allowances: [comment(6)] }, HELD],
  ['above', { allowances: [comment(2, { below: 4 })] }, HELD],
  ['by the id of the rule', { allowances: [comment(4, { names: ['sql'] })] }, HELD],
  ['on the last day', { allowances: [comment(4, { until: TODAY })] }, HELD],
  ['beside the line above', { allowances: [comment(3)] }, UNUSED],
  ['below', { allowances: [comment(7)] }, UNUSED],
  ['above something else', { allowances: [comment(2, { below: 3 })] }, UNUSED],
  [
    'of a rule that did not run',
    { allowances: [comment(4, { names: ['x'] })] },
    { ignored: false, status: ['unknown'], issues: [] },
  ],
  [
    'in a file that could not be scanned',
    { allowances: [comment(7)], issue: 'timeout' },
    { status: ['unknown'], issues: [] },
  ],
  ['in one whose bytes are odd', { allowances: [comment(7)], issue: 'invalid-encoding' }, UNUSED],
  [
    'of two names, one of use',
    { allowances: [comment(4, { names: ['no-cur', 'x'] })] },
    { ignored: true, status: ['used', 'unknown'], issues: [] },
  ],
  [
    'that has ended',
    { allowances: [comment(4, { until: '2026-06-29' })] },
    {
      ignored: false,
      message: 'bad (A comment allows this, but it ended on 2026-06-29.)',
      status: ['lapsed'],
      issues: ['faulty-suppression'],
    },
  ],
  [
    'of which one holds',
    { allowances: [comment(4, { reason: '' }), comment(5)] },
    { ignored: true, status: ['lapsed', 'used'] },
  ],
  [
    'of no use, and ended',
    { allowances: [comment(9, { until: '2020-01-01' })] },
    { message: 'bad', issues: ['faulty-suppression'] },
  ],
  [
    'in a text about code',
    { allowances: [comment(7), comment(7, { reason: '' }), comment(7, { names: [], fault: 'none' })], languages: [] },
    { status: ['unknown', 'unknown', 'unknown'], issues: [] },
  ],
  [
    'without a name',
    { allowances: [comment(7, { names: [], fault: 'it names no guardrail' })] },
    { status: ['lapsed'], issues: ['faulty-suppression'] },
  ],
  ['that may not be', { allowances: [comment(4)], policy: { inline: false } }, { ignored: false, status: ['lapsed'] }],
  [
    'where nosemgrep may not be either',
    { allowances: [], policy: { inline: false }, finding: { ignored: true } },
    { ignored: false, message: expect.stringContaining('A comment suppresses this, but') },
  ],
  ['where nosemgrep may be', { allowances: [], finding: { ignored: true } }, { ignored: true, message: 'bad' }],
])('a comment %s', (_, given, expected) => {
  expect(judge(given)).toMatchObject(expected);
});
