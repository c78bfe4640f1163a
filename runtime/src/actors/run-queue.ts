// The actors that have something to do, in the order in which they got it, and how long they may go on before the rest of
// the process has its turn.
import type { ActorHost } from "./host.ts";
import { messagesPerSlice, messagesPerTurn, sliceMs, slicesMax } from "./limits.ts";

/** One that gets turns. */
export interface Runner {
  nextInLine: Runner | undefined;
  /** Handles at most so many messages, and says how many. Throws nothing. */
  run(most: number): number;
}

/** What goes on around turns. */
export interface Turns {
  /** Turns follow. */
  begin(): void;
  /** One follows. */
  before(runner: Runner): void;
  /** None follows until somebody gets in line. */
  after(): void;
}

export class RunQueue {
  readonly #host: ActorHost;
  readonly #turns: Turns;
  #first: Runner | undefined;
  #last: Runner | undefined;
  #isScheduled = false;
  readonly #drain = (): void => this.#run();

  constructor(host: ActorHost, turns: Turns) {
    this.#host = host;
    this.#turns = turns;
  }

  /** To be called for those who are not in line. */
  enqueue(runner: Runner): void {
    if (this.#last === undefined) this.#first = runner;
    else this.#last.nextInLine = runner;
    this.#last = runner;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#host.schedule(this.#drain);
  }

  /** Nothing of an actor's throws out of here: then no turn would ever follow. */
  #run(): void {
    this.#turns.begin();
    let endMs = Number.NaN;
    let left = messagesPerSlice;
    let slices = 1;
    for (let runner = this.#first; runner !== undefined; runner = this.#first) {
      this.#first = runner.nextInLine;
      if (this.#first === undefined) this.#last = undefined;
      runner.nextInLine = undefined;
      this.#turns.before(runner);
      left -= runner.run(messagesPerTurn);
      if (left > 0) continue;
      const nowMs = this.#host.now();
      // Few go on for longer than one slice: only they look at the clock.
      if (slices === 1) endMs = nowMs + sliceMs;
      // Where time stands still, as in simulations, others get their turn all the same.
      if (nowMs >= endMs || slices++ >= slicesMax) break;
      left = messagesPerSlice;
    }
    this.#turns.after();
    if (this.#first === undefined) this.#isScheduled = false;
    else this.#host.yield(this.#drain);
  }
}
