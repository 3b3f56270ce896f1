/**
 * Which (slot, position) pairs have been entered. A second entry can only fail as the first did (or will: what it has
 * left to try is on the stack), as long as what follows depends on nothing else.
 */
export class Memo {
  private readonly bits: Int32Array;
  private readonly positions: number;
  private readonly covered = new Map<number, { from: number; to: number }>();
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
    this.covered.clear();
  }

  /** False if the pair was entered before. Slot -1 is never remembered. */
  enter(slot: number, position: number): boolean {
    if (slot < 0) return true;
    const range = this.covered.get(slot);
    if (range && range.from < position && position <= range.to) return false;
    const mark = slot * this.positions + position;
    const word = this.bits[mark >> 5] as number;
    const bit = 1 << (mark & 31);
    if (word & bit) return false;
    this.bits[mark >> 5] = word | bit;
    this.attemptMarks.push(mark);
    return true;
  }

  /** A greedy unbounded run over `from`…`to` leaves nothing new to a run that starts inside. */
  cover(slot: number, from: number, to: number, unbounded: boolean): void {
    if (slot >= 0 && unbounded) this.covered.set(slot, { from, to });
  }
}
