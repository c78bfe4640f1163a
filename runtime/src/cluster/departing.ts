// A node's departure with a clock, and what is to be done in each phase.

import {
  type DepartureEvent,
  type DeparturePhase,
  type DepartureTimes,
  type DepartureWork,
  newDeparture,
  stepDeparture,
} from "./departure.ts";

export interface DepartingOwner {
  now(): number;
  setTimer(afterMs: number, run: () => void): () => void;
  /** Each runs once. What rejects is told, and counts as done. */
  readonly works: Readonly<Record<DepartureWork, () => Promise<void> | void>>;
  began(work: DepartureWork): unknown;
  late(work: DepartureWork): void;
  failed(error: unknown): void;
}

type Happening = DepartureEvent extends infer E ? (E extends unknown ? Omit<E, "nowMs"> : never) : never;

export class Departing {
  readonly #owner: DepartingOwner;
  readonly #state: ReturnType<typeof newDeparture>;
  readonly #empty: Promise<void>;
  readonly #over: Promise<void>;
  #isEmpty: () => void = () => {};
  #isOver: () => void = () => {};
  #cancel: () => void = () => {};

  /** Throws a RangeError where a time is none. */
  constructor(owner: DepartingOwner, times: Partial<DepartureTimes> = {}) {
    this.#owner = owner;
    this.#state = newDeparture(times);
    this.#empty = new Promise((resolve) => {
      this.#isEmpty = resolve;
    });
    this.#over = new Promise((resolve) => {
      this.#isOver = resolve;
    });
  }

  get phase(): DeparturePhase {
    return this.#state.phase;
  }

  /** Whether it goes, rather than be empty and stay. */
  get isLeaving(): boolean {
    return this.#state.isLeaving;
  }

  /** Fulfilled when nothing runs here that can run elsewhere, or its time was up; or when the node is gone. */
  drain(): Promise<void> {
    this.#happened({ kind: "drainRequested" });
    return this.#empty;
  }

  /** Fulfilled when the node is gone. */
  leave(): Promise<void> {
    this.#happened({ kind: "leaveRequested" });
    return this.#over;
  }

  /** The node was closed. */
  closed(): void {
    this.#happened({ kind: "closed" });
  }

  #happened(happening: Happening): void {
    const event = { ...happening, nowMs: this.#owner.now() } as DepartureEvent;
    for (const effect of stepDeparture(this.#state, event)) {
      if (effect.kind === "begin") this.#begin(effect.work);
      else if (effect.kind === "late") this.#owner.late(effect.work);
      else this.#rest(effect.kind);
    }
  }

  #begin(work: DepartureWork): void {
    const { now, works } = this.#owner;
    this.#cancel();
    const leftMs = Math.max(0, this.#state.deadlineMs - now());
    this.#cancel = this.#owner.setTimer(leftMs, () => this.#happened({ kind: "woke" }));
    if (work === "stop") this.#isEmpty();
    this.#owner.began(work);
    this.#run(works[work]).then(() => this.#happened({ kind: "done", work }));
  }

  async #run(work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#owner.failed(error);
    }
  }

  #rest(as: "empty" | "over"): void {
    this.#cancel();
    this.#isEmpty();
    if (as === "over") this.#isOver();
  }
}
