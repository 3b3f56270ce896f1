import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { sendWebhook } from './webhook.ts';

interface Sent {
  url: string;
  headers: Record<string, string>;
  redirect: string | undefined;
}

/** A receiver that answers as told, and what it was sent. */
function receiver(...answers: (number | Error)[]) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const host = {
    fetch: (async (url: string, init: RequestInit) => {
      sent.push({ url, headers: init.headers as Record<string, string>, redirect: init.redirect });
      const answer = answers.shift() ?? 200;
      if (answer instanceof Error) throw answer;
      return new Response(null, { status: answer });
    }) as unknown as typeof fetch,
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
    },
  };
  return { host, sent, waits };
}

const settings = { url: 'https://hooks.example/secret-token', secret: 'key', format: 'json' as const };

test('what is sent is signed', async () => {
  const { host, sent } = receiver();
  expect(await sendWebhook('{"a":"é"}', settings, host)).toBe(null);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.redirect).toBe('error');
  const expected = createHmac('sha256', 'key').update('{"a":"é"}').digest('hex');
  expect(sent[0]?.headers['x-lockstep-signature']).toBe(`sha256=${expected}`);
  const unsigned = receiver();
  await sendWebhook('{}', { ...settings, secret: null }, unsigned.host);
  expect(unsigned.sent[0]?.headers).not.toHaveProperty('x-lockstep-signature');
});

test('three attempts, further and further apart; the reason does not tell the URL', async () => {
  const refused = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
  const first = receiver(refused, 503, 200);
  expect(await sendWebhook('{}', settings, first.host)).toBe(null);
  expect(first.waits).toEqual([500, 1000]);
  const second = receiver(503, 429, refused, 200);
  expect(await sendWebhook('{}', settings, second.host)).toBe('ECONNREFUSED');
  expect(second.sent).toHaveLength(3);
  const slow = Object.assign(new Error('The operation was aborted'), { name: 'TimeoutError' });
  expect(await sendWebhook('{}', settings, receiver(slow, slow, slow).host)).toBe('no answer within 5 s');
});

test('what is refused is not sent again', async () => {
  const { host, sent } = receiver(403, 200);
  expect(await sendWebhook('{}', settings, host)).toBe('it answered 403');
  expect(sent).toHaveLength(1);
});
