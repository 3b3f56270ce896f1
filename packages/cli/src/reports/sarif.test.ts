import type { Finding } from '@lockstep/engine';
import { describe, expect, test } from 'vitest';
import { lineHashes } from './line-hashes.ts';
import { formatSarif, SARIF_DEFAULTS } from './sarif.ts';
import { CALL_FLOW, flowReport, flowSource, LONG_FLOW, place, stepAt } from './testing/sample-flows.ts';
import { emptyReport, SAMPLE_FILES, SAMPLE_RULES, sampleFinding, sampleReport } from './testing/sample-report.ts';
import { spelledJson } from './testing/spelled.ts';

test('a report', () => {
  const report = sampleReport();
  const findings = report.findings.filter(({ ruleId }) => ruleId !== 'rules.sql');
  const options = { ...SARIF_DEFAULTS, suppressed: 'mark' as const };
  expect(spelledJson(formatSarif({ ...report, findings }, options))).toMatchInlineSnapshot(`
    "{
     "version": "2.1.0",
     "runs": [
      {
       "columnKind": "utf16CodeUnits",
       "invocations": [
        {
         "executionSuccessful": true,
         "toolExecutionNotifications": [
          {
           "descriptor": {
            "id": "Incompatible rule"
           },
           "level": "note",
           "message": {
            "text": "Needs at least version 9.0.0"
           }
          },
          {
           "descriptor": {
            "id": "Rule parse error"
           },
           "level": "error",
           "message": {
            "text": "The pattern does not parse as Python: \\u001b[31mfoo(\\nClose the parenthesis."
           }
          },
          {
           "descriptor": {
            "id": "Syntax error"
           },
           "level": "warning",
           "message": {
            "text": "\`=\` was not expected here"
           }
          },
          {
           "descriptor": {
            "id": "SemgrepWarning"
           },
           "level": "warning",
           "message": {
            "text": "Line 2 of src/wide.py suppresses 'other', which is not the rule that reports there: 'rules.run'"
           }
          }
         ]
        }
       ],
       "properties": {
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
       },
       "results": [
        {
         "fingerprints": {
          "matchBasedId/v1": "3ef1f407_0"
         },
         "level": "error",
         "locations": [
          {
           "physicalLocation": {
            "artifactLocation": {
             "uri": "src/%1B%5B31mev%0Ail%20%E2%80%AE%3C%26%3E'%22.py",
             "uriBaseId": "%SRCROOT%"
            },
            "region": {
             "startLine": 1,
             "startColumn": 1,
             "endLine": 1,
             "endColumn": 16,
             "snippet": {
              "text": "print(\\"\\u001b[2J\\u202e\\u009b\\")"
             }
            }
           }
          }
         ],
         "message": {
          "text": "Prints \\u001b[2J\\u202e"
         },
         "properties": {},
         "ruleId": "print"
        },
        {
         "fingerprints": {
          "matchBasedId/v1": "c961143d_0"
         },
         "fixes": [
          {
           "artifactChanges": [
            {
             "artifactLocation": {
              "uri": "src/wide.py",
              "uriBaseId": "%SRCROOT%"
             },
             "replacements": [
              {
               "deletedRegion": {
                "startLine": 1,
                "startColumn": 12,
                "endLine": 1,
                "endColumn": 23
               },
               "insertedContent": {
                "text": "safe(\\"☃\\")"
               }
              }
             ]
            }
           ],
           "description": {
            "text": "run\\n Autofix: the fix suggested by the rule"
           }
          }
         ],
         "level": "warning",
         "locations": [
          {
           "physicalLocation": {
            "artifactLocation": {
             "uri": "src/wide.py",
             "uriBaseId": "%SRCROOT%"
            },
            "region": {
             "startLine": 1,
             "startColumn": 12,
             "endLine": 1,
             "endColumn": 23,
             "snippet": {
              "text": "x = \\"😀é\\"; run(\\"☃\\", y)"
             }
            }
           }
          }
         ],
         "message": {
          "text": "run"
         },
         "properties": {},
         "ruleId": "rules.run"
        },
        {
         "fingerprints": {
          "matchBasedId/v1": "c961143d_1"
         },
         "level": "warning",
         "locations": [
          {
           "physicalLocation": {
            "artifactLocation": {
             "uri": "src/wide.py",
             "uriBaseId": "%SRCROOT%"
            },
            "region": {
             "startLine": 2,
             "startColumn": 1,
             "endLine": 2,
             "endColumn": 7,
             "snippet": {
              "text": "run(1) # nosem"
             }
            }
           }
          }
         ],
         "message": {
          "text": "run"
         },
         "properties": {},
         "ruleId": "rules.run",
         "suppressions": [
          {
           "kind": "inSource"
          }
         ]
        }
       ],
       "tool": {
        "driver": {
         "name": "Lockstep",
         "rules": [
          {
           "defaultConfiguration": {
            "level": "note"
           },
           "fullDescription": {
            "text": "Finds nothing"
           },
           "help": {
            "markdown": "Finds nothing",
            "text": "Finds nothing"
           },
           "id": "never",
           "name": "never",
           "properties": {
            "precision": "very-high",
            "tags": []
           },
           "shortDescription": {
            "text": "Lockstep Finding: never"
           }
          },
          {
           "defaultConfiguration": {
            "level": "error"
           },
           "fullDescription": {
            "text": "Prints $X"
           },
           "help": {
            "markdown": "Prints $X\\n\\n<b>References:</b>\\n - [https://example.com/p](https://example.com/p)\\n",
            "text": "Prints $X"
           },
           "id": "print",
           "name": "print",
           "properties": {
            "precision": "very-high",
            "tags": []
           },
           "shortDescription": {
            "text": "Lockstep Finding: print"
           }
          },
          {
           "defaultConfiguration": {
            "level": "warning"
           },
           "fullDescription": {
            "text": "run"
           },
           "help": {
            "markdown": "Help.",
            "text": "Help."
           },
           "id": "rules.run",
           "name": "rules.run",
           "properties": {
            "precision": "very-high",
            "tags": [
             "HIGH CONFIDENCE"
            ]
           },
           "shortDescription": {
            "text": "Lockstep Finding: rules.run"
           }
          },
          {
           "defaultConfiguration": {
            "level": "error"
           },
           "fullDescription": {
            "text": "Text is joined into\\nSQL ($Q). Pass it as a parameter & \\"bind\\" it, as <https://example.com/sql> says."
           },
           "help": {
            "markdown": "Text is joined into\\nSQL ($Q). Pass it as a parameter & \\"bind\\" it, as <https://example.com/sql> says.\\n\\n<b>References:</b>\\n - [Rule](https://example.com/rule)\\n - [https://example.com/a](https://example.com/a)\\n - [https://example.com/b](https://example.com/b)\\n",
            "text": "Text is joined into\\nSQL ($Q). Pass it as a parameter & \\"bind\\" it, as <https://example.com/sql> says."
           },
           "helpUri": "https://example.com/rule",
           "id": "rules.sql",
           "name": "rules.sql",
           "properties": {
            "precision": "very-high",
            "tags": [
             "CWE-89: SQL Injection",
             "LOW CONFIDENCE",
             "OWASP-A01",
             "OWASP-A03:2021 - Injection",
             "security",
             "t1",
             "t2"
            ],
            "security-severity": "8.1"
           },
           "shortDescription": {
            "text": "Joined SQL"
           }
          }
         ],
         "semanticVersion": "0.1.0"
        }
       }
      }
     ],
     "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    }"
  `);
});

describe('a flow', () => {
  const flowsOf = (finding: Finding, source = flowSource) =>
    JSON.parse(formatSarif(flowReport(finding), { ...SARIF_DEFAULTS, source })).runs[0].results[0].codeFlows;
  test('within a function', () => {
    expect(spelledJson(JSON.stringify(flowsOf(LONG_FLOW)))).toMatchInlineSnapshot(`
      "[
       {
        "message": {
         "text": "Untrusted dataflow from shop/views.py:6 to shop/views.py:12"
        },
        "threadFlows": [
         {
          "locations": [
           {
            "location": {
             "message": {
              "text": "Source: 'request.args.get( \\"näme\\")' @ 'shop/views.py:6'"
             },
             "physicalLocation": {
              "artifactLocation": {
               "uri": "shop/views.py",
               "uriBaseId": "%SRCROOT%"
              },
              "region": {
               "startLine": 6,
               "startColumn": 12,
               "endLine": 7,
               "endColumn": 16,
               "snippet": {
                "text": "request.args.get(\\n        \\"näme\\")"
               }
              }
             }
            },
            "nestingLevel": 0
           },
           {
            "location": {
             "message": {
              "text": "Propagator: 'name' @ 'shop/views.py:6'"
             },
             "physicalLocation": {
              "artifactLocation": {
               "uri": "shop/views.py",
               "uriBaseId": "%SRCROOT%"
              },
              "region": {
               "startLine": 6,
               "startColumn": 5,
               "endLine": 6,
               "endColumn": 9,
               "snippet": {
                "text": "name"
               }
              }
             }
            },
            "nestingLevel": 0
           },
           {
            "location": {
             "message": {
              "text": "Propagator: 'other' @ 'shop/views.py:8'"
             },
             "physicalLocation": {
              "artifactLocation": {
               "uri": "shop/views.py",
               "uriBaseId": "%SRCROOT%"
              },
              "region": {
               "startLine": 8,
               "startColumn": 5,
               "endLine": 8,
               "endColumn": 10,
               "snippet": {
                "text": "other"
               }
              }
             }
            },
            "nestingLevel": 0
           },
           {
            "location": {
             "message": {
              "text": "Propagator: 'parts' @ 'shop/views.py:10'"
             },
             "physicalLocation": {
              "artifactLocation": {
               "uri": "shop/views.py",
               "uriBaseId": "%SRCROOT%"
              },
              "region": {
               "startLine": 10,
               "startColumn": 5,
               "endLine": 10,
               "endColumn": 10,
               "snippet": {
                "text": "parts"
               }
              }
             }
            },
            "nestingLevel": 0
           },
           {
            "location": {
             "message": {
              "text": "Propagator: 'é' @ 'shop/views.py:11'"
             },
             "physicalLocation": {
              "artifactLocation": {
               "uri": "shop/views.py",
               "uriBaseId": "%SRCROOT%"
              },
              "region": {
               "startLine": 11,
               "startColumn": 5,
               "endLine": 11,
               "endColumn": 6,
               "snippet": {
                "text": "é"
               }
              }
             }
            },
            "nestingLevel": 0
           },
           {
            "location": {
             "message": {
              "text": "Propagator: 'folder' @ 'shop/views.py:11'"
             },
             "physicalLocation": {
              "artifactLocation": {
               "uri": "shop/views.py",
               "uriBaseId": "%SRCROOT%"
              },
              "region": {
               "startLine": 11,
               "startColumn": 25,
               "endLine": 11,
               "endColumn": 31,
               "snippet": {
                "text": "folder"
               }
              }
             }
            },
            "nestingLevel": 0
           },
           {
            "location": {
             "message": {
              "text": "Sink: 'os.system( \\"tar czf \\" + folder )' @ 'shop/views.py:12'"
             },
             "physicalLocation": {
              "artifactLocation": {
               "uri": "shop/views.py",
               "uriBaseId": "%SRCROOT%"
              },
              "region": {
               "startLine": 12,
               "startColumn": 5,
               "endLine": 15,
               "endColumn": 6,
               "snippet": {
                "text": "os.system(\\n        \\"tar czf \\"\\n        + folder\\n    )"
               }
              }
             }
            },
            "nestingLevel": 0
           }
          ]
         }
        ]
       }
      ]"
    `);
  });
  test('through calls is nested', () => {
    const [{ message, threadFlows }] = flowsOf(CALL_FLOW);
    expect(message.text).toBe('Untrusted dataflow from shop/store.py:4 to shop/store.py:9');
    const steps = threadFlows[0].locations.map(
      ({ location, nestingLevel }: { location: { message: { text: string } }; nestingLevel: number }) =>
        '  '.repeat(nestingLevel) + location.message.text,
    );
    expect(`\n${steps.join('\n')}\n`).toMatchInlineSnapshot(`
      "
        Source: 'request.args["q"]' @ 'shop/store.py:4'
        Propagator: 'found' @ 'shop/store.py:4'
      Call: 'store.wanted()' @ 'shop/views.py:21'
      Propagator: 'text' @ 'shop/views.py:21'
      Call: 'store.find(text)' @ 'shop/views.py:22'
        Propagator: 'words' @ 'shop/store.py:7'
        Propagator: 'query' @ 'shop/store.py:8'
        Sink: 'cursor.execute(query)' @ 'shop/store.py:9'
      "
    `);
  });
  test('is absent where there is none', () => {
    for (const result of JSON.parse(formatSarif(sampleReport())).runs[0].results)
      expect(result).not.toHaveProperty('codeFlows');
  });
});

test('an empty report is one line', () => {
  expect(formatSarif({ ...emptyReport(), rules: [] })).toMatchInlineSnapshot(`
    "{"version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[]}],"properties":{"completeness":{"complete":true,"problems":{},"issues":{},"skipped":{}},"suppressed":0},"results":[],"tool":{"driver":{"name":"Lockstep","rules":[],"semanticVersion":"0.1.0"}}}],"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"}
    "
  `);
});

test('suppressed findings are left out, and counted, unless asked for', () => {
  const [run] = JSON.parse(formatSarif(sampleReport())).runs;
  expect(run.results).toHaveLength(4);
  expect(run.properties.suppressed).toBe(1);
  const marked = JSON.parse(formatSarif(sampleReport(), { ...SARIF_DEFAULTS, suppressed: 'mark' })).runs[0];
  expect(marked.results).toHaveLength(5);
  expect(marked.results.filter((result: object) => 'suppressions' in result)).toHaveLength(1);
});

test('fingerprints are those of the lines', () => {
  const text = (path: string) => (path === 'src/wide.py' ? (SAMPLE_FILES[path] ?? null) : null);
  const { results } = JSON.parse(formatSarif(sampleReport(), { ...SARIF_DEFAULTS, text })).runs[0];
  const hashes = results.map((result: { partialFingerprints?: object }) => result.partialFingerprints ?? null);
  const [first] = lineHashes(SAMPLE_FILES['src/wide.py'] ?? '');
  expect(hashes).toEqual([null, null, null, { primaryLocationLineHash: first }]);
});

test('code that looks like a link is none', () => {
  const findings = [sampleFinding('src/app.py', 'os', 'rules.run', { message: 'calls[0](x)' })];
  const [result] = JSON.parse(formatSarif({ ...emptyReport(), findings })).runs[0].results;
  expect(result.message.text).toBe('calls[0]\u200b(x)');
});

test('what there is to know of a change', () => {
  const items = Array.from({ length: 22 }, (_, at) => `[${at}](x).py`);
  const notes = [
    { code: 'scope', level: 'info' as const, title: 'All of it', items: [] },
    { code: 'policy-changed', level: 'notice' as const, title: 'Touched', items },
  ];
  const [run] = JSON.parse(formatSarif({ ...emptyReport(), notes })).runs;
  const [scope, policy] = run.invocations[0].toolExecutionNotifications;
  expect(scope).toEqual({ descriptor: { id: 'scope' }, level: 'note', message: { text: 'All of it' } });
  expect([policy.descriptor.id, policy.level]).toEqual(['policy-changed', 'warning']);
  expect(policy.message.text.split('\n').toSpliced(2, 18)).toEqual([
    'Touched',
    '[0]\u200b(x).py',
    '[19]\u200b(x).py',
    'and 2 more',
  ]);
});

describe('the limits of code scanning', () => {
  const notices = (run: { invocations: { toolExecutionNotifications: { message: { text: string } }[] }[] }) =>
    run.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text);

  test('of results: the gravest stay, in report order', () => {
    const one = sampleFinding('src/app.py', 'os', 'rules.run');
    const findings = Array.from({ length: 25_002 }, (_, at) => ({
      ...one,
      start: { ...one.start, line: at + 1 },
      severity: at % 10_000 === 0 ? ('LOW' as const) : ('HIGH' as const),
    }));
    const [run] = JSON.parse(formatSarif({ ...emptyReport(), findings })).runs;
    const lines = run.results.map(
      (result: { locations: { physicalLocation: { region: { startLine: number } } }[] }) =>
        result.locations[0]?.physicalLocation.region.startLine,
    );
    expect(lines).toHaveLength(25_000);
    expect(lines.slice(0, 3)).toEqual([1, 2, 3]);
    expect(lines).not.toContain(10_001);
    expect(lines).not.toContain(20_001);
    expect(notices(run)).toEqual(['2 results left out, the least grave: GitHub takes 25,000']);
  });

  test('of rules: those with results stay', () => {
    const rules = Array.from({ length: 25_001 }, (_, at) => ({
      ...(SAMPLE_RULES[0] as (typeof SAMPLE_RULES)[number]),
      id: `r${String(at).padStart(5, '0')}`,
    }));
    const findings = [sampleFinding('src/app.py', 'os', 'r25000')];
    const [run] = JSON.parse(formatSarif({ ...emptyReport(), rules, findings })).runs;
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect([ids.length, ids[0], ids.at(-2), ids.at(-1)]).toEqual([25_000, 'r00000', 'r24998', 'r25000']);
    expect(notices(run)).toEqual(['1 rule without results left out: GitHub takes 25,000']);
  });

  test('of tags, names and descriptions', () => {
    const metadata = { tags: Array.from({ length: 30 }, (_, at) => `t${at}`), shortDescription: 's'.repeat(2000) };
    const rules = [
      {
        ...(SAMPLE_RULES[1] as (typeof SAMPLE_RULES)[number]),
        id: 'i'.repeat(300),
        message: 'm'.repeat(2000),
        metadata,
      },
    ];
    const [run] = JSON.parse(formatSarif({ ...emptyReport(), rules, findings: [] })).runs;
    const [rule] = run.tool.driver.rules;
    expect(rule.properties.tags).toHaveLength(20);
    expect([rule.name, rule.shortDescription.text, rule.fullDescription.text].map(({ length }) => length)).toEqual([
      255, 1024, 1024,
    ]);
    expect(rule.id).toHaveLength(300);
    expect(rule.help.text).toHaveLength(2000);
    expect(notices(run)).toEqual(['1 rule shown with 20 tags: GitHub takes no more']);
  });

  test('of steps: both ends of a flow stay', () => {
    const step = (line: number) => ({ ...stepAt('shop/views.py', 'name'), start: { line, column: 1, offset: 0 } });
    const through = Array.from({ length: 12_000 }, (_, at) => step(at + 2));
    const trace = { source: place(step(1)), through, sink: place(step(12_002)) };
    const [run] = JSON.parse(formatSarif(flowReport({ ...LONG_FLOW, trace }))).runs;
    const { locations } = run.results[0].codeFlows[0].threadFlows[0];
    const line = (at: number) => locations.at(at).location.physicalLocation.region.startLine;
    expect([locations.length, line(0), line(4999), line(5000), line(-1)]).toEqual([10_000, 1, 5000, 7003, 12_002]);
    expect(notices(run)).toEqual(['1 flow shown with 10,000 steps: GitHub takes no more']);
  });
});

describe('columns', () => {
  const regionOf = (path: string, code: string) => {
    const report = { ...sampleReport(), findings: [sampleFinding(path, code, 'rules.run')] };
    const { startLine, startColumn, endLine, endColumn } = JSON.parse(formatSarif(report)).runs[0].results[0]
      .locations[0].physicalLocation.region;
    return [startLine, startColumn, endLine, endColumn];
  };
  test.each([
    ['src/wide.py', 'run("☃", y)', [1, 12, 1, 23]],
    ['src/app.py', 'cur.execute(f"""\n  select {\n    user}\n""")', [7, 1, 10, 5]],
    ['src/app.py', 'return cur\n', [5, 2, 6, 1]],
    // A match that takes the final line break: reports say that it ends at column 1 of that same line.
    ['src/app.py', '""")\n', [10, 1, 10, 5]],
  ])('in %s of %j', (path, code, expected) => {
    expect(regionOf(path, code)).toEqual(expected);
  });
});

test.each([
  ['a b/c#d%.py', { uri: 'a%20b/c%23d%25.py', uriBaseId: '%SRCROOT%' }],
  ['/abs/é.py', { uri: 'file:///abs/%C3%A9.py' }],
  ['a\\b\ud800.py', { uri: 'a%5Cb%EF%BF%BD.py', uriBaseId: '%SRCROOT%' }],
  ['../up.py', { uri: '../up.py', uriBaseId: '%SRCROOT%' }],
])('the location of %s', (path, expected) => {
  const report = { ...sampleReport(), findings: [{ ...sampleFinding('src/app.py', 'os', 'rules.run'), path }] };
  const [result] = JSON.parse(formatSarif(report)).runs[0].results;
  expect(result.locations[0].physicalLocation.artifactLocation).toEqual(expected);
});
