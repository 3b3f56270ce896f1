import { formatEmacs } from './emacs.ts';
import { formatGitlab } from './gitlab.ts';
import { formatJson, type JsonOptions } from './json.ts';
import { formatJunit } from './junit.ts';
import type { ReportFormat } from './report-formats.ts';
import { formatSarif, type SarifOptions } from './sarif.ts';
import type { ScanReport } from './scan-report.ts';
import { formatText, type TextOptions } from './text.ts';
import { formatVim } from './vim.ts';

export interface RenderOptions {
  text: TextOptions;
  json: JsonOptions;
  sarif: SarifOptions;
}

/** A report in one of the formats; it ends with a line break, or is empty where the format has nothing to say. */
export function renderReport(report: ScanReport, format: ReportFormat, options: RenderOptions): string {
  switch (format) {
    case 'text':
      return formatText(report, options.text);
    case 'json':
      return formatJson(report, options.json);
    case 'sarif':
      return formatSarif(report, options.sarif);
    case 'junit-xml':
      return formatJunit(report);
    case 'gitlab-sast':
      return formatGitlab(report, 'sast');
    case 'gitlab-secrets':
      return formatGitlab(report, 'secret_detection');
    case 'emacs':
      return formatEmacs(report);
    case 'vim':
      return formatVim(report);
  }
}
