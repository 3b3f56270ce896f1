/** A path as services that show it beside a repository's files spell it: `lockstep scan ./src` gives `./src/app.py`. */
export function repositoryPath(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '');
}
