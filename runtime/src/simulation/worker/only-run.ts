// The one run of a thread that runs one after the other: all code in it is that run's.

import type { Simulation } from "../simulation.ts";
import { VirtualProcess } from "../virtual-process.ts";
import type { Whereabouts, Whose } from "./sandbox.ts";
import type { WatchedTurns } from "./turns.ts";

export class OnlyRun implements Whereabouts {
  readonly #turns: WatchedTurns;
  #simulation: Simulation | undefined;
  #itself: Whose | undefined;

  constructor(turns: WatchedTurns) {
    this.#turns = turns;
  }

  /** From here on code of this thread lives in that simulation. */
  enter(simulation: Simulation): void {
    this.#simulation = simulation;
    this.#itself = {
      name: "the run",
      now: () => simulation.nowUs / 1000,
      random: () => simulation.random.fraction(),
      setTimer: (afterMs, run) => simulation.after(afterMs * 1000, run),
    };
  }

  leave(): void {
    this.#simulation = undefined;
    this.#itself = undefined;
  }

  /** For what nobody caught. False: no run is on. */
  thrown(error: unknown): boolean {
    this.#simulation?.thrown(error);
    return this.#simulation !== undefined;
  }

  get whose(): Whose | undefined {
    const current = this.#simulation?.current;
    return current instanceof VirtualProcess ? current : this.#itself;
  }

  mayCall(): boolean {
    return false;
  }

  fail(rule: string, text: string): void {
    this.#simulation?.fail(rule, text);
  }

  touch(): void {
    this.#turns.touch();
  }
}
