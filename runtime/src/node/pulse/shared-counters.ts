// What the pulse of one node has counted, in both threads.

import type { PulseCounters } from "../../cluster/pulse.ts";

const names: readonly (keyof PulseCounters)[] = [
  "asked",
  "heard",
  "unanswered",
  "notAsked",
  "answered",
  "forged",
  "timedOut",
  "crowdedOut",
  "renewed",
  "granted",
];

export class SharedCounters {
  readonly memory: SharedArrayBuffer;
  readonly #counts: Uint32Array;

  constructor(memory = new SharedArrayBuffer(Uint32Array.BYTES_PER_ELEMENT * names.length)) {
    this.memory = memory;
    this.#counts = new Uint32Array(memory);
  }

  /** As they are now. */
  get values(): Readonly<PulseCounters> {
    return Object.fromEntries(
      names.map((name, at) => [name, Atomics.load(this.#counts, at)]),
    ) as unknown as PulseCounters;
  }

  count(name: keyof PulseCounters): void {
    Atomics.add(this.#counts, names.indexOf(name), 1);
  }
}
