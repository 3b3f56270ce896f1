import { expect, test } from 'vitest';
import { formatGitlabCodequality } from './gitlab-codequality.ts';
import { emptyReport, sampleFinding, sampleReport } from './testing/sample-report.ts';

test('an issue for each finding that is not suppressed', () => {
  const issues = JSON.parse(formatGitlabCodequality(sampleReport()));
  expect(issues).toHaveLength(4);
  expect(issues[1]).toMatchInlineSnapshot(`
    {
      "categories": [
        "Security",
      ],
      "check_name": "rules.sql",
      "description": "Text is joined into
    SQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.",
      "fingerprint": "b9dd0dc1_0",
      "location": {
        "lines": {
          "begin": 4,
          "end": 4,
        },
        "path": "src/app.py",
      },
      "severity": "critical",
      "type": "issue",
    }
  `);
});

test('every fingerprint is another', () => {
  const issues: { fingerprint: string }[] = JSON.parse(formatGitlabCodequality(sampleReport()));
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
});

test.each([
  ['CRITICAL', 'blocker'],
  ['ERROR', 'critical'],
  ['HIGH', 'critical'],
  ['WARNING', 'major'],
  ['MEDIUM', 'major'],
  ['LOW', 'minor'],
  ['INFO', 'info'],
] as const)('%s is %s', (severity, expected) => {
  const finding = { ...sampleFinding('src/app.py', 'os', 'rules.run', { severity }), path: './src/app.py' };
  const [issue] = JSON.parse(formatGitlabCodequality({ ...emptyReport(), findings: [finding] }));
  expect([issue.severity, issue.location.path]).toEqual([expected, 'src/app.py']);
});
