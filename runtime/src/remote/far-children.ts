// The children that supervisors here have on one start of another node, and the lease under which that one runs them.

import type { ChildEnd, EndOf, LeaseTimes, NewLeaseMemory, Start, Starter } from "../supervision/index.ts";
import {
  type Granter,
  type GranterEvent,
  granterWakeAtMs,
  type LeaseRequest,
  newGranter,
  stepGranter,
} from "../supervision/index.ts";
import type { LeaseAnswer, LeaseAsk } from "./lease-messages.ts";
import type { ChildGone, StopChild, Thrown } from "./system-messages.ts";

export interface FarChildrenLink {
  now(): number;
  setTimer(afterMs: number, run: () => void): () => void;
  /** After a time when no child could be started there. */
  opened(): void;
  /** Where it is remembered what is granted from now on. */
  grant: NewLeaseMemory;
  /** By the system lane. */
  submit(body: StopChild): void;
  /** On the control lane, or not at all. */
  answer(answer: LeaseAnswer): void;
}

/** A start of a child there. */
export interface FarChild {
  readonly number: number;
  readonly term: number;
}

interface Entry {
  readonly by: Starter;
  readonly start: Start;
  wasTold: boolean;
}

type Happening = GranterEvent extends infer E ? (E extends unknown ? Omit<E, "nowMs"> : never) : never;

export class FarChildren {
  readonly #link: FarChildrenLink;
  readonly #granter: Granter;
  readonly #entries = new Map<number, Entry>();
  #lastNumber = 0;
  /** Nothing is granted any more, and nothing started. */
  #isOver = false;
  #isLeaving = false;
  /** The node has found that the lease is over, which is not so here yet. */
  #isLapsed = false;
  /** What has ended the children of a term that is over. */
  #end: ChildEnd = { reason: "leaseExpired" };
  #cancelWake: () => void = () => {};
  #wakeAtMs = Number.POSITIVE_INFINITY;

  constructor(link: FarChildrenLink, times: LeaseTimes) {
    this.#link = link;
    this.#granter = newGranter(times, link.grant);
  }

  /** Whether a child can be started there. */
  get isOpen(): boolean {
    return !this.#isOver && !this.#isLeaving && !this.#isLapsed;
  }

  /** The node is about to go. */
  leaving(): void {
    this.#isLeaving = true;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** A child is about to be started there: `by` will hear of its end. */
  begin(start: Start, by: Starter): FarChild {
    this.#happened({ kind: "needed" });
    const number = ++this.#lastNumber;
    this.#entries.set(number, { by, start, wasTold: false });
    return { number, term: this.#granter.term };
  }

  /** Nothing of that start runs there, nor will. */
  ended({ number }: Pick<FarChild, "number">, end: ChildEnd): void {
    const entry = this.#entries.get(number);
    if (entry === undefined) return;
    this.#entries.delete(number);
    if (this.#entries.size === 0) this.#happened({ kind: "released" });
    entry.by.ended([{ ...entry.start, end }]);
  }

  /** Whether a child has started there, or will, is not known: it shall not. */
  doubt(child: FarChild): void {
    this.stop(child.number, 0);
    this.#happened({ kind: "givenUp" });
  }

  stop(number: number, withinMs: number): void {
    const entry = this.#entries.get(number);
    if (entry === undefined || this.#isOver) return;
    entry.wasTold = true;
    this.#link.submit({ kind: "stopChild", child: number, withinMs });
  }

  /** From the system lane. */
  gone({ child, reason, error }: ChildGone): void {
    if (reason === "leaseExpired") {
      // They all are over with it, and end here together.
      this.#isLapsed = this.#entries.has(child);
      return;
    }
    this.ended({ number: child }, this.#endOf(child, reason, error));
  }

  #endOf(child: number, reason: Exclude<ChildGone["reason"], "leaseExpired">, error?: Thrown): ChildEnd {
    if (reason === "crashed") return { reason, error: error ?? { name: "Error", message: "" } };
    if (reason === "nodeLeft") return { reason };
    return { reason: this.#entries.get(child)?.wasTold === true ? "shutdown" : "exited" };
  }

  /** A holder that would run them for longer than is waited here for it to stop is no holder. */
  asked({ term, number, forMs }: LeaseAsk): void {
    const isSafe = forMs <= this.#granter.times.orphanAfterMs;
    if (this.#isOver || !isSafe) this.#link.answer({ term, number, isGranted: false });
    else this.#happened({ kind: "asked", request: { term, number } });
  }

  /** That start of the node is proven dead, or has said goodbye. */
  died(reason: "nodeDied" | "nodeLeft"): void {
    this.#isOver = true;
    this.#end = { reason };
    this.#happened({ kind: "died" });
  }

  /** Nothing can be said to it any more, and it may be alive: what runs there is waited for. */
  giveUp(): void {
    this.#isOver = true;
    this.#happened({ kind: "givenUp" });
  }

  #happened(happening: Happening): void {
    const event = { ...happening, nowMs: this.#link.now() } as GranterEvent;
    for (const effect of stepGranter(this.#granter, event)) {
      if (effect.kind === "grant") this.#answer(effect.request, true);
      else if (effect.kind === "refuse") this.#answer(requestOf(event, effect.term), false);
      else this.#expired();
    }
    this.#wake();
  }

  #answer({ term, number }: LeaseRequest, isGranted: boolean): void {
    this.#link.answer({ term, number, isGranted });
  }

  /** One event for all of a supervisor's. */
  #expired(): void {
    const ends = new Map<Starter, EndOf[]>();
    for (const { by, start } of this.#entries.values()) {
      const ofOne = ends.get(by) ?? [];
      ofOne.push({ ...start, end: this.#end });
      ends.set(by, ofOne);
    }
    this.#entries.clear();
    const wasLapsed = this.#isLapsed;
    this.#isLapsed = false;
    if (wasLapsed) this.#link.opened();
    for (const [by, ofOne] of ends) by.ended(ofOne);
  }

  /** Renewals only ever put it off. */
  #wake(): void {
    const at = granterWakeAtMs(this.#granter);
    if (at === Number.POSITIVE_INFINITY) {
      this.#cancelWake();
      this.#wakeAtMs = at;
    } else if (this.#wakeAtMs === Number.POSITIVE_INFINITY) {
      this.#wakeAtMs = at;
      this.#cancelWake = this.#link.setTimer(Math.max(0, at - this.#link.now()), () => {
        this.#wakeAtMs = Number.POSITIVE_INFINITY;
        this.#happened({ kind: "woke" });
      });
    }
  }
}

function requestOf(event: GranterEvent, term: number): LeaseRequest {
  return event.kind === "asked" ? event.request : { term, number: 0 };
}
