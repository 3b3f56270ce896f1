import { expect, test } from 'vitest';
import { formatRdjson } from './rdjson.ts';
import { emptyReport, SAMPLE_FILES, sampleFinding, sampleReport } from './testing/sample-report.ts';

test('a diagnostic for each finding that is not suppressed', () => {
  const { source, diagnostics } = JSON.parse(formatRdjson(sampleReport()));
  expect([source, diagnostics.length]).toEqual([{ name: 'lockstep' }, 4]);
  expect(diagnostics[1]).toMatchInlineSnapshot(`
    {
      "code": {
        "url": "https://example.com/rule",
        "value": "rules.sql",
      },
      "location": {
        "path": "src/app.py",
        "range": {
          "end": {
            "column": 31,
            "line": 4,
          },
          "start": {
            "column": 2,
            "line": 4,
          },
        },
      },
      "message": "Text is joined into
    SQL (\\$Q). Pass it as a parameter \\& "bind" it, as \\<https:&#8203;//example.com/sql\\> says.",
      "severity": "ERROR",
      "suggestions": [
        {
          "range": {
            "end": {
              "column": 31,
              "line": 4,
            },
            "start": {
              "column": 2,
              "line": 4,
            },
          },
          "text": "cur.execute("select %s", user)",
        },
      ],
    }
  `);
});

interface Place {
  line: number;
  column: number;
}

/** The bytes of a sample file between two places, as reviewdog counts them. */
function textBetween(path: string, { start, end }: { start: Place; end: Place }): string {
  const bytes = Buffer.from(SAMPLE_FILES[path] ?? '');
  const offset = ({ line, column }: Place) => {
    let at = 0;
    for (let left = line; left > 1; left--) at = bytes.indexOf(0x0a, at) + 1;
    return at + column - 1;
  };
  return bytes.subarray(offset(start), offset(end)).toString();
}

test.each([
  ['src/wide.py', 'run("☃", y)'],
  ['src/app.py', 'cur.execute(f"""\n  select {\n    user}\n""")'],
  ['src/app.py', 'return cur\n'],
])('a suggestion in %s is for %j', (path, code) => {
  const finding = sampleFinding(path, code, 'rules.run', { fix: 'x' });
  const [{ suggestions }] = JSON.parse(formatRdjson({ ...emptyReport(), findings: [finding] })).diagnostics;
  expect(suggestions).toEqual([{ range: expect.anything(), text: 'x' }]);
  expect(textBetween(path, suggestions[0].range)).toBe(code);
});
