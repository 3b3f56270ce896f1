import type { Json } from '@lockstep/engine';
import { exceptionName } from './exceptions.ts';
import type { Exception, Guardrail } from './guardrail.ts';

/** The key under which rules and findings tell what Lockstep knows of them beyond what Semgrep's rules say. */
const KEY = 'lockstep';

type Metadata = { [key: string]: Json };

/** What a finding carries of its exception. */
export interface ExceptionNote {
  /** What the exception names. */
  for: string;
  reason: string;
  owner: string | null;
  approvedBy: string | null;
  until: string | null;
}

/** Tells in a rule's metadata which guardrail it keeps, at which stage, and for whom. */
export function withGuardrail(metadata: Metadata, { id, promise, stage, owners }: Guardrail): Metadata {
  return { ...metadata, [KEY]: { guardrail: id, promise, stage, owners } };
}

/** Tells in a finding's metadata that it is excepted, and why. */
export function withException(metadata: Metadata, exception: Exception): Metadata {
  const { reason, owner, approvedBy, until } = exception;
  return withExceptionNote(metadata, { for: exceptionName(exception), reason, owner, approvedBy, until });
}

/** The same, of an exception that is written elsewhere. */
export function withExceptionNote(metadata: Metadata, note: ExceptionNote): Metadata {
  return withNote(metadata, { exception: { ...note } });
}

/** The exception that `withException` has told of; null where there is none. */
export function exceptionIn(metadata: Metadata): ExceptionNote | null {
  const note = noteOf(metadata)['exception'];
  return note == null || typeof note !== 'object' || Array.isArray(note) ? null : (note as unknown as ExceptionNote);
}

/** The id of the guardrail that a rule or finding belongs to; null where it belongs to none. */
export function guardrailIn(metadata: Metadata): string | null {
  const id = noteOf(metadata)['guardrail'];
  return typeof id === 'string' ? id : null;
}

/** Tells in a finding's metadata that a baseline knows it. */
export function withKnown(metadata: Metadata): Metadata {
  return withNote(metadata, { known: true });
}

export function isKnown(metadata: Metadata): boolean {
  return noteOf(metadata)['known'] === true;
}

/** Adds to what the metadata tells under `lockstep`. */
export function withNote(metadata: Metadata, additions: Metadata): Metadata {
  return { ...metadata, [KEY]: { ...noteOf(metadata), ...additions } };
}

/** What the metadata tells under `lockstep`. */
export function noteOf(metadata: Metadata): Metadata {
  const note = metadata[KEY];
  return note == null || typeof note !== 'object' || Array.isArray(note) ? {} : note;
}
