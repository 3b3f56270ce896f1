import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { ScanRequest } from '../workers/scan-request.ts';

/** What a scan sees of a file, but for its path. */
export interface FileState {
  /** The same for the same content, looked at as the same languages by the same rules. */
  hash: string;
  /** When it was hashed; null for a content that stands in no file. */
  stamp: string | null;
}

/** The files of a run, each hashed once. */
export class FileStates {
  readonly #known = new Map<string, FileState>();

  /** null for a file that cannot be read. */
  of(request: ScanRequest): FileState | null {
    const { absolutePath, content } = request;
    if (content !== null) return { hash: hashOf(request, content), stamp: null };
    const known = this.#known.get(keyOf(request));
    if (known !== undefined) return known;
    try {
      const stamp = stampOf(absolutePath);
      const state = { hash: hashOf(request, readFileSync(absolutePath)), stamp };
      this.#known.set(keyOf(request), state);
      return state;
    } catch {
      return null;
    }
  }

  /** Whether the file is still what was hashed: somebody may edit it while it is scanned. */
  isCurrent({ absolutePath }: ScanRequest, { stamp }: FileState): boolean {
    if (stamp === null) return true;
    try {
      return stampOf(absolutePath) === stamp;
    } catch {
      return false;
    }
  }
}

function keyOf({ absolutePath, rulePath, languages }: ScanRequest): string {
  return JSON.stringify([absolutePath, rulePath, languages]);
}

function stampOf(path: string): string {
  const { mtimeMs, ctimeMs, size } = statSync(path);
  return `${mtimeMs} ${ctimeMs} ${size}`;
}

function hashOf({ rulePath, languages }: ScanRequest, content: Uint8Array): string {
  return createHash('sha256')
    .update(JSON.stringify([rulePath, languages]))
    .update(content)
    .digest('base64url');
}
