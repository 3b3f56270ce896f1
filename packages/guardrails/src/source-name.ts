import type { Source } from './project-config.ts';

/** What a source is called in messages and in the lock, whatever its version: two of one name are the same source. */
export function sourceName(source: Source): string {
  switch (source.kind) {
    case 'folder':
      return source.folder;
    case 'bundled':
      return 'lockstep';
    case 'git':
      return `git:${source.url}${below(source.folder)}`;
    case 'npm':
      return `npm:${source.package}${below(source.folder)}`;
  }
}

function below(folder: string | null): string {
  return folder === null ? '' : `#${folder}`;
}
