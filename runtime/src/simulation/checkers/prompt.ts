// Rule: when everything is well, what one process tells all comes to each of them in time.

import type { Checker, Observation } from "../observation.ts";

export class Prompt implements Checker {
  readonly name = "prompt";
  readonly #withinMs: number;
  #wellAtMs = Number.POSITIVE_INFINITY;

  constructor(withinMs: number) {
    this.#withinMs = withinMs;
  }

  observe(observation: Observation): string | undefined {
    if (observation.kind === "well") this.#wellAtMs = observation.atMs;
    if (observation.kind !== "news" || observation.toldAtMs < this.#wellAtMs) return undefined;
    const { at, from, toldAtMs, atMs } = observation;
    const tookMs = atMs - toldAtMs;
    return tookMs <= this.#withinMs ? undefined : `news of ${from} came to ${at} after ${tookMs} ms`;
  }

  finish(): readonly string[] {
    return [];
  }
}
