// A point in time that two threads agree on: 64 bits that both change by comparing and exchanging.

import type { Word } from "../../supervision/index.ts";

/** Whole microseconds, so that what was read can be compared with what is there. */
const perMs = 1000;

/** Milliseconds of the clock that all threads of a process share. */
export function processMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export class SharedWord implements Word {
  readonly memory: SharedArrayBuffer;
  readonly #cell: BigInt64Array;
  readonly #offsetMs: number;

  /** `offsetMs`: by how much the clock of whoever has it is ahead of {@link processMs}. */
  constructor(memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT), offsetMs = 0) {
    this.memory = memory;
    this.#cell = new BigInt64Array(memory);
    this.#offsetMs = offsetMs;
  }

  load(): number {
    const at = Atomics.load(this.#cell, 0);
    return at === 0n ? 0 : Number(at) / perMs + this.#offsetMs;
  }

  exchange(expected: number, next: number): boolean {
    const was = this.#bitsOf(expected);
    return Atomics.compareExchange(this.#cell, 0, was, this.#bitsOf(next)) === was;
  }

  /** Zero, which is no time, stays what it is. */
  #bitsOf(ms: number): bigint {
    return ms === 0 ? 0n : BigInt(Math.max(1, Math.round((ms - this.#offsetMs) * perMs)));
  }
}
