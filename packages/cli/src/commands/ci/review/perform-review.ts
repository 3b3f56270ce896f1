import type { ScanReport } from '../../../reports/scan-report.ts';
import { shorten } from '../../../reports/shorten.ts';
import { goneComment } from './finding-comment.ts';
import { digestOf, type Mark, markText, readMark } from './marker.ts';
import { type PlanOptions, planReview, type ReviewPlan, type ReviewThread } from './plan-review.ts';
import type { WantedComment } from './review-content.ts';
import type { LineComment, ReviewService, ReviewState } from './service.ts';
import { isWorthTelling, summaryComment } from './summary-comment.ts';

export interface ReviewWork extends Pick<PlanOptions, 'isGone' | 'isSure'> {
  report: ScanReport;
  wanted: readonly WantedComment[];
  /** Runs of another scope in the same request know nothing of these comments. */
  scope: string;
}

/** What was done, in numbers. */
export interface ReviewOutcome {
  opened: number;
  updated: number;
  resolved: number;
  /** Threads that the token may not resolve, or not reopen. */
  unresolvable: number;
}

/**
 * How many comments on findings there may be on a change. Nobody works through more, and one review with many times as
 * many is what GitHub takes for abuse; the summary has the others.
 */
export const MAX_COMMENTS = 30;

/** Characters: GitHub takes 65,536, with the mark. */
const MAX_TEXT = 64_000;

/** Makes the comments on a change say what the report says. What is done is done in an order that can be cut short. */
export async function performReview(
  service: ReviewService,
  state: ReviewState,
  work: ReviewWork,
): Promise<ReviewOutcome> {
  const { scope, wanted, report } = work;
  const threads = ownThreads(state, scope);
  const plan = planReview(threads, wanted, { ...work, room: MAX_COMMENTS });
  const writer = new ThreadWriter(service, scope, state.head);
  for (const thread of plan.close) await writer.close(thread);
  for (const { thread, wanted: at } of plan.reopen) await writer.reopen(thread, wanted[at]!);
  for (const { thread, wanted: at } of plan.update) await writer.say(thread, wanted[at]!);
  const refused = await openThreads(service, scope, plan, wanted);
  const elsewhere = [...plan.elsewhere, ...refused].sort((a, b) => a - b).map((at) => wanted[at]!.finding);
  await writeSummary(service, state, scope, { report, elsewhere, gone: plan.gone });
  return {
    opened: plan.open.length - refused.length,
    updated: plan.update.length + plan.reopen.length,
    resolved: plan.close.length,
    unresolvable: writer.unresolvable,
  };
}

function ownThreads({ threads }: ReviewState, scope: string): ReviewThread[] {
  return threads.flatMap(({ id, body, isResolved }) => {
    const read = readMark(body);
    if (read === null || read.mark.kind !== 'finding' || read.mark.scope !== scope) return [];
    const { place, state, digest } = read.mark;
    return [{ id, isResolved, place, state, digest, text: read.text }];
  });
}

function bodyOf({ text, place, digest }: Pick<WantedComment, 'text' | 'place' | 'digest'>, scope: string): string {
  return markText({ kind: 'finding', scope, place, state: 'open', digest }, shorten(text, MAX_TEXT));
}

/** Changes threads that there are. */
class ThreadWriter {
  readonly #service: ReviewService;
  readonly #scope: string;
  readonly #head: string;
  unresolvable = 0;

  constructor(service: ReviewService, scope: string, head: string) {
    this.#service = service;
    this.#scope = scope;
    this.#head = head;
  }

  /** Resolved first: if that fails for a passing reason, the next run finds the thread as it was, and tries again. */
  async close({ id, place, isResolved, text: said }: ReviewThread): Promise<void> {
    if (!isResolved) await this.#resolve(id, true);
    const text = shorten(goneComment(said, this.#head), MAX_TEXT);
    const mark: Mark = { kind: 'finding', scope: this.#scope, place, state: 'gone', digest: digestOf(text) };
    await this.#service.edit(id, markText(mark, text));
  }

  async reopen(thread: ReviewThread, wanted: WantedComment): Promise<void> {
    if (thread.isResolved) await this.#resolve(thread.id, false);
    await this.say(thread, wanted);
  }

  async say({ id }: ReviewThread, wanted: WantedComment): Promise<void> {
    await this.#service.edit(id, bodyOf(wanted, this.#scope));
  }

  /** What a token may not do once it may not do the next time either. */
  async #resolve(id: string, isResolved: boolean): Promise<void> {
    if (this.unresolvable > 0 || !(await this.#service.setResolved(id, isResolved))) this.unresolvable++;
  }
}

/** Answers with the indices of those that the service did not take. */
async function openThreads(
  service: ReviewService,
  scope: string,
  { open }: ReviewPlan,
  wanted: readonly WantedComment[],
): Promise<number[]> {
  const comments = open.flatMap((at): { at: number; comment: LineComment }[] => {
    const each = wanted[at]!;
    if (each.target === null) return [];
    const { path, oldPath, range } = each.target;
    return [{ at, comment: { path, oldPath, first: range.first, last: range.last, body: bodyOf(each, scope) } }];
  });
  if (comments.length === 0) return [];
  const refused = new Set(await service.open(comments.map(({ comment }) => comment)));
  return comments.filter(({ comment }) => refused.has(comment)).map(({ at }) => at);
}

async function writeSummary(
  service: ReviewService,
  { comments }: ReviewState,
  scope: string,
  parts: Parameters<typeof summaryComment>[0],
): Promise<void> {
  const text = shorten(summaryComment(parts), MAX_TEXT);
  const digest = digestOf(text);
  const old = comments.flatMap(({ id, body }) => {
    const mark = readMark(body)?.mark;
    return mark?.kind === 'summary' && mark.scope === scope ? [{ id, digest: mark.digest }] : [];
  })[0];
  if (old === undefined ? !isWorthTelling(parts) : old.digest === digest) return;
  await service.writeComment(old?.id ?? null, markText({ kind: 'summary', scope, digest }, text));
}
