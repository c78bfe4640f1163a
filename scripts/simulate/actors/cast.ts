// The players that a node knows of: its own, and those that it has started on others or found by their names. It keeps
// them when they are gone, because handles of those must lead nowhere.

import type { ActorRef } from "@hewn/runtime/actors";
import type { Player } from "./player.ts";

export interface Known {
  readonly name: string;
  readonly ref: ActorRef<Player>;
  /** Whether it may be stopped and made to throw: those that a node has from its start live as long as it does. */
  readonly mayEnd: boolean;
}

/** Of each machine, the last ones. */
const knownMax = 12;

export class Cast {
  readonly #known = new Map<string, Known[]>();

  enter(machine: string, known: Known): void {
    const all = this.#known.get(machine) ?? [];
    if (all.some(({ name }) => name === known.name)) return;
    this.#known.set(machine, [...all, known].slice(-knownMax));
  }

  /** Those of a machine, the last one first; the same for the same `choice`. */
  on(machine: string, choice: number): Known | undefined {
    const all = this.#known.get(machine) ?? [];
    return all[all.length - 1 - (choice % all.length)];
  }
}
