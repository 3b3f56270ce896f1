/** The formats, by the names of their flags (`--json`, `--json-output=FILE`). */
export const REPORT_FORMATS = [
  'text',
  'json',
  'sarif',
  'junit-xml',
  'gitlab-sast',
  'gitlab-secrets',
  'emacs',
  'vim',
  'github',
  'gitlab-codequality',
  'rdjson',
  'markdown',
  'html',
  'csv',
] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
