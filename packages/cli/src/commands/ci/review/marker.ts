import { createHash } from 'node:crypto';
import type { FindingPlace } from '@lockstep/guardrails';

/** `gone`: the finding was no longer there, and the comment says so. */
export type ThreadState = 'open' | 'gone';

/** What a comment of ours is about, hidden in its first line. */
export type Mark =
  | { kind: 'finding'; scope: string; place: FindingPlace; state: ThreadState; digest: string }
  | { kind: 'summary'; scope: string; digest: string };

/**
 * The text of a comment with its mark. Base64 holds nothing that ends a comment of HTML, and the mark counts in the first
 * line alone: code and messages, which stand below, cannot forge one.
 */
export function markText(mark: Mark, text: string): string {
  return `<!-- ${NAME} ${Buffer.from(JSON.stringify(mark)).toString('base64')} -->\n${text}`;
}

/** The mark of a comment, and its text; null for what is none of ours. */
export function readMark(body: string): { mark: Mark; text: string } | null {
  const [line = '', ...rest] = body.split(/\r?\n/);
  const written = FIRST_LINE.exec(line)?.[1];
  if (written === undefined) return null;
  const mark = asMark(parseJson(Buffer.from(written, 'base64').toString('utf8')));
  return mark === null ? null : { mark, text: rest.join('\n') };
}

/** Tells texts apart. Services store texts with changes of their own, so what was sent is not compared with what is there. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const NAME = 'lockstep-review';
const FIRST_LINE = new RegExp(`^<!-- ${NAME} ([A-Za-z0-9+/]+=*) -->$`);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asMark(value: unknown): Mark | null {
  const { kind, scope, digest, state, place } = asRecord(value);
  if (typeof scope !== 'string' || typeof digest !== 'string') return null;
  if (kind === 'summary') return { kind, scope, digest };
  const { guardrail, path, symbol, finding } = asRecord(place);
  if (kind !== 'finding' || (state !== 'open' && state !== 'gone')) return null;
  if (typeof guardrail !== 'string' || typeof path !== 'string') return null;
  if (typeof symbol !== 'string' || typeof finding !== 'string') return null;
  return { kind, scope, digest, state, place: { guardrail, path, symbol, finding } };
}

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}
