// Rule: nothing waits anywhere without a bound.

import type { Checker, Observation } from "../observation.ts";

export class Bounded implements Checker {
  readonly name = "bounded";
  readonly #bounds: Readonly<Record<string, number>>;

  /** @param bounds the largest amount that may wait at each place; a place without a bound is an error */
  constructor(bounds: Readonly<Record<string, number>>) {
    this.#bounds = bounds;
  }

  observe(observation: Observation): string | undefined {
    if (observation.kind !== "waiting") return undefined;
    const { at, place, amount } = observation;
    const bound = Object.hasOwn(this.#bounds, place) ? this.#bounds[place]! : -1;
    if (amount <= bound) return undefined;
    return bound < 0
      ? `${at}: ${place} has no bound`
      : `${at}: ${place} holds ${amount}, more than its bound of ${bound}`;
  }

  finish(): readonly string[] {
    return [];
  }
}
