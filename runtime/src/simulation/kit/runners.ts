// Whose code runs in a test: known from the asynchronous context that the code was called in, so that a test runner and
// other tests in the same thread see nothing of a simulation.

import { AsyncLocalStorage } from "node:async_hooks";
import type { Runner, Simulation } from "../simulation.ts";
import { VirtualProcess } from "../virtual-process.ts";
import { Sandbox, type Whereabouts, type Whose } from "../worker/sandbox.ts";
import { WatchedTurns } from "../worker/turns.ts";

/** The script of a run: no machine of the simulation, but it lives by its clock. */
export class Script implements Runner, Whose {
  readonly name = "the script";
  readonly hasScheduled = false;
  readonly #simulation: Simulation;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  runScheduled(): void {}

  now(): number {
    return this.#simulation.nowUs / 1000;
  }

  random(): number {
    return this.#simulation.random.fraction();
  }

  setTimer(afterMs: number, run: () => void): () => void {
    return this.#simulation.after(afterMs * 1000, () => this.#simulation.enter(this, run));
  }
}

interface Inside {
  readonly simulation: Simulation;
  readonly whose: Whose;
}

class AsyncWhereabouts implements Whereabouts {
  readonly turns = new WatchedTurns();
  readonly #inside = new AsyncLocalStorage<Inside>();

  get whose(): Whose | undefined {
    return this.#inside.getStore()?.whose;
  }

  /** Scripts may read what they check against; and those who make errors of checks readable read sources. */
  mayCall(what: string): boolean {
    return this.whose instanceof Script && /^node:fs\.\w+Sync$/.test(what);
  }

  fail(rule: string, text: string): void {
    this.#inside.getStore()?.simulation.fail(rule, text);
  }

  touch(): void {
    this.turns.touch();
  }

  within<T>(simulation: Simulation, runner: Runner, run: () => T): T {
    if (!(runner instanceof VirtualProcess || runner instanceof Script)) return run();
    return this.#inside.run({ simulation, whose: runner }, run);
  }

  /** Calls a function that is no code of a simulation, from code that is. */
  outside<T>(run: () => T): T {
    return this.#inside.exit(run);
  }
}

let whereabouts: AsyncWhereabouts | undefined;

/** Those of this thread, whose timers, clocks and ways out are patched when they are first asked for. */
export function ofThisThread(): AsyncWhereabouts {
  if (whereabouts === undefined) {
    whereabouts = new AsyncWhereabouts();
    new Sandbox(whereabouts);
  }
  return whereabouts;
}
