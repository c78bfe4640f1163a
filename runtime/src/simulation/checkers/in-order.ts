// Rule: messages of one sender to one target and pair arrive in the order in which they were sent, none of them twice.

import type { Checker, Observation } from "../observation.ts";

export class InOrder implements Checker {
  readonly name = "in-order";
  readonly #last = new Map<string, number>();

  observe(observation: Observation): string | undefined {
    if (observation.kind !== "delivered") return undefined;
    const { from, at, pair, sequence } = observation;
    const key = `${from} to ${at}, pair ${pair}`;
    const last = this.#last.get(key) ?? -1;
    if (sequence === last) return `${key}: message ${sequence} was delivered twice`;
    if (sequence < last) return `${key}: message ${sequence} was delivered after message ${last}`;
    this.#last.set(key, sequence);
    return undefined;
  }

  finish(): readonly string[] {
    return [];
  }
}
