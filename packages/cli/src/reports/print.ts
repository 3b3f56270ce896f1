import { defuseCommands } from './workflow-commands.ts';

/** Writes to standard output, and gives the build service that reads along no orders. */
export function print(text: string): void {
  process.stdout.write(defuseCommands(text));
}

/** The same to standard error. */
export function tell(text: string): void {
  process.stderr.write(defuseCommands(text));
}
