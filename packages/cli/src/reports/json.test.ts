import { describe, expect, test } from 'vitest';
import { formatJson } from './json.ts';
import type { ScanReport } from './scan-report.ts';
import { emptyReport, sampleReport } from './testing/sample-report.ts';
import { spelledJson } from './testing/spelled.ts';

const PLAIN = { verbose: false, time: false, fixedLines: false };

const only = (report: ScanReport, ...ruleIds: string[]): ScanReport => ({
  ...report,
  findings: report.findings.filter(({ ruleId }) => ruleIds.includes(ruleId)),
});

test('a report', () => {
  expect(spelledJson(formatJson(only(sampleReport(), 'rules.run', 'print'), PLAIN))).toMatchInlineSnapshot(`
    "{
     "version": "0.1.0",
     "results": [
      {
       "check_id": "print",
       "path": "src/\\u001b[31mev\\nil \\u202e<&>'\\".py",
       "start": {
        "line": 1,
        "col": 1,
        "offset": 0
       },
       "end": {
        "line": 1,
        "col": 19,
        "offset": 18
       },
       "extra": {
        "metavars": {},
        "message": "Prints \\u001b[2J\\u202e",
        "metadata": {
         "references": "https://example.com/p"
        },
        "severity": "CRITICAL",
        "fingerprint": "3ef1f407_0",
        "lines": "print(\\"\\u001b[2J\\u202e\\u009b\\")",
        "is_ignored": false,
        "validation_state": "NO_VALIDATOR",
        "engine_kind": "OSS"
       }
      },
      {
       "check_id": "rules.run",
       "path": "src/wide.py",
       "start": {
        "line": 1,
        "col": 15,
        "offset": 14
       },
       "end": {
        "line": 1,
        "col": 28,
        "offset": 27
       },
       "extra": {
        "metavars": {},
        "message": "run",
        "fix": "safe(\\"☃\\")",
        "metadata": {
         "confidence": "HIGH",
         "help": "Help."
        },
        "severity": "MEDIUM",
        "fingerprint": "c961143d_0",
        "lines": "x = \\"😀é\\"; run(\\"☃\\", y)",
        "is_ignored": false,
        "validation_state": "NO_VALIDATOR",
        "engine_kind": "OSS"
       }
      }
     ],
     "errors": [
      {
       "code": 0,
       "level": "info",
       "type": [
        "IncompatibleRule",
        {
         "rule_id": "never",
         "this_version": "1.182.0",
         "min_version": "9.0.0"
        }
       ],
       "rule_id": "never",
       "message": "Needs at least version 9.0.0"
      },
      {
       "code": 2,
       "level": "error",
       "type": "Rule parse error",
       "rule_id": "rules.broken",
       "message": "The pattern does not parse as Python: \\u001b[31mfoo(\\nClose the parenthesis."
      },
      {
       "code": 3,
       "level": "warn",
       "type": [
        "PartialParsing",
        [
         {
          "path": "src/wide.py",
          "start": {
           "line": 2,
           "col": 7,
           "offset": 40
          },
          "end": {
           "line": 2,
           "col": 8,
           "offset": 41
          }
         }
        ]
       ],
       "message": "\`=\` was not expected here",
       "path": "src/wide.py",
       "spans": [
        {
         "file": "src/wide.py",
         "start": {
          "line": 2,
          "col": 7,
          "offset": 40
         },
         "end": {
          "line": 2,
          "col": 8,
          "offset": 41
         }
        }
       ]
      },
      {
       "code": 2,
       "level": "warn",
       "type": "SemgrepWarning",
       "message": "Line 2 of src/wide.py suppresses 'other', which is not the rule that reports there: 'rules.run'",
       "path": "src/wide.py"
      }
     ],
     "paths": {
      "scanned": [
       "src/\\u001b[31mev\\nil \\u202e<&>'\\".py",
       "src/app.py",
       "src/wide.py"
      ]
     },
     "time": {
      "rules": [],
      "rules_parse_time": 0.01,
      "profiling_times": {
       "config_time": 0.01,
       "core_time": 0.1,
       "ignores_time": 0.005,
       "total_time": 1.234
      },
      "parsing_time": {
       "total_time": 0.006,
       "per_file_time": {
        "mean": 0.002,
        "std_dev": 0
       }
      },
      "matching_time": {
       "total_time": 0.009,
       "per_file_time": {
        "mean": 0.003,
        "std_dev": 0
       }
      },
      "targets": [],
      "total_bytes": 179,
      "max_memory_bytes": 1048576
     },
     "engine_requested": "OSS",
     "skipped_rules": [],
     "profiling_results": [],
     "lockstep": {
      "completeness": {
       "complete": false,
       "problems": {},
       "issues": {
        "incompatible-rule": 1,
        "partial-parsing": 1,
        "rule-error": 1
       },
       "skipped": {
        "exceeded_size_limit": 1,
        "semgrepignore_patterns_match": 1
       }
      },
      "suppressed": 1
     }
    }"
  `);
});

describe('a result', () => {
  test('with fix and metavariables', () => {
    const report = sampleReport();
    const [first] = report.findings.filter(({ fix }) => fix?.includes('%s'));
    const findings = first === undefined ? [] : [first];
    const { results } = JSON.parse(formatJson({ ...report, findings }, { ...PLAIN, fixedLines: true }));
    expect(spelledJson(JSON.stringify(results[0]))).toMatchInlineSnapshot(`
      "{
       "check_id": "rules.sql",
       "path": "src/app.py",
       "start": {
        "line": 4,
        "col": 2,
        "offset": 27
       },
       "end": {
        "line": 4,
        "col": 31,
        "offset": 56
       },
       "extra": {
        "metavars": {
         "$Q": {
          "start": {
           "line": 4,
           "col": 2,
           "offset": 27
          },
          "end": {
           "line": 4,
           "col": 2,
           "offset": 27
          },
          "abstract_content": "\\"select \\"+user",
          "propagated_value": {
           "svalue_start": {
            "line": 4,
            "col": 2,
            "offset": 27
           },
           "svalue_abstract_content": "\\"select \\""
          }
         }
        },
        "message": "Text is joined into\\nSQL ($Q). Pass it as a parameter & \\"bind\\" it, as <https://example.com/sql> says.",
        "fix": "cur.execute(\\"select %s\\", user)",
        "fixed_lines": [
         "\\tcur.execute(\\"select %s\\", user)"
        ],
        "metadata": {
         "cwe": [
          "CWE-89: SQL Injection"
         ],
         "owasp": [
          "A03:2021 - Injection",
          "A01"
         ],
         "confidence": "LOW",
         "references": [
          "https://example.com/a",
          "https://example.com/b"
         ],
         "source": "https://example.com/rule",
         "shortDescription": "Joined SQL",
         "tags": [
          "t2",
          "t1"
         ],
         "security-severity": "8.1"
        },
        "severity": "ERROR",
        "fingerprint": "b9dd0dc1_0",
        "lines": "\\tcur.execute(\\"select \\" + user)",
        "is_ignored": false,
        "validation_state": "NO_VALIDATOR",
        "engine_kind": "OSS"
       }
      }"
    `);
  });

  test('whose fix is empty still has one', () => {
    const report = sampleReport();
    const findings = report.findings.slice(0, 1).map((finding) => ({ ...finding, fix: '' }));
    const { results } = JSON.parse(formatJson({ ...report, findings }, { ...PLAIN, fixedLines: true }));
    expect(results[0].extra).toMatchObject({ fix: '', fixed_lines: [] });
  });
});

test('times and skipped files on request', () => {
  const plain = JSON.parse(formatJson(sampleReport(), PLAIN));
  const { paths, time } = JSON.parse(formatJson(sampleReport(), { ...PLAIN, verbose: true, time: true }));
  expect(paths).toEqual({ ...plain.paths, skipped: paths.skipped });
  expect(time).toEqual({ ...plain.time, rules: time.rules, targets: time.targets });
  expect(
    spelledJson(JSON.stringify({ skipped: paths.skipped, rules: time.rules, target: time.targets[0] })),
  ).toMatchInlineSnapshot(`
    "{
     "skipped": [
      {
       "path": "big.py",
       "reason": "exceeded_size_limit"
      },
      {
       "path": "src/wide.py",
       "reason": "analysis_failed_parser_or_internal_error"
      },
      {
       "path": "vendor/x.py",
       "reason": "semgrepignore_patterns_match"
      }
     ],
     "rules": [
      "rules.sql",
      "rules.run",
      "print",
      "never"
     ],
     "target": {
      "path": "src/\\u001b[31mev\\nil \\u202e<&>'\\".py",
      "num_bytes": 19,
      "match_times": [
       0,
       0.001,
       0.002,
       0
      ],
      "parse_times": [
       0,
       0.002,
       0,
       0
      ],
      "run_time": 0.005
     }
    }"
  `);
  expect(time.targets).toHaveLength(3);
});

test('an empty report is one line', () => {
  expect(formatJson(emptyReport(), PLAIN)).toMatchInlineSnapshot(`
    "{"version":"0.1.0","results":[],"errors":[],"paths":{"scanned":["src/\\u001b[31mev\\nil \\u202e<&>'\\".py","src/app.py","src/wide.py"]},"engine_requested":"OSS","skipped_rules":[],"profiling_results":[],"lockstep":{"completeness":{"complete":true,"problems":{},"issues":{},"skipped":{}},"suppressed":0}}
    "
  `);
});

test('nothing in it acts on a terminal', () => {
  expect(formatJson(sampleReport(), { ...PLAIN, verbose: true })).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
});
