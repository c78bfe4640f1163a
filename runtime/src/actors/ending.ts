// How an actor ends, in steps: what it is at, then its children, the youngest first, then its hook, then itself.
import type { StopReason } from "./hooks.ts";
import type { ActorHost } from "./host.ts";
import { isPromise } from "./is-promise.ts";
import { stopPatienceMs } from "./limits.ts";
import type { Surroundings } from "./surroundings.ts";

/** What is needed of the cell. */
export interface EndingCell {
  readonly surroundings: Surroundings | undefined;
  /** Goes on with a step. */
  takeTurn(): void;
  /** The handler has had its time: what it is at may go on, and nobody waits for it. */
  abandon(): void;
  /** Nothing is left to do. */
  ended(reason: StopReason): void;
  report(event: "stoppingFailed" | "abandoned", method: undefined, error: unknown): void;
}

export class Ending {
  readonly reason: StopReason;
  readonly #cell: EndingCell;
  readonly #host: ActorHost;
  #hasRunStopping = false;
  #cancelPatience: (() => void) | undefined = undefined;

  constructor(cell: EndingCell, host: ActorHost, reason: StopReason) {
    this.#cell = cell;
    this.#host = host;
    this.reason = reason;
  }

  /** A handler is at work, and is waited for only so long. */
  awaitHandler(): void {
    this.#patience(() => this.#cell.abandon());
  }

  /** One step, each in a turn of its own. Answers the child that is to end before the next one. */
  goOn(): Surroundings["lastChild"] {
    this.#cancelPatience?.();
    this.#cancelPatience = undefined;
    const child = this.#cell.surroundings?.lastChild;
    if (child !== undefined) return child;
    if (this.#hasRunStopping) this.#cell.ended(this.reason);
    else this.#runStopping();
    return undefined;
  }

  #runStopping(): void {
    this.#hasRunStopping = true;
    let isOver = false;
    const goOn = (): void => {
      if (isOver) return;
      isOver = true;
      this.#cell.takeTurn();
    };
    const fail = (error: unknown): void => {
      if (!isOver) this.#cell.report("stoppingFailed", undefined, error);
      goOn();
    };
    try {
      const result = this.#cell.surroundings?.stopping(this.reason);
      if (!isPromise(result)) goOn();
      else {
        result.then(goOn, fail);
        this.#patience(() => {
          if (!isOver) this.#cell.report("abandoned", undefined, undefined);
          goOn();
        });
      }
    } catch (error) {
      fail(error);
    }
  }

  #patience(run: () => void): void {
    this.#cancelPatience = this.#host.setTimer(stopPatienceMs, run);
  }
}
