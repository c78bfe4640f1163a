// Lets promises run to their end between two events: notices whether any was touched, and if so waits for a turn of
// the real event loop, before which all that they set off has run.

import { promiseHooks } from "node:v8";
import type { Turns } from "../simulation.ts";

/** Taken before anything is patched. */
const realSetImmediate = setImmediate;

export class WatchedTurns implements Turns {
  #isTouched = false;
  #isWatching = false;
  readonly #stop: () => void;

  constructor() {
    const touch = () => {
      this.#isTouched ||= this.#isWatching;
    };
    const stopInits = promiseHooks.onInit(touch);
    const stopSettled = promiseHooks.onSettled(touch);
    this.#stop = () => {
      stopInits();
      stopSettled();
    };
  }

  /** For what runs later without a promise: `queueMicrotask`, `process.nextTick`. */
  touch(): void {
    this.#isTouched = true;
  }

  begin(): void {
    this.#isWatching = true;
    this.#isTouched = false;
  }

  settle(): Promise<void> | undefined {
    const isNeeded = this.#isWatching && this.#isTouched;
    this.#isWatching = false;
    if (!isNeeded) return undefined;
    return new Promise((resolve) => realSetImmediate(resolve));
  }

  stop(): void {
    this.#stop();
  }
}
