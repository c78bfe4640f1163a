// Rule: of a supervisor's child one start at a time handles messages: once the next one has begun, the one before it does
// nothing more, wherever it is. Not of processes whose addresses have refused: a refusal counts as the proof of an end.

import type { Checker, Observation } from "../observation.ts";

interface Start {
  readonly child: string;
  readonly generation: number;
}

export class OneGeneration implements Checker {
  readonly name = "one-generation";
  readonly #starts = new Map<string, Start>();
  /** The latest of each child. */
  readonly #latest = new Map<string, number>();
  /** The processes of actors. */
  readonly #homes = new Map<string, string>();
  readonly #shut = new Set<string>();

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "actorStarted":
        this.#homes.set(observation.actor, observation.at);
        return undefined;
      case "shut":
        this.#shut.add(observation.process);
        return undefined;
      case "supervised":
        return this.#started(observation);
      case "delivered":
      case "began":
      case "worked":
        return this.#handled(observation.at);
      default:
        return undefined;
    }
  }

  finish(): readonly string[] {
    return [];
  }

  #started({ actor, child, generation }: Extract<Observation, { kind: "supervised" }>): string | undefined {
    const latest = this.#latest.get(child) ?? 0;
    this.#starts.set(actor, { child, generation });
    if (generation <= latest) return `${child}: start ${generation} began after start ${latest}`;
    this.#latest.set(child, generation);
    return undefined;
  }

  #handled(actor: string): string | undefined {
    const start = this.#starts.get(actor);
    if (start === undefined) return undefined;
    const latest = this.#latest.get(start.child) ?? 0;
    if (start.generation === latest || this.#shut.has(this.#homes.get(actor) ?? "")) return undefined;
    return `${start.child}: start ${start.generation} handled a message when start ${latest} had begun`;
  }
}
