import { type FindingPlace, pairFindings } from '@lockstep/guardrails';
import type { ThreadState } from './marker.ts';

/** A comment of ours beside a line, with what people have answered. */
export interface ReviewThread {
  id: string;
  place: FindingPlace;
  state: ThreadState;
  /** Of the text that was sent. */
  digest: string;
  /** By us, or by somebody. */
  isResolved: boolean;
  /** What it says, without its mark. */
  text: string;
}

/** A finding that there should be a comment on. */
export interface WantedThread {
  place: FindingPlace;
  digest: string;
  /** Its line is one that the service takes comments on. */
  canOpen: boolean;
}

/** What is to be done; `wanted` are indices. */
export interface ReviewPlan {
  open: number[];
  /** The text has changed, or the code has moved. */
  update: { thread: ReviewThread; wanted: number }[];
  /** The finding is back. */
  reopen: { thread: ReviewThread; wanted: number }[];
  /** The finding is gone. */
  close: ReviewThread[];
  /** Those that get no comment of their own. */
  elsewhere: number[];
  /** Comments whose finding is gone, now or before. */
  gone: ReviewThread[];
}

export interface PlanOptions {
  /** How many comments there may be on findings, old ones included. */
  room: number;
  /** There is no such file in the change any more. */
  isGone: (path: string) => boolean;
  /** Everything there was looked at: a finding that is not reported is not there. */
  isSure: (place: FindingPlace) => boolean;
}

/**
 * What makes the comments say what the findings are, and nothing twice: once it is done, nothing is left to do. A thread
 * that somebody has resolved is left alone as long as its finding is there; one whose finding was gone in between is news.
 */
export function planReview(
  threads: readonly ReviewThread[],
  wanted: readonly WantedThread[],
  { room, isGone, isSure }: PlanOptions,
): ReviewPlan {
  // Where several fit, one that still stands is the finding's.
  const known = threads.toSorted((a, b) => Number(a.state === 'gone') - Number(b.state === 'gone'));
  const paired = pairThreads(known, wanted, isGone);
  const plan: ReviewPlan = { open: [], update: [], reopen: [], close: [], elsewhere: [], gone: [] };
  let left = room - paired.filter((at) => at !== null).length;
  for (const [at, { place, digest, canOpen }] of wanted.entries()) {
    const thread = known[paired[at] ?? -1];
    if (thread === undefined) {
      if (canOpen && left-- > 0) plan.open.push(at);
      else plan.elsewhere.push(at);
    } else if (thread.state === 'gone') plan.reopen.push({ thread, wanted: at });
    else if (hasMoved(thread.place, place) || (!thread.isResolved && thread.digest !== digest)) {
      plan.update.push({ thread, wanted: at });
    }
  }
  const standing = new Set(paired);
  for (const [at, thread] of known.entries()) {
    if (standing.has(at)) continue;
    if (thread.state === 'gone') plan.gone.push(thread);
    else if (isSure(thread.place)) plan.close.push(thread);
  }
  plan.gone.push(...plan.close);
  return plan;
}

/** The thread of each finding; null where there is none. */
function pairThreads(
  threads: readonly ReviewThread[],
  wanted: readonly WantedThread[],
  isGone: (path: string) => boolean,
): (number | null)[] {
  // Of findings that are alike, those get the threads that can have one: else the next run would see it the other way.
  const order = [...wanted.keys()].sort((a, b) => Number(wanted[b]!.canOpen) - Number(wanted[a]!.canOpen));
  const records = threads.map(({ place }) => ({ ...place, count: 1 }));
  const places = order.map((at) => ({ ...wanted[at]!.place }));
  // Those that already say what they should belong together, whatever else is alike.
  for (const [at, each] of order.entries()) {
    const same = threads.findIndex(
      (thread, record) => records[record]!.finding === thread.place.finding && isSame(thread, wanted[each]!),
    );
    if (same !== -1) records[same]!.finding = places[at]!.finding = `same ${at}`;
  }
  const paired: (number | null)[] = wanted.map(() => null);
  for (const [at, record] of pairFindings(records, places, isGone).entries()) paired[order[at]!] = record;
  return paired;
}

function isSame({ state, digest, place }: ReviewThread, wanted: WantedThread): boolean {
  const isThere = state === 'open' && digest === wanted.digest;
  return isThere && place.finding === wanted.place.finding && !hasMoved(place, wanted.place);
}

/** Whoever follows a finding step by step loses it less easily than from where it was first. */
function hasMoved(from: FindingPlace, to: FindingPlace): boolean {
  return from.path !== to.path || from.symbol !== to.symbol || from.guardrail !== to.guardrail;
}
