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
       "description": "Prints \\u001b[2J\\u202e",
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
       "description": "Text is joined into\\nSQL ($Q). Pass it as a parameter & \\"bind\\" it, as <https://example.com/sql> says.",
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

test('a secrets report', () => {
  const report = sampleReport();
  const findings = [sampleFinding('src/app.py', 'user', 'rules.run')];
  expect(spelledJson(formatGitlab({ ...report, findings }, 'secret_detection'))).toMatchInlineSnapshot(`
    "{
     "$schema": "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/blob/master/dist/secret-detection-report-format.json",
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
      "type": "secret_detection"
     },
     "vulnerabilities": [
      {
       "category": "secret_detection",
       "id": "2b66ede5-674f-2543-6049-d48839b27090",
       "cve": "src/app.py:04791d82dd15fdd480f084d7ef65a10789fa5012cb7935f76080763444d48a00:rules.run",
       "message": "run",
       "description": "run",
       "severity": "Medium",
       "scanner": {
        "id": "lockstep",
        "name": "Lockstep",
        "vendor": {
         "name": "Lockstep"
        }
       },
       "location": {
        "commit": {
         "sha": "0000000"
        },
        "file": "src/app.py",
        "start_line": 3,
        "end_line": 3
       },
       "identifiers": [
        {
         "type": "semgrep_type",
         "name": "Lockstep - rules.run",
         "value": "rules.run"
        }
       ],
       "flags": [],
       "details": {
        "confidence": {
         "type": "text",
         "name": "confidence",
         "value": "HIGH"
        }
       }
      }
     ]
    }"
  `);
});

test('ids do not move when an equal finding before is suppressed', () => {
  const report = sampleReport();
  const both = [0, 1].map((occurrence) => sampleFinding('src/app.py', 'cur', 'rules.run', { occurrence, lines: 'x' }));
  const idsOf = (findings: typeof both): string[] =>
    JSON.parse(formatGitlab({ ...report, findings }, 'sast')).vulnerabilities.map(({ id }: { id: string }) => id);
  const suppressed = both.map((finding, at) => ({ ...finding, ignored: at === 0 }));
  expect(idsOf(suppressed)).toEqual(idsOf(both).slice(1));
  expect(new Set(idsOf(both)).size).toBe(2);
});
