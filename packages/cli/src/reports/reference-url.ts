import { ruleUrl, textsOf } from './sarif-rule.ts';
import type { ReportRule } from './scan-report.ts';

/**
 * Where to read on, to be made a link: the rule's own page, else its first reference. Only addresses of the web, written
 * so that nothing in them ends a link early.
 */
export function referenceUrl(metadata: ReportRule['metadata']): string | null {
  const text = ruleUrl(metadata) ?? textsOf(metadata['references'])[0] ?? '';
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).href.replace(/[\\"<>`\s\p{Cc}]/gu, encodeURIComponent);
}
