import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import type { ReviewPlace } from '../providers.ts';
import { refusalOf } from './refusal.ts';
import { encodePath, type LineComment, REQUEST_TIME_LIMIT, type ReviewService, type ReviewState } from './service.ts';

/** Pull requests of GitHub, github.com or an instance of one's own. */
export function createGithubService({ api, project, number, home }: ReviewPlace, token: string): ReviewService {
  const [owner = '', repo = ''] = project.split('/');
  const octokit = new (Octokit.plugin(paginateRest))({
    auth: token,
    baseUrl: api,
    userAgent: 'lockstep',
    log: SILENT,
    request: { fetch: fetchInTime },
  });
  const pull = { owner, repo, pull_number: number };
  const nodes = new Nodes(octokit.graphql, { owner, repo, number });
  let head = '';
  return {
    suggestion: () => 'suggestion',
    fileUrl: (path) => (home === null ? null : `${home}/blob/HEAD/${encodePath(path)}`),
    read: () =>
      guarded(async (): Promise<ReviewState> => {
        const threads = await nodes.threads();
        head = threads.head;
        const files = await octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
          ...pull,
          per_page: PAGE,
        });
        return {
          head,
          files: files.map(({ filename, previous_filename: previous, patch }) => ({
            path: filename,
            oldPath: previous ?? filename,
            // There is none for binary files, nor for large ones.
            patch: patch ?? '',
          })),
          threads: threads.own,
          comments: await nodes.comments(),
        };
      }),
    open: (comments) =>
      guarded(async () => {
        const post = (some: readonly LineComment[]) =>
          octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
            ...pull,
            commit_id: head,
            event: 'COMMENT',
            comments: some.map(asReviewComment),
          });
        return await postTogether(comments, post);
      }),
    edit: (id, body) =>
      guarded(async () => {
        const comment_id = nodes.commentOf(id);
        await octokit.request('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
          owner,
          repo,
          comment_id,
          body,
        });
      }),
    setResolved: (id, isResolved) => guarded(() => nodes.setResolved(id, isResolved)),
    writeComment: (id, body) =>
      guarded(async () => {
        const repository = { owner, repo, body };
        if (id === null) {
          const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
          await octokit.request(route, { ...repository, issue_number: number });
        } else {
          const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
          await octokit.request(route, { ...repository, comment_id: Number(id) });
        }
      }),
  };
}

/** What GitHub gives at once, at most. */
const PAGE = 100;

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function fetchInTime(url: string, init?: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIME_LIMIT) });
}

function asReviewComment({ path, first, last, body }: LineComment) {
  const range = first.line === last.line ? {} : { start_line: first.line, start_side: 'RIGHT' };
  return { path, body, line: last.line, side: 'RIGHT', ...range };
}

/**
 * One review for all comments, so that people get one mail. GitHub refuses it as a whole if it does not take one of them:
 * then each is tried by itself, and those that are refused are given back.
 */
async function postTogether(
  comments: readonly LineComment[],
  post: (comments: readonly LineComment[]) => Promise<unknown>,
): Promise<LineComment[]> {
  try {
    await post(comments);
    return [];
  } catch (error) {
    if (statusIn(error) !== 422) throw error;
    if (comments.length === 1) return [...comments];
  }
  const refused: LineComment[] = [];
  for (const comment of comments) refused.push(...(await postTogether([comment], post)));
  return refused;
}

type Graphql = Octokit['graphql'];

interface Page<T> {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: T[];
}

interface CommentNode {
  fullDatabaseId: string;
  body: string;
  viewerDidAuthor: boolean;
}

interface ThreadNode {
  id: string;
  isResolved: boolean;
  comments: { nodes: CommentNode[] };
}

/** What only GraphQL knows: which threads are resolved, and which comments are the token's own. */
class Nodes {
  readonly #graphql: Graphql;
  readonly #request: { owner: string; repo: string; number: number };
  readonly #comments = new Map<string, number>();

  constructor(graphql: Graphql, request: { owner: string; repo: string; number: number }) {
    this.#graphql = graphql;
    this.#request = request;
  }

  async threads(): Promise<{ head: string; own: ReviewState['threads'] }> {
    const fields = `id isResolved comments(first: 1) { nodes { ${COMMENT} } }`;
    const { head, nodes } = await this.#all<ThreadNode>('reviewThreads', fields);
    const own = nodes.flatMap(({ id, isResolved, comments }) => {
      const [first] = comments.nodes;
      if (first === undefined || !first.viewerDidAuthor) return [];
      this.#comments.set(id, Number(first.fullDatabaseId));
      return [{ id, isResolved, body: first.body }];
    });
    return { head, own };
  }

  async comments(): Promise<ReviewState['comments']> {
    const { nodes } = await this.#all<CommentNode>('comments', COMMENT);
    return nodes.filter(({ viewerDidAuthor }) => viewerDidAuthor).map(({ fullDatabaseId: id, body }) => ({ id, body }));
  }

  /** The comment that a thread begins with. */
  commentOf(thread: string): number {
    const comment = this.#comments.get(thread);
    if (comment === undefined) throw new Error(`no thread ${thread}`);
    return comment;
  }

  async setResolved(id: string, isResolved: boolean): Promise<boolean> {
    const mutation = isResolved ? 'resolveReviewThread' : 'unresolveReviewThread';
    try {
      await this.#graphql(`mutation($id: ID!) { ${mutation}(input: { threadId: $id }) { thread { id } } }`, { id });
      return true;
    } catch (error) {
      if (statusIn(error) === 403) return false;
      throw error;
    }
  }

  async #all<T>(connection: string, fields: string): Promise<{ head: string; nodes: T[] }> {
    const query = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
      repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
        headRefOid
        list: ${connection}(first: ${PAGE}, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${fields} } }
      } }
    }`;
    const nodes: T[] = [];
    for (let after: string | null = null; ; ) {
      const answer: Answer<T> = await this.#graphql<Answer<T>>(query, { ...this.#request, after });
      const { headRefOid: head, list } = answer.repository.pullRequest;
      nodes.push(...list.nodes);
      if (!list.pageInfo.hasNextPage) return { head, nodes };
      after = list.pageInfo.endCursor;
    }
  }
}

interface Answer<T> {
  repository: { pullRequest: { headRefOid: string; list: Page<T> } };
}

const COMMENT = 'fullDatabaseId body viewerDidAuthor';

/** GraphQL answers with 200 whatever happens, and says what it was in the answer. */
const GRAPHQL_STATUS: Record<string, number> = { FORBIDDEN: 403, NOT_FOUND: 404, RATE_LIMITED: 429 };

function statusIn(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { status, response, errors } = error as { status?: unknown; response?: unknown; errors?: { type?: string }[] };
  // Where there was no answer at all, Octokit says 500.
  if (typeof status === 'number') return status === 500 && response === undefined ? null : status;
  const [type] = (Array.isArray(errors) ? errors : []).map((each) => GRAPHQL_STATUS[each.type ?? '']);
  return type ?? null;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error, statusIn(error), REMEDIES);
  }
}

const REMEDIES = {
  401: `Give the step a token that is valid: env: { GITHUB_TOKEN: \${{ github.token }} }.`,
  403: 'Give the job permissions: { contents: read, pull-requests: write }. Runs for pull requests from forks get a token that only reads: there, --github shows the findings without one.',
  404: 'The token does not see the pull request: give the job permissions: { contents: read, pull-requests: write }.',
};
