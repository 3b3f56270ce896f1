/**
 * A Markdown table; the first row is its heading. Columns after the first are aligned to the right.
 *
 * @param {readonly (readonly string[])[]} rows
 */
export function table([heading = [], ...rows]) {
  const ruler = heading.map((_, at) => (at === 0 ? '---' : '---:'));
  return [heading, ruler, ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

/** @param {number | null} bytes null: unknown */
export function megabytes(bytes) {
  return bytes === null ? '–' : `${Math.round(bytes / 1e6)} MB`;
}

/** @param {number} share between 0 and 1 */
export function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
