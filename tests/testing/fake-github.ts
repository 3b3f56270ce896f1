import { type Asked, FakeChange, type FakeThread, pageOf, type Reply, serve } from './fake-service.ts';

export interface GithubOptions {
  /** Answers in place of the fake; null: it answers itself. */
  override?: (asked: Asked) => Reply | null;
  /** As GitHub's token of a job, which needs `contents: write` for that. */
  mayResolve?: boolean;
}

interface ReviewComment {
  path: string;
  line: number;
  start_line?: number;
  side: string;
  body: string;
}

const REPOSITORY = '/repos/acme/shop';

/** The part of GitHub's API that review comments take, for pull request 7 of `acme/shop`. */
export function fakeGithub(change: FakeChange, options: GithubOptions = {}) {
  return serve((each) => options.override?.(each) ?? answer(change, each, options));
}

function answer(change: FakeChange, asked: Asked, { mayResolve = true }: GithubOptions): Reply {
  const { method, path, body } = asked;
  if (path === '/graphql') return graphql(change, body, mayResolve);
  const route = `${method} ${path.replace(/\d{5,}$/, 'N')}`;
  switch (route) {
    case `GET ${REPOSITORY}/pulls/7/files`:
      return pageOf(change.files().map(asFile), asked);
    case `POST ${REPOSITORY}/pulls/7/reviews`:
      return review(change, body);
    case `PATCH ${REPOSITORY}/pulls/comments/N`:
    case `PATCH ${REPOSITORY}/issues/comments/N`:
      return edit(change, Number(path.split('/').at(-1)), body);
    case `POST ${REPOSITORY}/issues/7/comments`:
      change.comments.push({ id: change.nextId(), author: 'us', body: String(body['body']) });
      return { status: 201, body: {} };
  }
  return { status: 404, body: { message: 'Not Found' } };
}

function asFile({ path, oldPath, patch }: ReturnType<FakeChange['files']>[number]): object {
  return { filename: path, ...(path === oldPath ? {} : { previous_filename: oldPath }), patch };
}

function review(change: FakeChange, body: Record<string, unknown>): Reply {
  const comments = body['comments'] as ReviewComment[];
  const isShown = ({ path, line, start_line: start = line }: ReviewComment) =>
    start <= line && change.shows(path, line) && change.shows(path, start);
  if (body['commit_id'] !== change.head || body['event'] !== 'COMMENT' || !comments.every(isShown)) {
    const errors = ['Pull request review thread line must be part of the diff'];
    return { status: 422, body: { message: 'Unprocessable Entity', errors } };
  }
  for (const comment of comments) change.threads.push(asThread(change, comment));
  return { status: 200, body: {} };
}

function asThread(change: FakeChange, { path, line, start_line: start, body }: ReviewComment): FakeThread {
  const id = change.nextId();
  return {
    id: `T${id}`,
    path,
    line,
    startLine: start ?? null,
    isResolved: false,
    comments: [{ id, author: 'us', body }],
  };
}

function edit(change: FakeChange, id: number, { body }: Record<string, unknown>): Reply {
  const comment = [...change.comments, ...change.threads.flatMap(({ comments }) => comments)].find(
    (each) => each.id === id && each.author === 'us',
  );
  if (comment === undefined) return { status: 404, body: { message: 'Not Found' } };
  comment.body = String(body);
  return { status: 200, body: {} };
}

function graphql(change: FakeChange, body: Record<string, unknown>, mayResolve: boolean): Reply {
  const query = String(body['query']);
  const { id, after } = body['variables'] as { id?: string; after?: string | null };
  if (id !== undefined) {
    const thread = change.threads.find((each) => each.id === id);
    if (!mayResolve || thread === undefined) return graphqlError('FORBIDDEN', 'Resource not accessible by integration');
    thread.isResolved = query.includes('{ resolveReviewThread');
    return { status: 200, body: { data: {} } };
  }
  const all = query.includes('reviewThreads') ? change.threads.map(threadNode) : change.comments.map(commentNode);
  const start = Number(after ?? 0);
  const end = start + FakeChange.PAGE;
  const pageInfo = { hasNextPage: end < all.length, endCursor: String(end) };
  const pullRequest = { headRefOid: change.head, list: { pageInfo, nodes: all.slice(start, end) } };
  return { status: 200, body: { data: { repository: { pullRequest } } } };
}

function graphqlError(type: string, message: string): Reply {
  return { status: 200, body: { data: null, errors: [{ type, message }] } };
}

function threadNode({ id, isResolved, comments }: FakeThread): object {
  return { id, isResolved, comments: { nodes: comments.slice(0, 1).map(commentNode) } };
}

function commentNode({ id, author, body }: FakeThread['comments'][number]): object {
  return { fullDatabaseId: String(id), body, viewerDidAuthor: author === 'us' };
}
