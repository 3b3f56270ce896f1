import type { PatchLine } from './patch-lines.ts';

/** What a pull or merge request is, as far as our comments are concerned. */
export interface ReviewState {
  /** The last commit of the change, as the service has it. */
  head: string;
  files: readonly { path: string; oldPath: string; patch: string }[];
  /** Threads beside lines that begin with a comment by the token's own user. */
  threads: readonly { id: string; body: string; isResolved: boolean }[];
  /** Other comments by the same user. */
  comments: readonly { id: string; body: string }[];
}

/** A comment on lines of the change. */
export interface LineComment {
  path: string;
  oldPath: string;
  first: PatchLine;
  last: PatchLine;
  body: string;
}

/**
 * A service that shows comments beside the lines of a change. What is written to it goes one after the other; what it
 * refuses throws `ServiceRefusal`.
 */
export interface ReviewService {
  /** What makes a block of code a suggestion for so many lines. */
  suggestion(lines: number): string;
  /** The page of a file on the default branch; null where it is not known. */
  fileUrl(path: string): string | null;
  /** Asked first, and once. */
  read(): Promise<ReviewState>;
  /** Answers with those that it does not take at their place. */
  open(comments: readonly LineComment[]): Promise<LineComment[]>;
  edit(threadId: string, body: string): Promise<void>;
  /** False: the token may not. */
  setResolved(threadId: string, isResolved: boolean): Promise<boolean>;
  /** null: a new one. */
  writeComment(id: string | null, body: string): Promise<void>;
}

/** Why a service did not do what it was asked, for people to read. */
export class ServiceRefusal extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** Milliseconds for one request: a build is waiting. */
export const REQUEST_TIME_LIMIT = 15_000;

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
