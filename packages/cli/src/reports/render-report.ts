import type { GithubOptions } from './github.ts';
import type { HtmlOptions } from './html-finding.ts';
import type { JsonOptions } from './json.ts';
import type { MarkdownOptions } from './markdown.ts';
import type { ReportFormat } from './report-formats.ts';
import type { SarifOptions } from './sarif.ts';
import type { ScanReport } from './scan-report.ts';
import type { TextOptions } from './text.ts';

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
 * A report in one of the formats; it ends with a line break, or is empty where the format has nothing to say. Each format
 * is loaded when it is asked for: a scan writes one or two of them.
 */
export async function renderReport(report: ScanReport, format: ReportFormat, options: RenderOptions): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('./text.ts')).formatText(report, options.text);
    case 'json':
      return (await import('./json.ts')).formatJson(report, options.json);
    case 'sarif':
      return (await import('./sarif.ts')).formatSarif(report, options.sarif);
    case 'junit-xml':
      return (await import('./junit.ts')).formatJunit(report);
    case 'gitlab-sast':
      return (await import('./gitlab.ts')).formatGitlab(report, 'sast');
    case 'gitlab-secrets':
      return (await import('./gitlab.ts')).formatGitlab(report, 'secret_detection');
    case 'emacs':
      return (await import('./emacs.ts')).formatEmacs(report);
    case 'vim':
      return (await import('./vim.ts')).formatVim(report);
    case 'github':
      return (await import('./github.ts')).formatGithub(report, options.github);
    case 'gitlab-codequality':
      return (await import('./gitlab-codequality.ts')).formatGitlabCodequality(report);
    case 'rdjson':
      return (await import('./rdjson.ts')).formatRdjson(report);
    case 'markdown':
      return (await import('./markdown.ts')).formatMarkdown(report, options.markdown);
    case 'html':
      return (await import('./html.ts')).formatHtml(report, options.html);
    case 'csv':
      return (await import('./csv.ts')).formatCsv(report);
  }
}
