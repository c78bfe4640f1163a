// Rule: what a process has counted of its messages to and from a peer, when that is over, is what was seen to happen.

import type { Checker, Observation } from "../observation.ts";

type Told = Extract<Observation, { readonly kind: "tally" }>;
type Tally = Omit<Told, "kind" | "at" | "peer">;

export class Tallied implements Checker {
  readonly name = "tallied";
  /** By who saw it, and with whom. */
  readonly #seen = new Map<string, { -readonly [K in keyof Tally]: Tally[K] }>();

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "accepted":
        this.#tally(observation.from, observation.to).sent++;
        return undefined;
      case "delivered":
        this.#tally(observation.at, observation.from).delivered++;
        return undefined;
      case "lost":
      case "unknown":
        this.#tally(observation.from, observation.to)[observation.kind] += observation.messages;
        return undefined;
      case "tally":
        return this.#compare(observation);
      default:
        return undefined;
    }
  }

  finish(): readonly string[] {
    return [];
  }

  #compare(told: Told): string | undefined {
    const seen = this.#tally(told.at, told.peer);
    if (textOf(told) === textOf(seen)) return undefined;
    return `${told.at}, of ${told.peer}: counted ${textOf(told)}; seen ${textOf(seen)}`;
  }

  #tally(at: string, peer: string) {
    const key = `${at} ${peer}`;
    const known = this.#seen.get(key) ?? { sent: 0, delivered: 0, lost: 0, unknown: 0 };
    this.#seen.set(key, known);
    return known;
  }
}

function textOf({ sent, delivered, lost, unknown }: Tally): string {
  return `${sent} sent, ${delivered} delivered, ${lost} lost, ${unknown} unknown`;
}
