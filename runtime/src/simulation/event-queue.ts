// What is going to happen, by time; what is due at the same time happens in the order in which it was put here. A
// binary heap.

export interface QueuedEvent {
  /** In microseconds of virtual time. */
  readonly at: number;
  readonly order: number;
  /** Undefined once it has been cancelled. */
  run: (() => void) | undefined;
}

export class EventQueue {
  readonly #heap: QueuedEvent[] = [];
  #order = 0;

  /** Events that wait, those included that were cancelled and whose time has not come. */
  get size(): number {
    return this.#heap.length;
  }

  push(at: number, run: () => void): QueuedEvent {
    const event: QueuedEvent = { at, order: this.#order++, run };
    const heap = this.#heap;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent]!;
      if (isBefore(above, event)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = event;
    return event;
  }

  /** The time of what comes next. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  pop(): QueuedEvent | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.#sink(last);
    return first;
  }

  #sink(event: QueuedEvent): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (isBefore(event, heap[child]!)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = event;
  }
}

function isBefore(a: QueuedEvent, b: QueuedEvent): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
