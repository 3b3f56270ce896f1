import { type Asked, type FakeChange, type FakeThread, pageOf, type Reply, serve } from './fake-service.ts';

const REQUEST = '/api/v4/projects/42/merge_requests/7';
const US = 5;

/** The part of GitLab's API that review comments take, for merge request 7 of project 42. */
export function fakeGitlab(change: FakeChange, override: (asked: Asked) => Reply | null = () => null) {
  return serve((asked) => override(asked) ?? answer(change, asked));
}

function answer(change: FakeChange, asked: Asked): Reply {
  const { method, path, query, body } = asked;
  const [discussion = '', , note = ''] = path.slice(`${REQUEST}/discussions/`.length).split('/');
  switch (`${method} ${path.replace(/\/(?:T?\d{5,})/g, '/N')}`) {
    case 'GET /api/v4/user':
      return { status: 200, body: { id: US } };
    case `GET ${REQUEST}`:
      return { status: 200, body: { diff_refs: { base_sha: 'b', start_sha: 's', head_sha: change.head } } };
    case `GET ${REQUEST}/diffs`:
      return pageOf(
        change.files().map(({ path: new_path, oldPath: old_path, patch: diff }) => ({ new_path, old_path, diff })),
        asked,
      );
    case `GET ${REQUEST}/discussions`:
      return pageOf([...change.threads.map(asDiscussion), ...change.comments.map(asNote)], asked);
    case `POST ${REQUEST}/discussions`:
      return open(change, body);
    case `PUT ${REQUEST}/discussions/N`:
      return changed(change.threads, discussion, (thread) => {
        thread.isResolved = query.get('resolved') === 'true';
      });
    case `PUT ${REQUEST}/discussions/N/notes/N`:
      return edit(change, Number(note), body);
    case `PUT ${REQUEST}/notes/N`:
      return edit(change, Number(path.split('/').at(-1)), body);
    case `POST ${REQUEST}/notes`:
      change.comments.push({ id: change.nextId(), author: 'us', body: String(body['body']) });
      return { status: 201, body: {} };
  }
  return { status: 404, body: { message: '404 Not Found' } };
}

function open(change: FakeChange, body: Record<string, unknown>): Reply {
  const position = body['position'] as Record<string, unknown>;
  const path = String(position['new_path']);
  const line = Number(position['new_line']);
  const isAdded = change
    .git('diff', '-U0', change.base, 'HEAD', '--', path)
    .split('\n')
    .some((row) => {
      const [, start = '', count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(row) ?? [];
      return start !== '' && Number(start) <= line && line < Number(start) + Number(count);
    });
  // Lines that were there before need both of their numbers.
  if (position['head_sha'] !== change.head || !change.shows(path, line) || isAdded === 'old_line' in position) {
    return { status: 400, body: { message: '400 Bad request - Note {:line_code=>["can\'t be blank"]}' } };
  }
  const id = change.nextId();
  const comments = [{ id, author: 'us', body: String(body['body']) }];
  change.threads.push({ id: `T${id}`, path, line, startLine: null, isResolved: false, comments });
  return { status: 201, body: {} };
}

function changed<T extends { id: unknown }>(list: readonly T[], id: unknown, change: (each: T) => void): Reply {
  const found = list.find((each) => each.id === id);
  if (found === undefined) return { status: 404, body: { message: '404 Not Found' } };
  change(found);
  return { status: 200, body: {} };
}

function edit(change: FakeChange, id: number, { body }: Record<string, unknown>): Reply {
  const own = [...change.comments, ...change.threads.flatMap(({ comments }) => comments)].filter(
    ({ author }) => author === 'us',
  );
  return changed(own, id, (comment) => {
    comment.body = String(body);
  });
}

function asDiscussion({ id, isResolved, comments }: FakeThread): object {
  return {
    id,
    individual_note: false,
    notes: comments.map((each) => ({ ...note(each), resolvable: true, resolved: isResolved })),
  };
}

function asNote(comment: FakeThread['comments'][number]): object {
  return { id: `N${comment.id}`, individual_note: true, notes: [{ ...note(comment), resolvable: false }] };
}

function note({ id, author, body }: FakeThread['comments'][number]): object {
  return { id, body, system: false, author: { id: author === 'us' ? US : 9 } };
}
