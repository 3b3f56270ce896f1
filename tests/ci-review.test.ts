import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git, makeFolder } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { commitFiles, guardrail, repositoryWithBranch } from './testing/ci-repository.ts';
import { fakeGithub } from './testing/fake-github.ts';
import { fakeGitlab } from './testing/fake-gitlab.ts';
import { type Asked, FakeChange } from './testing/fake-service.ts';
import { lockstep, type RunResult } from './testing/lockstep.ts';
import { pythonRule, ruleFile } from './testing/sample-rules.ts';

const LINES = Array.from({ length: 20 }, (_, at) => `x${at} = ${at}\n`).join('');

/** A change to a repository with a guardrail for each stage, and a rule that has a fix. */
function changedRepository(files: Record<string, string>): FakeChange {
  const root = repositoryWithBranch({
    ...guardrail('blocks'),
    'guardrails/blocks/lesson.md': '# Why\n',
    ...guardrail('comments', { stage: 'comment' }),
    ...guardrail('monitors', { stage: 'monitor' }),
    'a.py': LINES,
  });
  commitFiles(root, files);
  return new FakeChange(root);
}

interface Service {
  name: string;
  start(change: FakeChange): Promise<{ url: string; asked: Asked[] }>;
  /** As the service sets them. */
  env(change: FakeChange, url: string): Record<string, string>;
  /** Where a comment on lines 22 to 24 stands, and what makes its code a suggestion for them. */
  fixLines: [number | null, number];
  fixFence: string;
}

const SERVICES: Service[] = [
  {
    name: 'GitHub',
    start: (change) => fakeGithub(change),
    env: githubEnv,
    fixLines: [22, 24],
    fixFence: 'suggestion',
  },
  {
    name: 'GitLab',
    start: (change) => fakeGitlab(change),
    env: (change, url) => ({
      GITLAB_CI: 'true',
      GITLAB_TOKEN: 'token',
      CI_API_V4_URL: `${url}/api/v4`,
      CI_PROJECT_ID: '43',
      CI_MERGE_REQUEST_PROJECT_ID: '42',
      CI_MERGE_REQUEST_PROJECT_URL: 'https://gitlab.example/acme/shop',
      CI_MERGE_REQUEST_IID: '7',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: git(change.root, 'rev-parse', 'main'),
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
      CI_COMMIT_SHA: change.head,
    }),
    fixLines: [null, 22],
    fixFence: 'suggestion:-0+2',
  },
];

function githubEnv(change: FakeChange, url: string): Record<string, string> {
  const event = join(makeFolder(), 'event.json');
  const base = { sha: git(change.root, 'rev-parse', 'main'), ref: 'main', repo: { full_name: 'acme/shop' } };
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7, base, head: { sha: change.head } } }));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_TOKEN: 'token',
    GITHUB_API_URL: url,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_BASE_REF: 'main',
    GITHUB_EVENT_PATH: event,
  };
}

const isWrite = ({ method, path, body }: Asked) =>
  path === '/graphql' ? String(body['query']).startsWith('mutation') : method !== 'GET';

describe.each(SERVICES)('$name', ({ start, env, fixLines, fixFence }) => {
  async function begin(files: Record<string, string>) {
    const change = changedRepository(files);
    const { url, asked } = await start(change);
    const run = async (...args: string[]): Promise<RunResult & { writes: Asked[] }> => {
      const before = asked.length;
      const result = await lockstep(['ci', '--comment', ...args], { cwd: change.root, env: env(change, url) });
      return { ...result, writes: asked.slice(before).filter(isWrite) };
    };
    return { change, asked, run };
  }

  test('a comment is written once, closed when its finding is gone, and opened again when it is back', async () => {
    const { change, run } = await begin({ 'a.py': `${LINES}blocks(1)\n`, 'b.py': 'comments(1)\nmonitors(1)\n' });
    const first = await run();
    expect([first.code, first.stderr]).toEqual([1, expect.stringMatching(/review comments on Git\w+: 2 written\n/)]);
    expect(change.threads.map(({ path, line, startLine }) => [path, line, startLine])).toEqual([
      ['a.py', 21, null],
      ['b.py', 1, null],
    ]);
    expect(change.comments).toHaveLength(1);
    const said = change.threads[0]!.comments[0]!.body;
    expect(said).toContain(
      '**error** `guardrails.blocks.blocks`: blocks this change\n\ndo not blocks\n\n> Nobody calls blocks.',
    );
    expect(said).toMatch(/\[Lesson\]\(<https:\/\/\S+\/blob\/HEAD\/guardrails\/blocks\/lesson.md>\)/);
    expect(change.threads[1]!.comments[0]!.body).toContain(
      '`guardrails.comments.comments`: does not block this change',
    );
    const summary = change.comments[0]!;
    expect(summary.body).toContain('## Lockstep: 2 findings');
    expect(summary.body).toContain('Stage block: 1. Stage comment: 1.');
    // What is at stage monitor never leaves.
    expect(JSON.stringify([change.threads, change.comments])).not.toContain('monitors');

    const second = await run();
    expect(second.writes).toEqual([]);
    expect(second.stderr).toContain('nothing to change');

    // Somebody answers; the code moves.
    change.threads[0]!.comments.push({ id: 1, author: 'somebody', body: 'Why?' });
    commitFiles(change.root, { 'a.py': `x = 0\n\n${LINES}blocks(1)\n` });
    const moved = await run();
    expect(moved.writes.map(({ path }) => path.replace(/\d{5,}/, 'N'))).toEqual([
      expect.stringMatching(/(?:comments|notes)\/N$/),
    ]);
    expect(change.threads).toHaveLength(2);

    commitFiles(change.root, { 'a.py': LINES });
    const fixed = await run();
    expect([fixed.code, fixed.stderr]).toEqual([0, expect.stringContaining('1 closed\n')]);
    expect(change.threads.map(({ isResolved }) => isResolved)).toEqual([true, false]);
    expect(change.threads[0]!.comments[0]!.body).toContain(`**No longer reported** as of ${change.head.slice(0, 12)}`);
    expect(summary.body).toContain('**1 finding of earlier versions of this change no longer reported**');
    expect((await run()).writes).toEqual([]);

    commitFiles(change.root, { 'a.py': `${LINES}blocks(1)\n` });
    expect((await run()).stderr).toContain('1 updated\n');
    expect(change.threads.map(({ isResolved }) => isResolved)).toEqual([false, false]);
    expect(change.threads[0]!.comments[0]!.body).not.toContain('No longer reported');
    expect(change.threads[0]!.comments[1]!.body).toBe('Why?');
    expect(change.comments).toEqual([summary]);
    expect((await run()).writes).toEqual([]);
  });

  test('what somebody has resolved stays so, and nothing of others is touched', async () => {
    const { change, run } = await begin({ 'a.py': `${LINES}blocks(1)\n` });
    await run();
    const [ours] = change.threads;
    ours!.isResolved = true;
    const forged = { id: 1, author: 'somebody', body: ours!.comments[0]!.body };
    change.threads.push({ ...ours!, id: 'T99999', isResolved: false, comments: [forged] });
    change.comments.push({ id: 2, author: 'somebody', body: change.comments[0]!.body });
    change.comments.push({ id: change.nextId(), author: 'us', body: 'From another tool' });
    expect((await run()).writes).toEqual([]);
    expect(ours!.isResolved).toBe(true);
    commitFiles(change.root, { 'a.py': `${LINES}pass\n` });
    await run();
    expect(forged.body).not.toContain('No longer reported');
    expect(change.threads[1]!.isResolved).toBe(false);
    expect(change.comments.at(-1)!.body).toBe('From another tool');
  });

  test('a finding outside of the lines that the change shows is in the summary', async () => {
    const flow = pythonRule('flow', 'unused()').replace(
      '    pattern: unused()\n',
      '    mode: taint\n    pattern-sources: [{pattern: source()}]\n    pattern-sinks: [{pattern: sink(...)}]\n',
    );
    const root = repositoryWithBranch({ 'rules.yaml': ruleFile(flow), 'a.py': `x = 1\n${LINES}sink(x)\n` });
    commitFiles(root, { 'a.py': `x = source()\n${LINES}sink(x)\n` });
    const change = new FakeChange(root);
    const { url } = await start(change);
    const { code } = await lockstep(['ci', '--comment', '--config', 'rules.yaml'], {
      cwd: root,
      env: env(change, url),
    });
    expect(code).toBe(1);
    expect(change.threads).toEqual([]);
    expect(change.comments[0]?.body).toContain('**1 finding without a comment beside the code**');
    expect(change.comments[0]?.body).toContain('- `a.py:22` **error** `flow`: do not flow');
  });

  test('a fix is a suggestion for its lines', async () => {
    const fix = pythonRule('call', 'old($X)', ['fix: new($X)']);
    const root = repositoryWithBranch({ 'rules.yaml': ruleFile(fix), 'a.py': LINES });
    commitFiles(root, { 'a.py': `${LINES}if x:\n    y = old(\n        1\n    ) + 1\n` });
    const change = new FakeChange(root);
    const { url } = await start(change);
    await lockstep(['ci', '--comment', '--config', 'rules.yaml'], { cwd: root, env: env(change, url) });
    const [thread] = change.threads;
    expect([thread?.startLine, thread?.line]).toEqual(fixLines);
    expect(thread?.comments[0]?.body).toContain(`\`\`\`${fixFence}\n    y = new(1) + 1\n\`\`\``);
  });
});

describe('what goes wrong fails no build and is told', () => {
  const files = { 'a.py': `${LINES}comments(1)\n` };

  async function run(change: FakeChange, url: string, env: Record<string, string> = {}) {
    return lockstep(['ci', '--comment'], { cwd: change.root, env: { ...githubEnv(change, url), ...env } });
  }

  test('a token that only reads, as for pull requests from forks', async () => {
    const change = changedRepository(files);
    const refuse = ({ method, path }: Asked) =>
      method !== 'GET' && path !== '/graphql'
        ? { status: 403, body: { message: 'Resource not accessible by integration' } }
        : null;
    const { url, asked } = await fakeGithub(change, { override: refuse });
    const { code, stderr } = await run(change, url);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'warning: review comments could not be written: GitHub: it answered 403 (Resource not accessible by integration). Give the job permissions: { contents: read, pull-requests: write }.',
    );
    expect(asked.filter(isWrite)).toHaveLength(1);
  });

  test('threads that the token may not resolve: their comments say how it is, and nothing is tried again', async () => {
    const change = changedRepository(files);
    const { url, asked } = await fakeGithub(change, { mayResolve: false });
    await run(change, url);
    commitFiles(change.root, { 'a.py': LINES });
    const { stderr } = await run(change, url);
    expect(stderr).toContain('warning: 1 thread could not be resolved or reopened: GitHub asks for contents: write');
    expect(change.threads[0]?.comments[0]?.body).toContain('No longer reported');
    const before = asked.length;
    await run(change, url);
    expect(asked.slice(before).filter(isWrite)).toEqual([]);
  });

  test('a line that GitHub does not take after all: the others are written, and the summary has it', async () => {
    const change = changedRepository({ 'a.py': `${LINES}comments(1)\ncomments(2)\n` });
    const refuse = ({ path, body }: Asked) =>
      path.endsWith('/reviews') && (body['comments'] as { line: number }[]).some(({ line }) => line === 22)
        ? { status: 422, body: { message: 'Unprocessable Entity' } }
        : null;
    const { url } = await fakeGithub(change, { override: refuse });
    const { stderr } = await run(change, url);
    expect(stderr).toContain('review comments on GitHub: 1 written\n');
    expect(change.threads.map(({ line }) => line)).toEqual([21]);
    expect(change.comments[0]?.body).toContain('`a.py:22`');
  });

  test.each([
    [
      'nobody answers',
      { GITHUB_API_URL: 'http://nobody.invalid' },
      /GitHub: (?:ENOTFOUND|EAI_AGAIN)\. The next run tries again\./,
    ],
    ['no token', { GITHUB_TOKEN: '' }, /warning: no review comments were written: GITHUB_TOKEN is not set\./],
    [
      'no request',
      { GITHUB_EVENT_PATH: '', GITHUB_BASE_REF: '' },
      /no review comments: this run is for no pull request/,
    ],
  ])('%s', async (_, env, message) => {
    const change = changedRepository(files);
    const { url } = await fakeGithub(change);
    const { code, stderr } = await run(change, url, env);
    expect(code).toBe(0);
    expect(stderr).toMatch(message);
  });

  test('a run for a commit that is no longer the last one writes nothing', async () => {
    const change = changedRepository(files);
    const { url, asked } = await fakeGithub(change);
    const env = githubEnv(change, url);
    const old = change.head;
    commitFiles(change.root, { 'c.py': 'x = 1\n' });
    const { stderr } = await lockstep(['ci', '--comment'], { cwd: change.root, env });
    expect(old).not.toBe(change.head);
    expect(stderr).toContain('no review comments: the change has gone on since');
    expect(asked.filter(isWrite)).toEqual([]);
  });
});

test('in a merge of the change into its target, lines have other numbers than in the change', async () => {
  const change = changedRepository({ 'a.py': `${LINES}blocks(1)\n` });
  const { root, head } = change;
  const fake = new FakeChange(root, git(root, 'rev-parse', 'main'));
  const { url } = await fakeGithub(fake);
  const env = githubEnv(change, url);
  git(root, 'checkout', '--quiet', 'main');
  commitFiles(root, { 'a.py': `import os\nimport sys\n${LINES}` });
  git(root, 'merge', '--quiet', '--no-ff', '--no-edit', 'feature');
  const merge = git(root, 'rev-parse', 'HEAD');
  git(root, 'checkout', '--quiet', 'feature');
  const cwd = join(makeFolder(), 'checkout');
  git(root, 'worktree', 'add', '--quiet', '--detach', cwd, merge);
  const { stderr } = await lockstep(['ci', '--comment'], { cwd, env });
  expect(stderr).toContain('review comments on GitHub: 1 written\n');
  expect(fake.threads.map(({ path, line }) => [path, line])).toEqual([['a.py', 21]]);
  expect(fake.head).toBe(head);
});

test('there is an end to comments, and the summary has the others', async () => {
  const calls = Array.from({ length: 40 }, (_, at) => `comments(${at})\n`).join('');
  const change = changedRepository({ 'a.py': `${LINES}${calls}blocks(1)\n` });
  const { url, asked } = await fakeGithub(change);
  const env = githubEnv(change, url);
  await lockstep(['ci', '--comment'], { cwd: change.root, env });
  expect(change.threads).toHaveLength(30);
  expect(change.threads[0]?.line).toBe(61);
  expect(asked.filter(({ path }) => path.endsWith('/reviews'))).toHaveLength(1);
  expect(change.comments[0]?.body).toContain('**11 findings without a comment beside the code**');
  const before = asked.length;
  await lockstep(['ci', '--comment'], { cwd: change.root, env });
  expect(asked.slice(before).filter(isWrite)).toEqual([]);
});

test('what code holds is shown, and never obeyed', async () => {
  const rule = pythonRule('call', 'call($X)').replace('do not call', '"found $X here"');
  const root = repositoryWithBranch({ 'rules.yaml': ruleFile(rule), 'a.py': LINES });
  const mark = '<!-- lockstep-review eyJraW5kIjoic3VtbWFyeSJ9 -->';
  commitFiles(root, { 'a.py': `${LINES}call("""\n${mark}\n/merge\n@team <b>\n""")\n` });
  const change = new FakeChange(root);
  const { url } = await fakeGithub(change);
  await lockstep(['ci', '--comment', '--config', 'rules.yaml'], { cwd: root, env: githubEnv(change, url) });
  for (const { body } of [...change.comments, ...change.threads.flatMap(({ comments }) => comments)]) {
    const [first, ...rest] = body.split('\n');
    expect(first).toMatch(/^<!-- lockstep-review [\w+/]+=* -->$/);
    expect(rest.join('\n')).not.toMatch(/(?<!\\)<|@team|^\/merge/m);
  }
});
