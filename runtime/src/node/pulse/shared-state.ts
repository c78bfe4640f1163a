// What the main loop and the pulse thread see of each other at any moment, without a message: when the loop last ran, and
// what the thread has counted. Times are of one clock, the process's, and not of each thread's own.

import type { PulseCounters } from "../../cluster/pulse.ts";

/** How often the loop says that it runs. */
export const beatIntervalMs = 50;

const beatBytes = 8;
const names: readonly (keyof PulseCounters)[] = [
  "asked",
  "heard",
  "unanswered",
  "notAsked",
  "answered",
  "forged",
  "timedOut",
  "crowdedOut",
];

export class SharedState {
  readonly memory: SharedArrayBuffer;
  readonly #beats: BigInt64Array;
  readonly #counts: Uint32Array;

  constructor(memory = new SharedArrayBuffer(beatBytes + 4 * names.length)) {
    this.memory = memory;
    this.#beats = new BigInt64Array(memory, 0, 1);
    this.#counts = new Uint32Array(memory, beatBytes, names.length);
  }

  /** The main loop runs. */
  beat(): void {
    Atomics.store(this.#beats, 0, process.hrtime.bigint());
  }

  /** How much later than it should the next beat is. */
  get lagMs(): number {
    const sinceMs = Number(process.hrtime.bigint() - Atomics.load(this.#beats, 0)) / 1e6;
    return Math.max(0, sinceMs - beatIntervalMs);
  }

  /** Of both threads, as they are now. */
  get counters(): Readonly<PulseCounters> {
    return Object.fromEntries(
      names.map((name, at) => [name, Atomics.load(this.#counts, at)]),
    ) as unknown as PulseCounters;
  }

  count(name: keyof PulseCounters): void {
    Atomics.add(this.#counts, names.indexOf(name), 1);
  }
}
