import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '@lockstep/engine';
import { relativePath } from '../../../ledger/places.ts';
import { codeSpan } from '../../../reports/markdown-escape.ts';
import { neutralizeLine } from '../../../reports/neutralize.ts';
import { quantity } from '../../../reports/quantity.ts';
import type { ScanReport } from '../../../reports/scan-report.ts';
import { defuseCommands } from '../../../reports/workflow-commands.ts';
import { renderOptions } from '../../scan/report-scan.ts';
import type { CiSettings, ReviewSettings } from '../ci-settings.ts';
import type { Change } from '../find-change.ts';
import type { ReviewPlace } from '../providers.ts';
import type { CiOutcome } from '../run-ci.ts';
import { digestOf } from './marker.ts';
import { performReview, type ReviewOutcome } from './perform-review.ts';
import { knowsAll, wantedComments } from './review-content.ts';
import { type ReviewService, ServiceRefusal } from './service.ts';

/**
 * Writes review comments for `--comment`; answers with what there is to tell of it. Nothing that goes wrong here changes
 * what the findings make of the build.
 */
export async function postReview(report: ScanReport, outcome: CiOutcome, settings: CiSettings): Promise<string[]> {
  const { review } = settings;
  if (review === null || outcome.change === null) return [];
  if (settings.dryRun) return ['--dry-run: no review comments are written'];
  const { place, token } = review;
  if (place === null)
    return [`no review comments: this run is for no pull request of GitHub or merge request of GitLab`];
  if (token === null) return [`warning: no review comments were written: ${NO_TOKEN[place.service]}`];
  try {
    const service = await createService(place, token);
    return await post(service, report, outcome, outcome.change, settings, { ...review, place });
  } catch (error) {
    const { remedy } = error instanceof ServiceRefusal ? error : { remedy: '' };
    const message = `warning: review comments could not be written: ${NAMES[place.service]}: ${messageOf(error)}. ${remedy}`;
    return [defuseCommands(neutralizeLine(message.trim()))];
  }
}

const NAMES = { github: 'GitHub', gitlab: 'GitLab' };

const NO_TOKEN = {
  github: `GITHUB_TOKEN is not set. Give it to the step: env: { GITHUB_TOKEN: \${{ github.token }} }`,
  gitlab:
    'GITLAB_TOKEN is not set. Let it be a masked variable with a token of the project that has scope api; CI_JOB_TOKEN may not comment',
};

/** The clients take 40 ms to load: only whoever needs one waits for it. */
async function createService(place: ReviewPlace, token: string): Promise<ReviewService> {
  if (place.service === 'github') return (await import('./github-service.ts')).createGithubService(place, token);
  return (await import('./gitlab-service.ts')).createGitlabService(place, token);
}

async function post(
  service: ReviewService,
  report: ScanReport,
  { scan }: CiOutcome,
  change: Change,
  settings: CiSettings,
  { place }: ReviewSettings & { place: ReviewPlace },
): Promise<string[]> {
  const state = await service.read();
  if (place.head !== null && place.head !== state.head) {
    return ['no review comments: the change has gone on since, and the run for its last commit writes them'];
  }
  const about = (ruleId: string) => {
    const owner = scan.ruleSet.guardrails.get(ruleId);
    if (owner === undefined) return { promise: null, lesson: null, approver: null };
    const { promise, policy, owners } = owner.guardrail;
    const lesson = lessonOf(owner, service, change, settings.scan.cwd);
    return { promise, lesson, approver: policy.inline ? null : owners.security };
  };
  const { markdown } = renderOptions(settings.scan, scan.targets);
  const entries = change.base?.entries ?? null;
  const outcome = await performReview(service, state, {
    report,
    wanted: wantedComments(report, state, service, { markdown, about }),
    scope: scopeOf(settings),
    isGone: (path) => entries !== null && !entries.some((entry) => entry.isFile && entry.path === path),
    isSure: knowsAll(report),
  });
  return told(outcome, place);
}

/** Of a guardrail in the repository, its lesson; of one that comes with Lockstep, how to read on. */
function lessonOf(
  { guardrail, file }: { guardrail: { id: string }; file: string },
  service: ReviewService,
  { repositoryRoot }: Change,
  cwd: string,
): string | null {
  if (file.startsWith('lockstep:')) return `More: ${codeSpan(`npx lockstep guardrail show ${guardrail.id}`)}`;
  const lesson = resolve(cwd, dirname(file), 'lesson.md');
  const path = relativePath(repositoryRoot, lesson);
  if (path === lesson || !existsSync(lesson)) return null;
  const url = service.fileUrl(path);
  return url === null ? `Lesson: ${codeSpan(path)}` : `[Lesson](<${url}>)`;
}

/** Jobs that look at other parts of a repository, or by other rules, comment beside each other. */
function scopeOf({ subdir, scan }: CiSettings): string {
  const { rules } = scan;
  return digestOf(JSON.stringify([subdir, rules.kind === 'config' && !rules.isDefault ? rules.values : null])).slice(
    0,
    8,
  );
}

function told({ opened, updated, resolved, unresolvable }: ReviewOutcome, { service }: ReviewPlace): string[] {
  const done = [
    [opened, 'written'],
    [updated, 'updated'],
    [resolved, 'closed'],
  ] as const;
  const parts = done.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [
    `review comments on ${NAMES[service]}: ${parts.length === 0 ? 'nothing to change' : parts.join(', ')}`,
    ...(unresolvable === 0
      ? []
      : [`warning: ${quantity(unresolvable, 'thread')} could not be resolved or reopened: ${UNRESOLVABLE[service]}`]),
  ];
}

const UNRESOLVABLE = {
  github: 'GitHub asks for contents: write besides pull-requests: write. The comments themselves say how it is.',
  gitlab: 'GitLab asks for role Developer or above. The comments themselves say how it is.',
};
