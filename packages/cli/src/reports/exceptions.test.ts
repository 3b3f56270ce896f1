import { withException } from '@lockstep/guardrails';
import { expect, test } from 'vitest';
import { formatJson } from './json.ts';
import { createPalette } from './palette.ts';
import { formatSarif, SARIF_DEFAULTS } from './sarif.ts';
import { assembleReport } from './scan-report.ts';
import { formatSummary } from './summary.ts';
import { emptyReport, sampleFinding } from './testing/sample-report.ts';

const EXCEPTION = {
  symbol: 'get',
  path: null,
  reason: 'reads our own table',
  owner: null,
  approvedBy: '@acme/appsec',
  until: '2099-12-31',
  place: { line: 1, column: 1, start: 0, end: 0, path: '' },
};

/** One finding to show, one that a comment suppresses, one that an exception covers. */
const report = assembleReport({
  ...emptyReport(),
  findings: [
    sampleFinding('src/app.py', 'cur.execute', 'rules.sql', { occurrence: 1 }),
    sampleFinding('src/wide.py', 'run(1)', 'rules.run', { ignored: true }),
    sampleFinding('src/app.py', 'cur.execute', 'rules.sql', { ignored: true, metadata: withException({}, EXCEPTION) }),
  ],
});

test('the summary counts exceptions apart from comments', () => {
  const summary = formatSummary(report, { palette: createPalette(false), width: 80, verbose: false });
  expect(summary).toContain(
    '1 more finding suppressed by comments in the code\n1 more finding allowed by exceptions of guardrails\n',
  );
});

test('JSON lists what is excepted, with its reason', () => {
  const { lockstep, results } = JSON.parse(formatJson(report, { verbose: false, time: false, fixedLines: false }));
  expect(results).toHaveLength(1);
  expect(lockstep.suppressed).toBe(2);
  expect(lockstep.excepted).toEqual([
    {
      check_id: 'rules.sql',
      path: 'src/app.py',
      line: 4,
      for: 'get',
      reason: 'reads our own table',
      owner: null,
      approved_by: '@acme/appsec',
      until: '2099-12-31',
    },
  ]);
});

test('SARIF marks it as suppressed from outside the code, where suppressed findings are wanted', () => {
  const [run] = JSON.parse(formatSarif(report, { ...SARIF_DEFAULTS, suppressed: 'mark' })).runs;
  const suppressions = run.results.map((result: { suppressions?: object[] }) => result.suppressions ?? []);
  expect(suppressions).toEqual([
    [{ kind: 'external', status: 'accepted', justification: 'reads our own table' }],
    [],
    [{ kind: 'inSource' }],
  ]);
});
