import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { addFiles } from '../../packages/cli/src/targets/testing/temporary-folder.ts';

/** A folder for all tests of a file that leave it as it is; those may then run side by side. */
export function sharedFolder(files: Record<string, string | Uint8Array>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-e2e-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  addFiles(folder, files);
  return folder;
}
