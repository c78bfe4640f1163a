// Rule: once everything is well, it stays so: in calm no lane that is open breaks.

import type { Checker, Observation } from "../observation.ts";

export class Steady implements Checker {
  readonly name = "steady";
  #isWell = false;

  observe(observation: Observation): string | undefined {
    if (observation.kind === "well") this.#isWell = true;
    if (!this.#isWell || observation.kind !== "ended") return undefined;
    const { at, peer, code, text } = observation;
    return `${at}: a connection to ${peer} ended when all was well: ${code}: ${text}`;
  }

  finish(): readonly string[] {
    return [];
  }
}
