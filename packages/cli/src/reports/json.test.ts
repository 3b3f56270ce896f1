import type { Finding } from '@lockstep/engine';
import { describe, expect, test } from 'vitest';
import { formatJson } from './json.ts';
import type { ScanReport } from './scan-report.ts';
import { CALL_FLOW, flowReport, LONG_FLOW } from './testing/sample-flows.ts';
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
        "lockstep": {
         "finding": "87614f6d",
         "symbol": ""
        },
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
        "lockstep": {
         "finding": "d0088b59",
         "symbol": ""
        },
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
        "lockstep": {
         "finding": "7ae1b3b0",
         "symbol": ""
        },
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

describe('a trace', () => {
  const traceOf = (finding: Finding) => {
    const { results } = JSON.parse(formatJson(flowReport(finding), PLAIN));
    return spelledJson(JSON.stringify(results[0].extra.dataflow_trace));
  };
  test('within a function is what the engine of Semgrep 1.182 prints for this code', () => {
    expect(traceOf(LONG_FLOW)).toMatchInlineSnapshot(`
      "{
       "taint_source": [
        "CliLoc",
        [
         {
          "path": "shop/views.py",
          "start": {
           "line": 6,
           "col": 12,
           "offset": 86
          },
          "end": {
           "line": 7,
           "col": 17,
           "offset": 120
          }
         },
         "request.args.get(\\n        \\"näme\\")"
        ]
       ],
       "intermediate_vars": [
        {
         "location": {
          "path": "shop/views.py",
          "start": {
           "line": 6,
           "col": 5,
           "offset": 79
          },
          "end": {
           "line": 6,
           "col": 9,
           "offset": 83
          }
         },
         "content": "name"
        },
        {
         "location": {
          "path": "shop/views.py",
          "start": {
           "line": 8,
           "col": 5,
           "offset": 125
          },
          "end": {
           "line": 8,
           "col": 10,
           "offset": 130
          }
         },
         "content": "other"
        },
        {
         "location": {
          "path": "shop/views.py",
          "start": {
           "line": 10,
           "col": 5,
           "offset": 165
          },
          "end": {
           "line": 10,
           "col": 10,
           "offset": 170
          }
         },
         "content": "parts"
        },
        {
         "location": {
          "path": "shop/views.py",
          "start": {
           "line": 11,
           "col": 5,
           "offset": 189
          },
          "end": {
           "line": 11,
           "col": 7,
           "offset": 191
          }
         },
         "content": "é"
        },
        {
         "location": {
          "path": "shop/views.py",
          "start": {
           "line": 11,
           "col": 26,
           "offset": 210
          },
          "end": {
           "line": 11,
           "col": 32,
           "offset": 216
          }
         },
         "content": "folder"
        }
       ],
       "taint_sink": [
        "CliLoc",
        [
         {
          "path": "shop/views.py",
          "start": {
           "line": 12,
           "col": 5,
           "offset": 226
          },
          "end": {
           "line": 15,
           "col": 6,
           "offset": 278
          }
         },
         "os.system(\\n        \\"tar czf \\"\\n        + folder\\n    )"
        ]
       ]
      }"
    `);
  });
  test('through calls', () => {
    expect(traceOf(CALL_FLOW)).toMatchInlineSnapshot(`
      "{
       "taint_source": [
        "CliCall",
        [
         [
          {
           "path": "shop/views.py",
           "start": {
            "line": 21,
            "col": 12,
            "offset": 358
           },
           "end": {
            "line": 21,
            "col": 26,
            "offset": 372
           }
          },
          "store.wanted()"
         ],
         [
          {
           "location": {
            "path": "shop/store.py",
            "start": {
             "line": 4,
             "col": 5,
             "offset": 45
            },
            "end": {
             "line": 4,
             "col": 10,
             "offset": 50
            }
           },
           "content": "found"
          }
         ],
         [
          "CliLoc",
          [
           {
            "path": "shop/store.py",
            "start": {
             "line": 4,
             "col": 13,
             "offset": 53
            },
            "end": {
             "line": 4,
             "col": 30,
             "offset": 70
            }
           },
           "request.args[\\"q\\"]"
          ]
         ]
        ]
       ],
       "intermediate_vars": [
        {
         "location": {
          "path": "shop/views.py",
          "start": {
           "line": 21,
           "col": 5,
           "offset": 351
          },
          "end": {
           "line": 21,
           "col": 9,
           "offset": 355
          }
         },
         "content": "text"
        }
       ],
       "taint_sink": [
        "CliCall",
        [
         [
          {
           "path": "shop/views.py",
           "start": {
            "line": 22,
            "col": 5,
            "offset": 377
           },
           "end": {
            "line": 22,
            "col": 21,
            "offset": 393
           }
          },
          "store.find(text)"
         ],
         [
          {
           "location": {
            "path": "shop/store.py",
            "start": {
             "line": 7,
             "col": 10,
             "offset": 98
            },
            "end": {
             "line": 7,
             "col": 15,
             "offset": 103
            }
           },
           "content": "words"
          },
          {
           "location": {
            "path": "shop/store.py",
            "start": {
             "line": 8,
             "col": 5,
             "offset": 110
            },
            "end": {
             "line": 8,
             "col": 10,
             "offset": 115
            }
           },
           "content": "query"
          }
         ],
         [
          "CliLoc",
          [
           {
            "path": "shop/store.py",
            "start": {
             "line": 9,
             "col": 5,
             "offset": 140
            },
            "end": {
             "line": 9,
             "col": 26,
             "offset": 161
            }
           },
           "cursor.execute(query)"
          ]
         ]
        ]
       ]
      }"
    `);
  });
  test('is absent where there is none', () => {
    const { results } = JSON.parse(formatJson(sampleReport(), PLAIN));
    for (const { extra } of results) expect(extra).not.toHaveProperty('dataflow_trace');
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
