import type { FileReport } from '../scan/report.ts';
import type { ScanFile } from '../scan/scanner.ts';

/** From `src()` to `sink(…)`. */
export const FLOW_RULE = {
  id: 'flow',
  mode: 'taint',
  languages: ['python'],
  severity: 'ERROR',
  message: 'm',
  'pattern-sources': [{ pattern: 'src()' }],
  'pattern-sinks': [{ pattern: 'sink(...)' }],
};

/** Texts of Python files, by path. */
export type ProgramTexts = Record<string, string>;

export function asFiles(texts: ProgramTexts): ScanFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text, languages: ['python'] }));
}

/** `path:line` of all that is found. */
export function placesIn(reports: readonly Pick<FileReport, 'path' | 'findings'>[]): string[] {
  return reports.flatMap(({ path, findings }) => findings.map(({ start }) => `${path}:${start.line}`));
}
