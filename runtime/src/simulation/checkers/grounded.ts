// Rule: whatever a process says of a member that is not well, some process has found so itself, of just that incarnation.

import type { Checker, Observation } from "../observation.ts";

export class Grounded implements Checker {
  readonly name = "grounded";
  /** What was found at first hand. */
  readonly #found = new Set<string>();

  observe(observation: Observation): string | undefined {
    if (observation.kind !== "says") return undefined;
    const { at, about, status, incarnation, isOwn } = observation;
    // Who left has said so itself.
    if (status === "alive" || status === "left") return undefined;
    // What is final is so at every incarnation.
    const claim =
      status === "dead" || status === "removed" ? `${about} ${status}` : `${about} ${status} ${incarnation}`;
    if (isOwn) this.#found.add(claim);
    if (this.#found.has(claim)) return undefined;
    return `${at} says that ${about} is ${status} at incarnation ${incarnation}, which nobody has found`;
  }

  finish(): readonly string[] {
    return [];
  }
}
