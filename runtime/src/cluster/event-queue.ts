// Events for somebody who takes them one after the other, perhaps slowly: kept up to a bound, and told of beyond it.

/** A queue with one reader. What does not fit is dropped; the reader is told how much, where it is missing. */
export class EventQueue<E> implements AsyncIterableIterator<E> {
  readonly #waitingMax: number;
  readonly #missed: (count: number) => E;
  readonly #onEnd: () => void;
  readonly #waiting: E[] = [];
  readonly #readers: ((result: IteratorResult<E>) => void)[] = [];
  #dropped = 0;
  #isOver = false;

  /** @param missed makes the event that stands for those that were dropped */
  constructor(waitingMax: number, missed: (count: number) => E, onEnd: () => void) {
    this.#waitingMax = waitingMax;
    this.#missed = missed;
    this.#onEnd = onEnd;
  }

  /** False: it was dropped. */
  put(event: E): boolean {
    if (this.#isOver) return true;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader({ done: false, value: event });
      return true;
    }
    // Where something is missing nothing follows before the reader has seen that.
    if (this.#dropped > 0 || this.#waiting.length >= this.#waitingMax) {
      this.#dropped++;
      return false;
    }
    this.#waiting.push(event);
    return true;
  }

  /** Nothing follows what is there. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<E>> {
    const event = this.#waiting.shift();
    if (event !== undefined) return Promise.resolve({ done: false, value: event });
    if (this.#dropped > 0) {
      const count = this.#dropped;
      this.#dropped = 0;
      return Promise.resolve({ done: false, value: this.#missed(count) });
    }
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  return(): Promise<IteratorResult<E>> {
    this.#waiting.length = 0;
    this.#dropped = 0;
    this.end();
    this.#onEnd();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
