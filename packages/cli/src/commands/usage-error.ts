/** Flags that contradict each other or lack what they need; the message is for people. */
export class UsageError extends Error {}
