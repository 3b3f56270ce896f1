import { messageOf } from '@lockstep/engine';
import { neutralizeLine } from '../../../reports/neutralize.ts';
import { shorten } from '../../../reports/shorten.ts';
import { REQUEST_TIME_LIMIT, ServiceRefusal } from './service.ts';

/** What a client of a service has thrown, for people to read. `status` is that of the answer; null: there was none. */
export function refusalOf(
  error: unknown,
  status: number | null,
  remedies: Readonly<Record<number, string>>,
): ServiceRefusal {
  if (error instanceof ServiceRefusal) return error;
  if (status === null) return new ServiceRefusal(causeOf(error), 'The next run tries again.');
  const said = shorten(neutralizeLine(messageOf(error).split('\n', 1)[0] ?? ''), MAX_MESSAGE);
  const isBusy = status === 429 || /rate limit/i.test(messageOf(error));
  const remedy = isBusy ? 'It has had enough requests for now; the next run tries again.' : remedies[status];
  return new ServiceRefusal(`it answered ${status} (${said})`, remedy ?? 'The next run tries again.');
}

const MAX_MESSAGE = 200;

/** `fetch failed` says nothing; what is underneath does. */
function causeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError' || at.name === 'GitbeakerTimeoutError' || /\btimeout\b/i.test(at.message)) {
      return `no answer within ${REQUEST_TIME_LIMIT / 1000} s`;
    }
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
    if (!(at.cause instanceof Error)) return shorten(neutralizeLine(at.message), MAX_MESSAGE);
  }
  return shorten(neutralizeLine(messageOf(error)), MAX_MESSAGE);
}
