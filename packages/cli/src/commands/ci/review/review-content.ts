import type { Finding } from '@lockstep/engine';
import type { FindingPlace } from '@lockstep/guardrails';
import { keeperOf } from '../../../ledger/places.ts';
import { bySeverity } from '../../../reports/by-severity.ts';
import { isHarmless, isUnwantedSkip, leavesHole } from '../../../reports/completeness.ts';
import type { MarkdownOptions } from '../../../reports/markdown.ts';
import { matchLines } from '../../../reports/match-lines.ts';
import { activeFindings, type ScanReport } from '../../../reports/scan-report.ts';
import { stageOf } from '../stages.ts';
import { type FindingCommentOptions, findingComment } from './finding-comment.ts';
import { digestOf } from './marker.ts';
import { locateLines, type PatchLine, type PatchRange, readPatch } from './patch-lines.ts';
import type { WantedThread } from './plan-review.ts';
import type { ReviewService, ReviewState } from './service.ts';

/** A finding with the comment that there should be on it. */
export interface WantedComment extends WantedThread {
  finding: Finding;
  text: string;
  /** Where in the change; null: on no line that it shows. */
  target: { path: string; oldPath: string; range: PatchRange } | null;
}

export interface ContentOptions {
  markdown: MarkdownOptions;
  /** What comments say of a guardrail, by rule id. */
  about: (ruleId: string) => Pick<FindingCommentOptions, 'promise' | 'lesson' | 'approver'>;
}

/** The comments that a report asks for: what blocks comes first, then the gravest. */
export function wantedComments(
  report: ScanReport,
  { files }: Pick<ReviewState, 'files'>,
  service: Pick<ReviewService, 'suggestion'>,
  { markdown, about }: ContentOptions,
): WantedComment[] {
  const patches = new Map(files.map((file) => [file.path, { ...file, hunks: lazy(() => readPatch(file.patch)) }]));
  const findings = bySeverity(activeFindings(report)).sort((a, b) => Number(blocks(b)) - Number(blocks(a)));
  return findings.map((finding) => {
    const patch = patches.get(finding.path);
    const range = patch === undefined ? null : locate(finding, patch.hunks());
    const suggestion = range?.isWhole === true ? service.suggestion : null;
    const text = findingComment(finding, { ...markdown, ...about(finding.ruleId), suggestion });
    const target = patch === undefined || range === null ? null : { path: patch.path, oldPath: patch.oldPath, range };
    return { finding, text, target, place: placeOf(finding), digest: digestOf(text), canOpen: target !== null };
  });
}

function blocks(finding: Finding): boolean {
  return stageOf(finding) === 'block';
}

function locate(finding: Finding, hunks: readonly PatchLine[][]): PatchRange | null {
  return locateLines(hunks, matchLines(finding).lines, finding.start.line);
}

function placeOf({ ruleId, path, metadata, anchor }: Finding): FindingPlace {
  return { guardrail: keeperOf({ id: ruleId, metadata }), path, symbol: anchor.symbol, finding: anchor.identity };
}

/** Whether what a report does not tell is not there: says of a place if all of it was looked at. */
export function knowsAll(report: ScanReport): (place: FindingPlace) => boolean {
  const paths = new Set(report.skipped.filter(({ reason }) => isUnwantedSkip(reason)).map(({ path }) => path));
  const keepers = new Set<string>();
  const metadata = new Map(report.rules.map((rule) => [rule.id, rule.metadata]));
  let isBlind = false;
  const addHole = (path: string | null, ruleId: string | null) => {
    if (path !== null) paths.add(path);
    else if (ruleId !== null) keepers.add(keeperOf({ id: ruleId, metadata: metadata.get(ruleId) ?? {} }));
    else isBlind = true;
  };
  for (const { code, path, ruleId } of report.issues) if (!isHarmless(code)) addHole(path, ruleId);
  for (const problem of report.problems) if (leavesHole(problem)) addHole(null, problem.ruleId);
  return ({ path, guardrail }) => !isBlind && !paths.has(path) && !keepers.has(guardrail);
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
