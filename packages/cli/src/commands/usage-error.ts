/** What keeps a command from doing its work, such as flags that contradict each other; the message is for people. */
export class UsageError extends Error {
  readonly exitCode: number;

  /** Semgrep's code is 2; commander's own is 1, which means findings. */
  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}
