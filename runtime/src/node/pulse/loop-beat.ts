// What the main loop and the pulse thread see of each other at any moment, without a message: when the loop last ran. Times
// are of one clock, the process's, and not of each thread's own.

/** How often the loop says that it runs. */
export const beatIntervalMs = 50;

export class LoopBeat {
  readonly memory: SharedArrayBuffer;
  readonly #atNs: BigInt64Array;

  constructor(memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#atNs = new BigInt64Array(memory);
  }

  /** The main loop runs. */
  beat(): void {
    Atomics.store(this.#atNs, 0, process.hrtime.bigint());
  }

  /** When it ran last, as `processMs` counts. */
  get atMs(): number {
    return Number(Atomics.load(this.#atNs, 0)) / 1e6;
  }

  /** How much later than it should the next beat is. */
  get lagMs(): number {
    const sinceMs = Number(process.hrtime.bigint() - Atomics.load(this.#atNs, 0)) / 1e6;
    return Math.max(0, sinceMs - beatIntervalMs);
  }
}
