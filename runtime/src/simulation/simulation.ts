// The loop of a simulation: one event after the other, in virtual time. An event belongs to the network or to one
// process; whatever a process's code sets off without time passing (what it scheduled, promises that it settled)
// has run before the next event.

import { EventQueue } from "./event-queue.ts";
import { Random } from "./random.ts";
import { Trace } from "./trace.ts";

/** Lets the continuations of promises run. */
export interface Turns {
  /** Code of a process is about to run. */
  begin(): void;
  /**
   * Undefined where no promise was touched since then; otherwise what is fulfilled when everything has
   * run that promises set off.
   */
  settle(): Promise<void> | undefined;
}

/** Whose code runs: see {@link Simulation.enter}. */
export interface Runner {
  readonly name: string;
  readonly hasScheduled: boolean;
  /** Runs what was scheduled. */
  runScheduled(): void;
}

export interface SimulationOptions {
  /** A whole number from 0 to 2^53 - 1: decides everything that chance decides. */
  readonly seed: number;
  /** Keep every line of the trace. */
  readonly keepsTrace?: boolean;
  /** By default promises are given a bounded number of turns after each event. */
  readonly turns?: Turns;
  /** Calls `run`, so that whatever it sets off is known to be this runner's. */
  readonly within?: (runner: Runner, run: () => void) => void;
}

/** What broke a run. */
export interface Failure {
  /** Which rule was broken: `thrown`, `realIo`, `endless`, or the name of a checker. */
  readonly rule: string;
  readonly text: string;
}

/** Enough for chains of promises that code of this kind has; the worker's turns have no such bound. */
const turnsOfPromises = 16;

const boundedTurns: Turns = {
  begin() {},
  async settle() {
    for (let turn = 0; turn < turnsOfPromises; turn++) await undefined;
  },
};

export class Simulation {
  readonly seed: number;
  readonly random: Random;
  readonly trace: Trace;
  readonly failures: Failure[] = [];
  /** How often each thing happened that must happen in some run of a campaign. */
  readonly counts = new Map<string, number>();
  /** Events that have happened. */
  events = 0;

  readonly #queue = new EventQueue();
  readonly #turns: Turns;
  readonly #within: (runner: Runner, run: () => void) => void;
  #nowUs = 0;
  #current: Runner | undefined;
  #isOver = false;

  constructor(options: SimulationOptions) {
    this.seed = options.seed;
    this.random = new Random(options.seed);
    this.trace = new Trace(options.keepsTrace);
    this.#turns = options.turns ?? boundedTurns;
    this.#within = options.within ?? ((_, run) => run());
  }

  /** Microseconds since the run began. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** The process whose code runs now. */
  get current(): Runner | undefined {
    return this.#current;
  }

  /** Runs a function of the network or of the run itself later; calling what it returns prevents it. */
  after(delayUs: number, run: () => void): () => void {
    const event = this.#queue.push(this.#nowUs + Math.max(0, Math.ceil(delayUs)), run);
    return () => {
      event.run = undefined;
    };
  }

  /** Runs code of a process, as its event: what it throws fails the run. */
  enter(runner: Runner, run: () => void): void {
    this.#current = runner;
    this.#turns.begin();
    try {
      this.#within(runner, () => {
        run();
        while (runner.hasScheduled) runner.runScheduled();
      });
    } catch (error) {
      this.thrown(error);
    }
  }

  /** Something ended with an error that nobody caught. */
  thrown(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.fail("thrown", `${this.#current?.name ?? "the run"}: ${text}`);
  }

  fail(rule: string, text: string): void {
    this.failures.push({ rule, text });
    this.trace.add(this.#nowUs, `FAILED ${rule}: ${text.split("\n")[0]}`);
  }

  /** Nothing happens after this event. */
  end(): void {
    this.#isOver = true;
  }

  /** Something happened that a campaign must see at least once. */
  sometimes(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** A line of the trace. */
  note(line: string): void {
    this.trace.add(this.#nowUs, line);
  }

  /**
   * Lets everything happen that is due until then, and moves the clock there; ends earlier at the first failure.
   * @param eventsMax more than these are taken for a run that never comes to rest, which fails it
   */
  async runUntil(untilMs: number, eventsMax = Number.POSITIVE_INFINITY): Promise<void> {
    const untilUs = Math.round(untilMs * 1000);
    for (let count = 0; this.failures.length === 0 && !this.#isOver; count++) {
      const at = this.#queue.nextAt;
      if (at === undefined || at > untilUs) break;
      if (count >= eventsMax) return this.fail("endless", `${eventsMax} events and no end by ${untilMs} ms`);
      const pending = this.#next();
      if (pending !== undefined) await this.#settle(pending);
      this.#current = undefined;
    }
    if (this.failures.length === 0 && !this.#isOver) this.#nowUs = Math.max(this.#nowUs, untilUs);
  }

  #next(): Promise<void> | undefined {
    const event = this.#queue.pop();
    if (event?.run === undefined) return undefined;
    this.#nowUs = event.at;
    this.events++;
    try {
      event.run();
    } catch (error) {
      this.thrown(error);
    }
    return this.#turns.settle();
  }

  /** Promises and what is scheduled set each other off. */
  async #settle(first: Promise<void>): Promise<void> {
    for (let pending: Promise<void> | undefined = first; pending !== undefined; ) {
      await pending;
      const runner = this.#current;
      if (runner?.hasScheduled !== true) return;
      this.enter(runner, () => {});
      pending = this.#turns.settle();
    }
  }
}
