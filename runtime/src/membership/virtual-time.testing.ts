// A clock that only goes from one planned event to the next.

interface Planned {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

export class VirtualTime {
  nowMs = 0;
  readonly #heap: Planned[] = [];
  #order = 0;

  /** Runs a function so much later; what is planned for the same time runs in the order of planning. */
  after(ms: number, run: () => void): void {
    this.#push({ atMs: this.nowMs + Math.max(0, ms), order: this.#order++, run });
  }

  /** Runs everything up to a time, and is there then. */
  runUntil(untilMs: number): void {
    let atOnce = 0;
    for (let top = this.#heap[0]; top !== undefined && top.atMs <= untilMs; top = this.#heap[0]) {
      this.#pop();
      atOnce = top.atMs > this.nowMs ? 0 : atOnce + 1;
      if (atOnce > 1_000_000) throw new Error("something wakes without end at one instant");
      this.nowMs = Math.max(this.nowMs, top.atMs);
      top.run();
    }
    this.nowMs = untilMs;
  }

  #push(planned: Planned): void {
    const heap = this.#heap;
    let index = heap.push(planned) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(heap[parent]!, heap[index]!)) break;
      [heap[parent], heap[index]] = [heap[index]!, heap[parent]!];
      index = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let index = 0; ; ) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
      }
      if (least === index) return;
      [heap[least], heap[index]] = [heap[index]!, heap[least]!];
      index = least;
    }
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs;
}
