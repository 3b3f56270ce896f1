import { expect, test } from 'vitest';
import { formatGitlab } from './gitlab.ts';
import { sampleFinding, sampleReport } from './testing/sample-report.ts';
import { spelledJson } from './testing/spelled.ts';

test('a SAST report', () => {
  const report = sampleReport();
  const findings = report.findings.filter(({ ruleId }) => ruleId !== 'rules.run').slice(0, 2);
  expect(spelledJson(formatGitlab({ ...report, findings }, 'sast'))).toMatchInlineSnapshot(`
    "{
     "$schema": "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/blob/master/dist/sast-report-format.json",
     "version": "15.0.4",
     "scan": {
      "start_time": "2026-01-31T12:00:00",
      "end_time": "2026-01-31T12:00:01",
      "analyzer": {
       "id": "lockstep",
       "name": "Lockstep",
       "version": "0.1.0",
       "vendor": {
        "name": "Lockstep"
       }
      },
      "scanner": {
       "id": "lockstep",
       "name": "Lockstep",
       "version": "0.1.0",
       "vendor": {
        "name": "Lockstep"
       }
      },
      "version": "0.1.0",
      "status": "success",
      "type": "sast"
     },
     "vulnerabilities": [
      {
       "category": "sast",
       "id": "f5c0aa3b-09ae-bc67-4cb2-facde7e1beb5",
       "cve": "src/\\u001b[31mev\\nil \\u202e<&>'\\".py:2eef576f0d6ed244039a1d40159f366aa38d741610bfdd1971d6a9eb5e7ee876:print",
       "message": "Prints \\u001b[2J\\u202e",
       "description": "Prints ␛\\\\[2J\\\\<U+202E\\\\>",
       "severity": "Critical",
       "scanner": {
        "id": "lockstep",
        "name": "Lockstep",
        "vendor": {
         "name": "Lockstep"
        }
       },
       "location": {
        "file": "src/\\u001b[31mev\\nil \\u202e<&>'\\".py",
        "start_line": 1,
        "end_line": 1
       },
       "identifiers": [
        {
         "type": "semgrep_type",
         "name": "Lockstep - print",
         "value": "print"
        }
       ],
       "flags": [],
       "details": {}
      },
      {
       "category": "sast",
       "id": "65009db4-9a30-6e2c-4363-8ab547722b5a",
       "cve": "src/app.py:04791d82dd15fdd480f084d7ef65a10789fa5012cb7935f76080763444d48a00:rules.sql",
       "message": "Text is joined into\\nSQL ($Q). Pass it as a parameter & \\"bind\\" it, as <https://example.com/sql> says.",
       "description": "Text is joined into\\nSQL (\\\\$Q). Pass it as a parameter \\\\& \\"bind\\" it, as \\\\<https:&#8203;//example.com/sql\\\\> says.",
       "severity": "High",
       "scanner": {
        "id": "lockstep",
        "name": "Lockstep",
        "vendor": {
         "name": "Lockstep"
        }
       },
       "location": {
        "file": "src/app.py",
        "start_line": 4,
        "end_line": 4
       },
       "identifiers": [
        {
         "type": "semgrep_type",
         "name": "Lockstep - rules.sql",
         "value": "rules.sql",
         "url": "https://example.com/rule"
        }
       ],
       "flags": [
        {
         "type": "flagged-as-likely-false-positive",
         "origin": "Lockstep",
         "description": "The rule that reports this has low confidence."
        }
       ],
       "details": {
        "confidence": {
         "type": "text",
         "name": "confidence",
         "value": "LOW"
        }
       }
      }
     ]
    }"
  `);
});

test('a secrets report differs in its kind, and names a commit', () => {
  const report = sampleReport();
  const findings = [sampleFinding('src/app.py', 'user', 'rules.run')];
  const secrets = JSON.parse(formatGitlab({ ...report, findings }, 'secret_detection'));
  const { $schema, scan, vulnerabilities } = secrets;
  const [{ category, id, location }] = vulnerabilities;
  expect({ $schema, type: scan.type, vulnerability: { category, id, location } }).toMatchInlineSnapshot(`
    {
      "$schema": "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/blob/master/dist/secret-detection-report-format.json",
      "type": "secret_detection",
      "vulnerability": {
        "category": "secret_detection",
        "id": "2b66ede5-674f-2543-6049-d48839b27090",
        "location": {
          "commit": {
            "sha": "0000000",
          },
          "end_line": 3,
          "file": "src/app.py",
          "start_line": 3,
        },
      },
    }
  `);
  const sast = JSON.parse(formatGitlab({ ...report, findings }, 'sast'));
  expect(secrets).toEqual({
    ...sast,
    $schema,
    scan: { ...sast.scan, type: scan.type },
    vulnerabilities: [{ ...sast.vulnerabilities[0], category, id, location }],
  });
});

// The ids that Semgrep 1.182 gives; the second `bar` follows one that is suppressed.
test.each([
  ['my-warn', '    foo( [1, 2] ,\n        "é☃😀")', 0, '033a8a66-6b67-9f32-96c5-98ee1b65331c'],
  ['my-info', 'bar(3)  # nosem: other-id', 2, 'dced2477-a4ec-d12a-e787-4f27d0284a2b'],
  ['my-eval', 'eval( x  +  1 )', 1, 'ac81edd1-dca7-e540-d49f-37056016519b'],
])('the id of a finding of %s', (ruleId, lines, index, expected) => {
  const over = { path: 'sub/a.py', lines, fingerprint: `abc_${index}` };
  const findings = [sampleFinding('src/app.py', 'user', ruleId, over)];
  const { vulnerabilities } = JSON.parse(formatGitlab({ ...sampleReport(), findings }, 'sast'));
  expect(vulnerabilities[0].id).toBe(expected);
});
