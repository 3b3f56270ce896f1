import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeCell, formatCsv } from './csv.ts';
import { hostileText } from './testing/hostile-text.ts';
import { emptyReport, sampleFinding, sampleReport } from './testing/sample-report.ts';
import { takenCommands } from './testing/taken-commands.ts';

const rowsOf = (csv: string): string[][] => parse(csv, { record_delimiter: '\r\n' });

test('a row for each finding that is not suppressed', () => {
  const rows = rowsOf(formatCsv(sampleReport()));
  const [columns] = rows;
  expect(columns?.join(' ')).toBe(
    'severity rule path line column end_line end_column message code fix cwe fingerprint',
  );
  expect(rows.slice(1).map((row) => row.slice(0, 7).join(' '))).toMatchInlineSnapshot(`
    [
      "CRITICAL print src/␛[31mev␊il <U+202E><&>'".py 1 1 1 19",
      "ERROR rules.sql src/app.py 4 2 4 31",
      "ERROR rules.sql src/app.py 7 1 10 5",
      "MEDIUM rules.run src/wide.py 1 15 1 28",
    ]
  `);
  expect(rows.find((row) => row[9] !== '' && row[0] === 'ERROR')?.slice(7, 11)).toMatchInlineSnapshot(`
    [
      "Text is joined into
    SQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.",
      "cur.execute("select " + user)",
      "cur.execute("select %s", user)",
      "CWE-89: SQL Injection",
    ]
  `);
});

test('a report without findings has its heading', () => {
  expect(rowsOf(formatCsv(emptyReport()))).toHaveLength(1);
});

/** The parser goes through bytes, which lone surrogates do not survive. */
const wellFormed = hostileText.map((text) => text.replace(/\p{Cs}/gu, ''));

describe('a cell', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])('%j is no formula', (text) => {
    expect(escapeCell(text)).toBe(`"'${text}"`);
  });

  test('holds its text, and no formula', () => {
    fc.assert(
      fc.property(fc.array(wellFormed, { minLength: 1 }), (texts) => {
        const [row] = parse(`${texts.map(escapeCell).join(',')}\r\n`, { record_delimiter: '\r\n' }) as string[][];
        expect(row).toEqual(texts.map((text) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)));
        for (const cell of row ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

test('hostile names and code do nothing', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const finding = { ...sampleFinding('src/app.py', 'os', 'rules.run'), path: text, message: text, lines: text };
      const csv = formatCsv({ ...emptyReport(), findings: [finding] });
      expect(rowsOf(csv)).toHaveLength(2);
      expect(takenCommands(csv)).toEqual([]);
      expect(csv).not.toMatch(/(?!\r\n|\n|\t)\p{Cc}/u);
    }),
  );
});
