import { formatCsv } from './csv.ts';
import { formatEmacs } from './emacs.ts';
import { formatGithub, type GithubOptions } from './github.ts';
import { formatGitlab } from './gitlab.ts';
import { formatGitlabCodequality } from './gitlab-codequality.ts';
import { formatHtml } from './html.ts';
import type { HtmlOptions } from './html-finding.ts';
import { formatJson, type JsonOptions } from './json.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown, type MarkdownOptions } from './markdown.ts';
import { formatRdjson } from './rdjson.ts';
import type { ReportFormat } from './report-formats.ts';
import { formatSarif, type SarifOptions } from './sarif.ts';
import type { ScanReport } from './scan-report.ts';
import { formatText, type TextOptions } from './text.ts';
import { formatVim } from './vim.ts';

export interface RenderOptions {
  text: TextOptions;
  json: JsonOptions;
  sarif: SarifOptions;
  github: GithubOptions;
  markdown: MarkdownOptions;
  html: HtmlOptions;
}

/** What GitHub takes as a comment, and so the length of `--markdown`; GitLab takes more. */
export const COMMENT_BYTES = 65_536;

/**
 * A report in one of the formats; it ends with a line break, or is empty where the format has nothing to say.
 *
 * All formats are loaded together: 27 KB, against 36 small files of the bundle if each came when asked for, which took as
 * long to find as they saved.
 */
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
    case 'github':
      return formatGithub(report, options.github);
    case 'gitlab-codequality':
      return formatGitlabCodequality(report);
    case 'rdjson':
      return formatRdjson(report);
    case 'markdown':
      return formatMarkdown(report, options.markdown);
    case 'html':
      return formatHtml(report, options.html);
    case 'csv':
      return formatCsv(report);
  }
}
