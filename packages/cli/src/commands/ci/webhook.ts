import { createHmac } from 'node:crypto';
import { messageOf } from '@lockstep/engine';

export type WebhookFormat = 'json' | 'slack';

export interface WebhookSettings {
  url: string;
  /** Signs what is sent; null: it goes unsigned. */
  secret: string | null;
  format: WebhookFormat;
}

/** The outside world of `sendWebhook`. */
export interface WebhookHost {
  fetch: typeof fetch;
  wait(milliseconds: number): Promise<void>;
}

const ATTEMPTS = 3;
/** Milliseconds for one attempt: a build is waiting. */
const TIME_LIMIT = 5000;
/** Before the second attempt; twice that before the third. */
const PAUSE = 500;

/**
 * Posts a payload, three times at most. Null, or why it could not be delivered, without the URL: some are secrets
 * themselves. Redirects are refused, so that findings and signature reach nobody but the receiver.
 */
export async function sendWebhook(
  body: string,
  { url, secret }: WebhookSettings,
  host: WebhookHost = { fetch, wait },
): Promise<string | null> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'lockstep', ...signature(body, secret) };
  let reason = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await host.wait(PAUSE * attempt);
    try {
      const signal = AbortSignal.timeout(TIME_LIMIT);
      const response = await host.fetch(url, { method: 'POST', body, headers, redirect: 'error', signal });
      await response.body?.cancel();
      if (response.ok) return null;
      reason = `it answered ${response.status}`;
      // It understood and does not want it: asking again changes nothing.
      if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) break;
    } catch (error) {
      reason = causeOf(error);
    }
  }
  return reason;
}

/** `sha256=<hex>` of the body as it is sent. */
export function signature(body: string, secret: string | null): Record<string, string> {
  if (secret === null) return {};
  return { 'x-lockstep-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${TIME_LIMIT / 1000} s`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  return code ?? (cause instanceof Error ? cause.message : messageOf(error));
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
