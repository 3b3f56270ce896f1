import { MergeRequestDiscussions, MergeRequestNotes, MergeRequests, Users } from '@gitbeaker/rest';
import type { ReviewPlace } from '../providers.ts';
import { refusalOf } from './refusal.ts';
import { encodePath, type LineComment, REQUEST_TIME_LIMIT, type ReviewService, type ReviewState } from './service.ts';

/** Merge requests of GitLab, gitlab.com or an instance of one's own. */
export function createGitlabService({ api, project, number, home }: ReviewPlace, token: string): ReviewService {
  // Tokens of people, projects and groups all pass for OAuth's. As `authorization` they are dropped where an answer leads
  // elsewhere; GitLab's own header would be sent along.
  const options = { host: api.replace(/\/api\/v4$/, ''), oauthToken: token, queryTimeout: REQUEST_TIME_LIMIT };
  const discussions = new MergeRequestDiscussions(options);
  const requests = new MergeRequests(options);
  const notes = new MergeRequestNotes(options);
  const users = new Users(options);
  const firstNotes = new Map<string, number>();
  let versions = { base_sha: '', start_sha: '', head_sha: '' };
  const isTaken = async (comment: LineComment) => {
    const position = { ...positionOf(comment), ...versions };
    try {
      // The client's own `create` sends a form: line breaks in it come out as CRLF, in suggestions too, and a `&` in the
      // name of a file would begin a parameter of its own.
      await discussions.requester.post(`${encodeURIComponent(project)}/merge_requests/${number}/discussions`, {
        body: { body: comment.body, position },
        signal: AbortSignal.timeout(REQUEST_TIME_LIMIT),
      });
      return true;
    } catch (error) {
      if (statusIn(error) === 400) return false;
      throw error;
    }
  };
  return {
    // A comment stands on the first line.
    suggestion: (lines) => `suggestion:-0+${lines - 1}`,
    fileUrl: (path) => (home === null ? null : `${home}/-/blob/HEAD/${encodePath(path)}`),
    read: () =>
      guarded(async (): Promise<ReviewState> => {
        const { id: self } = await users.showCurrentUser();
        const { base_sha, start_sha, head_sha } = (await requests.show(project, number)).diff_refs;
        versions = { base_sha, start_sha, head_sha };
        const diffs = await requests.allDiffs(project, number, { perPage: PAGE });
        const all = await discussions.all(project, number, { perPage: PAGE });
        const own = all.flatMap(({ id, notes: [first] = [] }) =>
          first === undefined || first.system || first.author.id !== self ? [] : [{ id, first }],
        );
        for (const { id, first } of own) firstNotes.set(id, first.id);
        return {
          head: head_sha,
          files: diffs.map(({ new_path, old_path, diff }) => ({ path: new_path, oldPath: old_path, patch: diff })),
          threads: own
            .filter(({ first }) => first.resolvable)
            .map(({ id, first }) => ({ id, body: first.body, isResolved: first['resolved'] === true })),
          comments: own
            .filter(({ first }) => !first.resolvable)
            .map(({ first }) => ({ id: String(first.id), body: first.body })),
        };
      }),
    open: (comments) =>
      guarded(async () => {
        const refused: LineComment[] = [];
        for (const comment of comments) if (!(await isTaken(comment))) refused.push(comment);
        return refused;
      }),
    edit: (id, body) =>
      guarded(async () => {
        const note = firstNotes.get(id);
        if (note === undefined) throw new Error(`no discussion ${id}`);
        await discussions.editNote(project, number, id, note, { body });
      }),
    setResolved: (id, isResolved) =>
      guarded(async () => {
        try {
          await discussions.resolve(project, number, id, isResolved);
          return true;
        } catch (error) {
          if (statusIn(error) === 403) return false;
          throw error;
        }
      }),
    writeComment: (id, body) =>
      guarded(async () => {
        if (id === null) await notes.create(project, number, body);
        else await notes.edit(project, number, Number(id), { body });
      }),
  };
}

/** What GitLab gives at once, at most. */
const PAGE = 100;

/** Lines that the change has left as they were go by both of their numbers. */
function positionOf({ path, oldPath, first }: LineComment) {
  const oldLine = first.oldLine === null ? {} : { old_line: first.oldLine };
  return { position_type: 'text', new_path: path, old_path: oldPath, new_line: first.line, ...oldLine };
}

function statusIn(error: unknown): number | null {
  const cause = error instanceof Error ? error.cause : null;
  const response = cause !== null && typeof cause === 'object' && 'response' in cause ? cause.response : null;
  return response instanceof Response ? response.status : null;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error, statusIn(error), REMEDIES);
  }
}

const NEEDED = 'it takes a token of a project, group or person with scope api and role Reporter or above';

const REMEDIES = {
  401: `GITLAB_TOKEN is not valid: ${NEEDED}.`,
  403: `GITLAB_TOKEN may not comment: ${NEEDED}.`,
  404: `GITLAB_TOKEN does not see the merge request: ${NEEDED}.`,
};
