// Rule: two programs of the same kind never accuse each other of having said what may not be said.

import type { Checker, Observation } from "../observation.ts";

export class Honest implements Checker {
  readonly name = "honest";
  readonly #forbidden: ReadonlySet<string>;

  /** @param forbidden codes with which no connection may end */
  constructor(forbidden: readonly string[]) {
    this.#forbidden = new Set(forbidden);
  }

  observe(observation: Observation): string | undefined {
    if (observation.kind !== "ended" || !this.#forbidden.has(observation.code)) return undefined;
    return `${observation.at} ended a connection to ${observation.peer}: ${observation.code}: ${observation.text}`;
  }

  finish(): readonly string[] {
    return [];
  }
}
