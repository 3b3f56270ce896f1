import { isAbsolute, relative } from 'node:path';

/** Whether a path is a folder or lies below it; both absolute, and free of links where links matter. */
export function isWithin(folder: string, path: string): boolean {
  const route = relative(folder, path);
  return route !== '..' && !route.startsWith('../') && !route.startsWith('..\\') && !isAbsolute(route);
}
