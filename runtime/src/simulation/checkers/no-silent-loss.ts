// Rule: of what was told an actor that lives nothing is missing in the end, but as much as the sender's node has reported.

import type { Checker, Observation } from "../observation.ts";

interface Tally {
  accepted: number;
  delivered: number;
}

export class NoSilentLoss implements Checker {
  readonly name = "no-silent-loss";
  readonly #processes = new Map<string, string>();
  /** Actors and processes of which nothing can be said: they are gone, or were born again. */
  readonly #exempt = new Set<string>();
  readonly #named = new Set<string>();
  /** By sender and receiver. */
  readonly #tallies = new Map<string, Tally>();
  /** By their processes. */
  readonly #reported = new Map<string, number>();

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "actorStarted":
        this.#processes.set(observation.actor, observation.at);
        return undefined;
      case "actorEnded":
        this.#exempt.add(observation.actor);
        return undefined;
      case "died":
      case "left":
      case "lastFault":
        this.#exempt.add(observation.process);
        return undefined;
      case "named":
        if (this.#named.has(observation.process)) this.#exempt.add(observation.process);
        this.#named.add(observation.process);
        return undefined;
      case "accepted":
      case "delivered":
        this.#tallyOf(observation)[observation.kind]++;
        return undefined;
      case "lost":
      case "unknown": {
        const key = `${observation.from} ${observation.to}`;
        this.#reported.set(key, (this.#reported.get(key) ?? 0) + observation.messages);
        return undefined;
      }
      default:
        return undefined;
    }
  }

  finish(): readonly string[] {
    const missing = new Map<string, number>();
    for (const [key, { accepted, delivered }] of this.#tallies) {
      const [from = "", to = ""] = key.split(" ");
      const processes = [this.#processes.get(from), this.#processes.get(to)];
      const isExempt = [to, ...processes].some((one) => one === undefined || this.#exempt.has(one));
      const way = processes.join(" ");
      if (!isExempt) missing.set(way, (missing.get(way) ?? 0) + accepted - delivered);
    }
    return [...missing].flatMap(([way, count]) => {
      const reported = this.#reported.get(way) ?? 0;
      const [from, to] = way.split(" ");
      return count > reported
        ? [`${count} messages from ${from} to ${to} are missing, ${reported} reported`]
        : [];
    });
  }

  #tallyOf({ from, to }: { readonly from: string; readonly to: string }): Tally {
    const key = `${from} ${to}`;
    const known = this.#tallies.get(key) ?? { accepted: 0, delivered: 0 };
    this.#tallies.set(key, known);
    return known;
  }
}
