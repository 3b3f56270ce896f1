/** A greedy run without upper bound: where it began, where it had its minimum, where it ended. */
export interface Run {
  from: number;
  low: number;
  to: number;
}

/**
 * Which (slot, position) pairs have been entered. A second entry can only fail as the first did (or will: what it has
 * left to try is on the stack), as long as what follows depends on nothing else.
 */
export class Memo {
  private readonly bits: Int32Array;
  private readonly positions: number;
  private readonly runs = new Map<number, Run>();
  private attemptMarks: number[] = [];

  constructor(slots: number, positions: number) {
    this.bits = new Int32Array((slots * positions + 31) >> 5);
    this.positions = positions;
  }

  beginAttempt(): void {
    this.attemptMarks = [];
  }

  /** After a match its own path has not failed. */
  forgetAttempt(): void {
    for (const mark of this.attemptMarks) this.bits[mark >> 5] = (this.bits[mark >> 5] as number) & ~(1 << (mark & 31));
    this.attemptMarks = [];
    this.runs.clear();
  }

  /** False if the pair was entered before. Slot -1 is never remembered. */
  enter(slot: number, position: number): boolean {
    if (slot < 0) return true;
    const run = this.runs.get(slot);
    if (run && run.from < position && position <= run.to) return false;
    const mark = slot * this.positions + position;
    const word = this.bits[mark >> 5] as number;
    const bit = 1 << (mark & 31);
    if (word & bit) return false;
    this.bits[mark >> 5] = word | bit;
    this.attemptMarks.push(mark);
    return true;
  }

  /** The latest run of a loop. It leaves nothing new to a run that starts inside, nor to one that reaches it. */
  runOf(slot: number): Run | undefined {
    return this.runs.get(slot);
  }

  cover(slot: number, run: Run): void {
    if (slot >= 0) this.runs.set(slot, run);
  }
}
