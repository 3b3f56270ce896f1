/** Nodes to look at, in the order of the program: most are then looked at once. */
export class WaitingNodes {
  private readonly isWaiting: Uint8Array;
  private first = 0;

  constructor(size: number) {
    this.isWaiting = new Uint8Array(size);
    this.first = size;
  }

  add(id: number): void {
    this.isWaiting[id] = 1;
    if (id < this.first) this.first = id;
  }

  /** The next one; negative where none is left. */
  take(): number {
    while (this.first < this.isWaiting.length) {
      const id = this.first++;
      if (this.isWaiting[id] === 1) {
        this.isWaiting[id] = 0;
        return id;
      }
    }
    return -1;
  }
}
