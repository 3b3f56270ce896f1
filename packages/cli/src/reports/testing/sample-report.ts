import { createHash } from 'node:crypto';
import { type Finding, fingerprint, LineIndex } from '@lockstep/engine';
import { createPalette } from '../palette.ts';
import { assembleReport, type ReportRule, type ScanReport } from '../scan-report.ts';
import type { SetupProblem } from '../setup-problem.ts';
import { createSourceLines } from '../source-lines.ts';
import type { TextOptions } from '../text.ts';

/** Files as a scan might meet them, with what makes output hard: escapes, bidi controls, tabs, wide characters. */
export const SAMPLE_FILES: Record<string, string> = {
  'src/app.py':
    'import os\n\ndef get(user):\n\tcur.execute("select " + user)\n\treturn cur\n\ncur.execute(f"""\n  select {\n    user}\n""")\n',
  'src/wide.py': 'x = "😀é"; run("☃", y)  \r\nrun(1) # nosem\r\n',
  'src/\u001b[31mev\nil \u202e<&>\'".py': 'print("\u001b[2J\u202e\u009b")\n',
};

const rule = (over: Partial<ReportRule> & Pick<ReportRule, 'id' | 'message' | 'severity'>): ReportRule => ({
  metadata: {},
  minVersion: null,
  maxVersion: null,
  ...over,
});

export const SAMPLE_RULES: ReportRule[] = [
  rule({
    id: 'rules.sql',
    message: 'Text is joined into\nSQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.',
    severity: 'ERROR',
    metadata: {
      cwe: ['CWE-89: SQL Injection'],
      owasp: ['A03:2021 - Injection', 'A01'],
      confidence: 'LOW',
      references: ['https://example.com/a', 'https://example.com/b'],
      source: 'https://example.com/rule',
      shortDescription: 'Joined SQL',
      tags: ['t2', 't1'],
      'security-severity': '8.1',
    },
  }),
  rule({ id: 'rules.run', message: 'run', severity: 'MEDIUM', metadata: { confidence: 'HIGH', help: 'Help.' } }),
  rule({ id: 'print', message: 'Prints $X', severity: 'CRITICAL', metadata: { references: 'https://example.com/p' } }),
  rule({ id: 'never', message: 'Finds nothing', severity: 'INFO', minVersion: '9.0.0' }),
];

/** A finding at the first place where `code` stands in a sample file, or at the `occurrence`th. */
export function sampleFinding(
  path: string,
  code: string,
  ruleId: string,
  over: Partial<Finding> & { occurrence?: number } = {},
): Finding {
  const { occurrence = 0, ...fields } = over;
  const text = SAMPLE_FILES[path] ?? '';
  const index = new LineIndex(text);
  const start = text.split(code, occurrence + 1).join(code).length;
  const found = SAMPLE_RULES.find(({ id }) => id === ruleId) ?? rule({ id: ruleId, message: code, severity: 'ERROR' });
  return {
    ruleId,
    path,
    start: index.position(start),
    end: index.position(start + code.length),
    message: found.message,
    severity: found.severity,
    metadata: found.metadata,
    metavariables: {},
    lines: index.linesOf(start, start + code.length),
    trace: null,
    fix: null,
    ignored: false,
    fingerprint: fingerprint({ formulaString: ruleId, path, ruleId, metavariables: {} }, blake2b512),
    anchor: {
      identity: blake2b512(`${ruleId} ${code}`),
      symbol: '',
      lastLine: index.position(start + code.length).line,
    },
    ...fields,
  };
}

const blake2b512 = (text: string) => createHash('blake2b512').update(text).digest('hex').slice(0, 8);

const [evilPath = ''] = Object.keys(SAMPLE_FILES).slice(2);
const at = (line: number, column: number, offset: number) => ({ line, column, offset });

/** A report with a bit of everything, given to `assembleReport` out of order. */
export function sampleReport(): ScanReport {
  const position = new LineIndex(SAMPLE_FILES['src/app.py'] ?? '').position(27);
  return assembleReport({
    version: '0.1.0',
    rulesVersion: '1.182.0',
    findings: [
      sampleFinding('src/wide.py', 'run(1)', 'rules.run', { ignored: true }),
      sampleFinding('src/wide.py', 'run("☃", y)', 'rules.run', { fix: 'safe("☃")' }),
      sampleFinding(evilPath, 'print("\u001b[2J\u202e\u009b")', 'print', { message: 'Prints \u001b[2J\u202e' }),
      sampleFinding('src/app.py', 'cur.execute("select " + user)', 'rules.sql', {
        fix: 'cur.execute("select %s", user)',
        metavariables: {
          $Q: {
            start: position,
            end: position,
            content: '"select " + user',
            abstractContent: '"select "+user',
            propagated: { abstractContent: '"select "', start: position, end: null },
          },
        },
      }),
      sampleFinding('src/app.py', 'cur.execute(f"""\n  select {\n    user}\n""")', 'rules.sql'),
      sampleFinding('src/app.py', 'cur.execute("select " + user)', 'rules.sql'),
    ],
    problems: [],
    issues: [
      {
        code: 'partial-parsing',
        level: 'warn',
        message: '`=` was not expected here',
        remedy: '',
        path: 'src/wide.py',
        ruleId: null,
        spans: [{ start: at(2, 7, 40), end: at(2, 8, 41) }],
      },
      {
        code: 'rule-error',
        level: 'error',
        message: 'The pattern does not parse as Python: \u001b[31mfoo(',
        remedy: 'Close the parenthesis.',
        path: null,
        ruleId: 'rules.broken',
        spans: [],
      },
      {
        code: 'incompatible-rule',
        level: 'info',
        message: 'Needs at least version 9.0.0',
        remedy: '',
        path: null,
        ruleId: 'never',
        spans: [],
      },
    ],
    unmatchedSuppressions: [{ path: 'src/wide.py', line: 2, id: 'other', ruleId: 'rules.run' }],
    notes: [],
    rules: SAMPLE_RULES,
    targets: Object.entries(SAMPLE_FILES).map(([path, text]) => ({
      path,
      bytes: Buffer.byteLength(text),
      timing: { parse: 2, match: 3, rules: { 'rules.run': 1, print: 2 } },
    })),
    skipped: [
      { path: 'vendor/x.py', reason: 'semgrepignore_patterns_match' },
      { path: 'big.py', reason: 'exceeded_size_limit' },
    ],
    timing: { loadRules: 10, findTargets: 5, scan: 100, total: 1234, maxMemoryBytes: 1048576 },
    startedAt: '2026-01-31T12:00:00',
    endedAt: '2026-01-31T12:00:01',
  });
}

/** One problem of each stage, and a warning. */
export const SAMPLE_PROBLEMS: SetupProblem[] = [
  problem('config', 'config-not-found', {
    subject: 'missing.yaml',
    message: 'There is no such file',
    remedy: 'Check it.',
  }),
  problem('yaml', 'yaml-syntax', { place: { line: 3, column: 7, endLine: 3, endColumn: 8 } }),
  problem('yaml', 'not-a-mapping', { subject: 'list.yaml' }),
  problem('schema', 'unknown-operator', {
    place: { line: 6, column: 5, endLine: 6, endColumn: 11 },
    ruleId: 'r1',
    message: '`pattrn` is not an operator \u001b[2J',
    remedy: 'did you mean `pattern`?',
  }),
  problem('language', 'unknown-language', { ruleId: 'r2', place: { line: 9, column: 1, endLine: 9, endColumn: 3 } }),
  problem('rule', 'bad-version', { ruleId: 'r3', place: { line: 12, column: 1, endLine: 12, endColumn: 3 } }),
  problem('rule', 'unknown-option', { level: 'warning', ruleId: 'r3', remedy: 'did you mean `x`?' }),
  problem('target', 'invalid-root', { subject: 'nowhere' }),
  problem('target', 'unreadable-folder', { level: 'warning', subject: 'secret/' }),
  problem('git', 'unknown-revision', { subject: null }),
];

function problem(stage: SetupProblem['stage'], code: string, over: Partial<SetupProblem>): SetupProblem {
  const message = `Something about ${code}`;
  return {
    stage,
    code,
    level: 'error',
    message,
    remedy: '',
    subject: 'rules.yaml',
    place: null,
    ruleId: null,
    ...over,
  };
}

/** A report of a scan that found nothing wrong anywhere. */
export function emptyReport(): ScanReport {
  return { ...sampleReport(), findings: [], issues: [], unmatchedSuppressions: [], skipped: [], timing: null };
}

/** Plain text of the usual size. */
export const SAMPLE_TEXT: TextOptions = {
  palette: createPalette(false),
  width: 80,
  source: createSourceLines((path) => SAMPLE_FILES[path] ?? null),
  maxLines: 10,
  maxChars: 160,
  allSteps: false,
};
