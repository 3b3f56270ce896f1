import { textWidth } from '../../reports/text-width.ts';

/** Rows of cells as lines, columns aligned; the last column is left as long as it is. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => textWidth(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : padEnd(cell, widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function padEnd(cell: string, width: number): string {
  return cell + ' '.repeat(width - textWidth(cell));
}
