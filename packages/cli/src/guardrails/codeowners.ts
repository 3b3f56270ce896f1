import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFault } from '../config/own-file.ts';

/** Where GitHub, GitLab and Gitea look for it, relative to the root of the repository. */
const PLACES = ['CODEOWNERS', '.github/CODEOWNERS', '.gitlab/CODEOWNERS', '.gitea/CODEOWNERS', 'docs/CODEOWNERS'];

export interface CodeOwners {
  /** Relative to the root. */
  file: string;
  /** `@acme/appsec`, `@somebody`, `somebody@acme.example`, in small letters as both services compare them. */
  owners: ReadonlySet<string>;
}

/** Everybody whom a repository's CODEOWNERS names; null where it has none. */
export function readCodeOwners(root: string): CodeOwners | null {
  const file = PLACES.find((place) => existsSync(join(root, place)) && readFault(join(root, place), root) === null);
  if (file === undefined) return null;
  const text = readFileSync(join(root, file), 'utf8');
  const names = text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*/, ''))
    .flatMap((line) => line.split(/\s+/).filter((word) => /^@\w|^[^@\s/]+@[^@\s/]+$/.test(word)));
  return { file, owners: new Set(names.map((name) => name.toLowerCase())) };
}
