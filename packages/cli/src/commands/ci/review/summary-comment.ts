import type { Finding } from '@lockstep/engine';
import { markdownHead } from '../../../reports/markdown.ts';
import { codeSpan, escapeMarkdown } from '../../../reports/markdown-escape.ts';
import { quantity } from '../../../reports/quantity.ts';
import { activeFindings, type ScanReport } from '../../../reports/scan-report.ts';
import { shorten } from '../../../reports/shorten.ts';
import { stageOf } from '../stages.ts';
import type { ReviewThread } from './plan-review.ts';

export interface SummaryParts {
  report: ScanReport;
  /** Findings that have no comment of their own. */
  elsewhere: readonly Finding[];
  gone: readonly ReviewThread[];
}

/** The one comment about the change as a whole. */
export function summaryComment({ report, elsewhere, gone }: SummaryParts): string {
  return [
    markdownHead(report).replace(/^#/, '##'),
    stageLine(report),
    ...section(
      elsewhere.map(findingItem),
      (count) => `**${quantity(count, 'finding')} without a comment beside the code**`,
      'outside of the lines that the change shows, or more than there is room for',
    ),
    ...section(
      gone.map(({ place }) => `${codeSpan(place.path)}: ${codeSpan(place.guardrail)}`),
      (count) => `**${quantity(count, 'finding')} of earlier versions of this change no longer reported**`,
      'fixed, or allowed',
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** There is something to tell: whoever has no findings needs no comment that says so. */
export function isWorthTelling({ report, gone }: SummaryParts): boolean {
  const isNotable = report.notes.some(({ level }) => level === 'notice');
  return activeFindings(report).length > 0 || gone.length > 0 || isNotable;
}

function stageLine(report: ScanReport): string {
  const findings = activeFindings(report);
  if (findings.length === 0) return '';
  const blocking = findings.filter((finding) => stageOf(finding) === 'block').length;
  return `Stage block: ${blocking}. Stage comment: ${findings.length - blocking}.`;
}

function section(items: readonly string[], title: (count: number) => string, why: string): string[] {
  if (items.length === 0) return [];
  const rest = items.length - MAX_ITEMS;
  const rows = items.slice(0, MAX_ITEMS).map((item) => `- ${item}`);
  return [`${title(items.length)} (${why})`, [...rows, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n')];
}

/** With the longest messages and names, still less than the 65,536 characters that GitHub takes. */
const MAX_ITEMS = 50;
const MAX_MESSAGE = 300;

function findingItem({ path, start, severity, ruleId, message }: Finding): string {
  const place = codeSpan(`${path}:${start.line}`);
  return `${place} **${severity.toLowerCase()}** ${codeSpan(ruleId)}: ${escapeMarkdown(shorten(message.replace(/\s+/g, ' '), MAX_MESSAGE))}`;
}
