/** There is not even the memory to start a thread that scans. */
export class ThreadStartError extends Error {}
