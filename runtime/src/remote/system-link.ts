// A system lane with a clock and a way to its peer: carries out what the state machine wants.

import {
  type Event,
  type FenceReason,
  type Happening,
  type LaneMessage,
  newSystemLane,
  step,
  wakeAtMs,
} from "./system-lane.ts";

/** What a link needs of the world. */
export interface LinkClock {
  now(): number;
  /** Runs a function no sooner than `afterMs` from now; calling what it returns prevents it. */
  setTimer(afterMs: number, run: () => void): () => void;
}

export interface LinkOwner<B> {
  /** Whether the control lane to the instance took it. */
  send(message: LaneMessage<B>): boolean;
  deliver(body: B): void;
  /** So many were sent again, because nothing says that they came. */
  resent?(messages: number): void;
  /** The link is over: nothing can be said to this instance any more, nor heard of it. */
  fenced(reason: FenceReason): void;
}

export class SystemLink<B> {
  readonly #lane = newSystemLane<B>();
  readonly #clock: LinkClock;
  readonly #owner: LinkOwner<B>;
  #wakeAtMs = Infinity;
  #cancel: () => void = () => {};

  constructor(clock: LinkClock, owner: LinkOwner<B>) {
    this.#clock = clock;
    this.#owner = owner;
  }

  get isOver(): boolean {
    return this.#lane.phase === "over";
  }

  /** Nothing waits to be acknowledged by a peer that can be reached. */
  get isIdle(): boolean {
    const { phase, pending } = this.#lane;
    return pending.length === 0 || phase === "down" || phase === "over";
  }

  /** Waits for the peer; sent again until it is acknowledged. */
  submit(body: B): void {
    this.#happened({ kind: "submitted", body });
  }

  received(message: LaneMessage<B>): void {
    this.#happened({ kind: "received", message });
  }

  /** There is a control lane to the instance, for the first time or again. */
  opened(): void {
    this.#happened({ kind: "opened" });
  }

  closed(): void {
    this.#happened({ kind: "closed" });
  }

  /** The instance is gone for good. */
  end(): void {
    this.#happened({ kind: "ended" });
  }

  #happened(happening: Happening<B>): void {
    const event: Event<B> = { ...happening, nowMs: this.#clock.now() };
    const { resent } = this.#lane;
    let isRefused = false;
    for (const effect of step(this.#lane, event)) {
      if (effect.kind === "deliver") this.#owner.deliver(effect.body);
      else if (effect.kind === "fence") this.#owner.fenced(effect.reason);
      // Behind one that was refused nothing goes: it would be out of order.
      else if (!isRefused) isRefused = !this.#owner.send(effect.message);
    }
    if (this.#lane.resent > resent) this.#owner.resent?.(this.#lane.resent - resent);
    if (isRefused) this.#happened({ kind: "refused" });
    else this.#wake();
  }

  #wake(): void {
    const at = wakeAtMs(this.#lane);
    if (at === this.#wakeAtMs) return;
    this.#cancel();
    this.#wakeAtMs = at;
    this.#cancel =
      at === Infinity ? () => {} : this.#clock.setTimer(at - this.#clock.now(), () => this.#woke());
  }

  #woke(): void {
    this.#wakeAtMs = Infinity;
    this.#cancel = () => {};
    this.#happened({ kind: "woke" });
  }
}
