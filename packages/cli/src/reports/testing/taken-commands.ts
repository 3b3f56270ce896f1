/** The lines of a build log that a continuous-integration service would take for a command. */
export function takenCommands(log: string): string[] {
  return log.split(/\r?\n/).filter((line) => /^\s*::.*::/.test(line) || /##(\[|vso\[|teamcity\[)/i.test(line));
}
