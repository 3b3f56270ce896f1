import type { Finding } from '@lockstep/engine';
import { keeperOf } from '../../../ledger/places.ts';
import { fixBlock, flowBlock, type MarkdownOptions } from '../../../reports/markdown.ts';
import { codeBlock, codeSpan, escapeMarkdown } from '../../../reports/markdown-escape.ts';
import { fixedLines } from '../../../reports/match-lines.ts';
import { neutralize } from '../../../reports/neutralize.ts';
import { referenceUrl } from '../../../reports/reference-url.ts';
import { shorten } from '../../../reports/shorten.ts';
import { stageOf } from '../stages.ts';

export interface FindingCommentOptions extends MarkdownOptions {
  /** What makes a block of code one that is put in the place of so many lines; null: the comment does not stand on them. */
  suggestion: ((lines: number) => string) | null;
  /** What its guardrail promises; null where it belongs to none. */
  promise: string | null;
  /** Where the lesson is, as Markdown; null where there is none. */
  lesson: string | null;
  /** Who makes exceptions; null: a comment in the code may. */
  approver: string | null;
}

/**
 * What a comment says of a finding. It names no line but those of a flow: most code may move without a change of comment.
 */
export function findingComment(finding: Finding, options: FindingCommentOptions): string {
  const { severity, ruleId, message, metadata } = finding;
  const blocks = stageOf(finding) === 'block' ? 'blocks this change' : 'does not block this change';
  const flow = flowBlock(finding, options);
  const url = referenceUrl(metadata);
  const links = [
    ...(options.lesson === null ? [] : [options.lesson]),
    ...(url === null ? [] : [`[Read more](<${url}>)`]),
  ];
  return [
    `**${severity.toLowerCase()}** ${codeSpan(ruleId)}: ${blocks}`,
    escapeMarkdown(shorten(message, MAX_MESSAGE)),
    ...(options.promise === null
      ? []
      : [`> ${escapeMarkdown(shorten(options.promise.replace(/\s+/g, ' '), MAX_MESSAGE))}`]),
    ...fixLines(finding, options),
    ...(flow === '' ? [] : [`<details><summary>How the data gets there</summary>\n\n${flow}\n\n</details>`]),
    ...(links.length === 0 ? [] : [links.join(' · ')]),
    `Is it right as it is? ${wayOut(keeperOf({ id: ruleId, metadata }), options)}`,
  ].join('\n\n');
}

function wayOut(keeper: string, { approver }: FindingCommentOptions): string {
  if (approver !== null) return `${codeSpan(approver)} can make an exception from ${codeSpan(keeper)}.`;
  return `Say why in a comment on its line: ${codeSpan(`lockstep: allow ${keeper} -- …`)}`;
}

/** Characters: some rules quote the code they find, whatever its length, and a comment has an end. */
const MAX_MESSAGE = 4096;

function fixLines(finding: Finding, options: FindingCommentOptions): string[] {
  if (finding.fix === null) return [];
  const lines = fixedLines(finding, finding.fix);
  const count = finding.end.line - finding.start.line + 1;
  if (options.suggestion === null || !isApplicable(lines)) return [`Fix:\n\n${fixBlock(finding, options)}`];
  const block = codeBlock(lines, options.suggestion(count));
  // A block of no lines is written otherwise than one with an empty line.
  return [lines.length === 0 ? block.replace('\n\n', '\n') : block];
}

/**
 * A suggestion is code to be accepted with a click, so it must hold exactly what the fix says and what the reader sees.
 * GitLab takes `/merge` at the start of a line for an order where it loses track of what is code.
 */
function isApplicable(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  return (
    neutralize(text) === text && !text.includes('\r') && !/^\s*\/[a-z]/im.test(text) && text.length <= MAX_SUGGESTION
  );
}

const MAX_SUGGESTION = 20_000;

/** What a comment says once its finding is gone: what it said before stays readable, and can no longer be applied. */
export function goneComment(text: string, commit: string): string {
  const said = text.replace(/^(`{3,})suggestion[^\n]*$/gm, '$1');
  return `**No longer reported** as of ${commit.slice(0, 12)}: it is fixed, or allowed.\n\n---\n\n${said}`;
}
