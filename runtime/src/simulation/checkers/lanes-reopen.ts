// Rule: once faults are over, every two processes that live have all lanes between them open, as both of them see it.

import type { Checker, Observation } from "../observation.ts";

export class LanesReopen implements Checker {
  readonly name = "lanes-reopen";
  readonly #lanes: readonly string[];
  readonly #alive = new Set<string>();
  readonly #open = new Set<string>();

  constructor(lanes: readonly string[]) {
    this.#lanes = lanes;
  }

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "started":
        this.#alive.add(observation.process);
        return undefined;
      case "died":
      case "left":
        this.#alive.delete(observation.process);
        return undefined;
      case "laneOpened":
      case "laneClosed":
        return this.#changed(observation);
      default:
        return undefined;
    }
  }

  finish(): readonly string[] {
    const alive = [...this.#alive];
    return alive.flatMap((at) =>
      alive
        .filter((peer) => peer !== at)
        .flatMap((peer) => this.#lanes.map((lane) => `${at}: the ${lane} lane to ${peer}`))
        .filter((key) => !this.#open.has(key))
        .map((key) => `${key} is not open after the faults are over`),
    );
  }

  #changed({ kind, at, peer, lane }: Extract<Observation, { readonly lane: string }>): string | undefined {
    const key = `${at}: the ${lane} lane to ${peer}`;
    const isOpen = this.#open.has(key);
    if (isOpen === (kind === "laneOpened"))
      return `${key} was reported as ${isOpen ? "open" : "closed"} twice`;
    if (isOpen) this.#open.delete(key);
    else this.#open.add(key);
    return undefined;
  }
}
