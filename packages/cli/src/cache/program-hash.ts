import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SCAN_WORKER } from '../installation.ts';

let known: string | null = null;

/** Tells this program from any other version or build of it: what one has found out is not for another to believe. */
export function programHash(): string {
  if (known !== null) return known;
  const folder = new URL('.', SCAN_WORKER);
  const hash = createHash('sha256').update(process.versions.node);
  for (const name of readdirSync(fileURLToPath(folder)).sort()) {
    if (name.endsWith('.js')) hash.update(`${name}\0`).update(readFileSync(new URL(name, folder)));
  }
  known = hash.digest('hex');
  return known;
}
