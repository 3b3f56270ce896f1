import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { git } from '../packages/cli/src/targets/testing/temporary-folder.ts';
import { commitFiles, guardrail, repositoryWithBranch } from './testing/ci-repository.ts';
import { lockstep } from './testing/lockstep.ts';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server that gives these answers, then 200. */
async function listen(...answers: { status: number; location?: string }[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body });
      const { status, location } = answers.shift() ?? { status: 200 };
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook-with-token`, received };
}

/** A change with a finding for security and one for its author. */
function changedRepository(): string {
  const root = repositoryWithBranch({
    ...guardrail('watched', { stage: 'monitor' }),
    ...guardrail('told', { stage: 'comment' }),
    'a.py': '',
  });
  commitFiles(root, { '<!channel>.py': 'watched(1)\ntold(1)\n' });
  return root;
}

const ACTIONS = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_RUN_ID: '7',
};

test('security gets what is at stage monitor, signed, and the author learns nothing of it', async () => {
  const cwd = changedRepository();
  const { url, received } = await listen({ status: 500 });
  const env = { ...ACTIONS, LOCKSTEP_WEBHOOK_URL: url, LOCKSTEP_WEBHOOK_SECRET: 'key' };
  const { code, stdout, stderr } = await lockstep(['ci', '--base', 'main'], { cwd, env });
  expect(code).toBe(0);
  expect(stdout + stderr).not.toContain('guardrails.watched');
  expect(stderr).not.toContain('webhook');
  expect(received).toHaveLength(2);
  const { headers, body } = received[1] as Received;
  const signature = createHmac('sha256', 'key').update(body).digest('hex');
  expect(headers['x-lockstep-signature']).toBe(`sha256=${signature}`);
  expect(JSON.parse(body)).toMatchObject({
    event: 'monitor-findings',
    provider: 'GitHub Actions',
    repository: 'acme/shop',
    url: 'https://github.example/acme/shop/actions/runs/7',
    head: git(cwd, 'rev-parse', 'HEAD'),
    base: git(cwd, 'rev-parse', 'main'),
    findings: [
      {
        rule: 'guardrails.watched.watched',
        path: '<!channel>.py',
        line: 1,
        guardrail: 'watched',
        stage: 'monitor',
        owners: { security: '@acme/appsec', engineering: '@acme/shop' },
      },
    ],
  });
});

test('for Slack, as text that mentions nobody', async () => {
  const cwd = changedRepository();
  const { url, received } = await listen();
  const env = { ...ACTIONS, LOCKSTEP_WEBHOOK_URL: url };
  await lockstep(['ci', '--base', 'main', '--webhook-format', 'slack'], { cwd, env });
  const { text } = JSON.parse(received[0]?.body ?? '') as { text: string };
  expect(text.replace(/[0-9a-f]{12}/, '<commit>')).toBe(
    [
      '*Lockstep: 1 finding at stage monitor* in acme/shop at <commit>',
      '• *guardrails.watched.watched* &lt;!channel&gt;.py:1',
      'do not watched',
      'https://github.example/acme/shop/actions/runs/7',
    ].join('\n'),
  );
  expect(received[0]?.headers).not.toHaveProperty('x-lockstep-signature');
});

test('a webhook that fails is told of, without its URL, and fails no build', async () => {
  const cwd = changedRepository();
  const other = await listen();
  const { url, received } = await listen(...Array(3).fill({ status: 302, location: other.url }));
  const { code, stderr } = await lockstep(['ci', '--base', 'main'], { cwd, env: { LOCKSTEP_WEBHOOK_URL: url } });
  expect(code).toBe(0);
  expect(stderr).toContain('warning: the webhook could not be delivered: ');
  expect(stderr).not.toContain('hook-with-token');
  expect(received).toHaveLength(3);
  expect(other.received).toEqual([]);
});

test('nothing is sent where there is nothing to say, or for a dry run', async () => {
  const cwd = changedRepository();
  const { url, received } = await listen();
  const env = { LOCKSTEP_WEBHOOK_URL: url };
  await lockstep(['ci', '--base', 'HEAD'], { cwd, env });
  await lockstep(['ci', '--base', 'main', '--dry-run'], { cwd, env });
  expect(received).toEqual([]);
  const wrong = await lockstep(['ci', '--base', 'main'], { cwd, env: { LOCKSTEP_WEBHOOK_URL: 'hook' } });
  expect([wrong.code, wrong.stderr]).toEqual([2, 'error: LOCKSTEP_WEBHOOK_URL is no http or https URL\n']);
});
