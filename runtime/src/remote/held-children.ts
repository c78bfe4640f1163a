// The children that run here for the supervisors of one start of another node, under the lease that it grants.

import type { ActorCell } from "../actors/cell.ts";
import type { Lease, Rejected, StopReason } from "../actors/index.ts";
import type { HolderEvent, LeaseTimes } from "../supervision/index.ts";
import {
  type Holder,
  handOverPatienceMs,
  holderWakeAtMs,
  isHeld,
  newHolder,
  stepHolder,
} from "../supervision/index.ts";
import { boundedThrown } from "./bounded-thrown.ts";
import type { HeldLease } from "./lease-keeper.ts";
import type { LeaseAnswer, LeaseAsk } from "./lease-messages.ts";
import { heldChildrenMax } from "./limits.ts";
import { leaving } from "./outcomes.ts";
import type { ChildGone, StopChild } from "./system-messages.ts";

export interface HeldChildrenLink {
  now(): number;
  setTimer(afterMs: number, run: () => void): () => void;
  /** By the system lane. */
  submit(body: ChildGone): void;
  /** On the control lane, or not at all. */
  ask(ask: LeaseAsk): void;
  /** Where the lease is remembered that the node holds from now on. */
  hold(term: number, untilMs: number): HeldLease;
  /** The lease is over while so many children run: that was found `lateMs` after it had ended, as far as is known here. */
  lost(children: number, lateMs: number): void;
  /** The peer breaks the rules. */
  fence(): void;
}

/** A start that is asked for. */
export interface ChildOrder {
  readonly child: number;
  readonly term: number;
  /** Starts it: `ended` is called when it has ended, unless this throws. Answers nothing where it could not be started. */
  start(lease: Lease, ended: (reason: StopReason) => void): ActorCell | undefined;
  /** It will not be started. */
  refuse(outcome: Rejected): void;
}

interface HeldChild {
  readonly cell: ActorCell;
  readonly lease: ChildLease;
  cancelWait: () => void;
}

export class HeldChildren {
  readonly #link: HeldChildrenLink;
  readonly #holder: Holder;
  #lease: HeldLease | undefined;
  readonly #running = new Map<number, HeldChild>();
  /** Until the lease is granted for the first time. */
  readonly #waiting = new Map<number, ChildOrder>();
  /** Children that were stopped before anything was heard of their starts, which are still to come. */
  readonly #unborn = new Set<number>();
  #lastChild = 0;
  #isOver = false;
  #isLeaving = false;
  #cancelWake: () => void = () => {};
  #wakeAtMs = Number.POSITIVE_INFINITY;

  constructor(link: HeldChildrenLink, times: LeaseTimes) {
    this.#link = link;
    this.#holder = newHolder(times, (term, untilMs) => {
      this.#lease = link.hold(term, untilMs);
      return this.#lease.memory;
    });
  }

  /** Those that run, and those that wait. */
  get size(): number {
    return this.#running.size + this.#waiting.size;
  }

  isHeld(term: number): boolean {
    return isHeld(this.#holder, term, this.#link.now());
  }

  /** Starts come in the order of their numbers. */
  order(order: ChildOrder): void {
    const { child, term } = order;
    if (this.#isLeaving) return order.refuse(leaving);
    if (this.#isOver || child <= this.#lastChild)
      return order.refuse(stopped("The supervisor's node has given it up."));
    this.#lastChild = child;
    for (const number of this.#unborn) if (number < child) this.#unborn.delete(number);
    if (this.#unborn.delete(child)) return order.refuse(stopped("It was stopped before it was started."));
    if (this.size >= heldChildrenMax)
      return order.refuse(stopped("Too many children run here for that node already."));
    this.#happened({ kind: "needed", term });
    if (this.isHeld(term)) return this.#start(order);
    const isAsked = this.#holder.phase === "asked" && this.#holder.term === term;
    if (isAsked) this.#waiting.set(child, order);
    else order.refuse(stopped("The lease under which it was to run is over."));
  }

  stop({ child, withinMs }: StopChild): void {
    const running = this.#running.get(child);
    if (running !== undefined) {
      running.cancelWait();
      running.cancelWait = this.#link.setTimer(withinMs, () => this.#abandon(child));
      running.cell.end({ reason: "stopped" });
      return;
    }
    this.#waiting.get(child)?.refuse(stopped("It was stopped before it was started."));
    this.#waiting.delete(child);
    if (child > this.#lastChild) this.#unborn.add(child);
    if (this.#unborn.size > heldChildrenMax) return this.#link.fence();
    this.#link.submit({ kind: "childGone", child, reason: "exited" });
  }

  answered({ term, number, isGranted }: LeaseAnswer): void {
    if (isGranted) this.#happened({ kind: "granted", request: { term, number } });
    else this.#happened({ kind: "refused", term });
  }

  /** This node takes no more. Those that run end behind the messages that wait for them, the youngest first. */
  leave(): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    for (const order of this.#waiting.values()) order.refuse(leaving);
    this.#waiting.clear();
    for (const running of [...this.#running.values()].reverse()) {
      const end = (): void => running.cell.end({ reason: "stopped" });
      running.cancelWait();
      running.cancelWait = this.#link.setTimer(handOverPatienceMs, end);
      running.cell.postTurn(end);
    }
  }

  /** The supervisors' node is gone, or can be told nothing any more: there is nobody to run them for. */
  end(): void {
    this.#isOver = true;
    this.#happened({ kind: "refused", term: this.#holder.term });
  }

  #happened(
    happening: {
      [K in HolderEvent["kind"]]: Omit<Extract<HolderEvent, { kind: K }>, "nowMs">;
    }[HolderEvent["kind"]],
  ): void {
    const event = { ...happening, nowMs: this.#link.now() } as HolderEvent;
    const was = this.#lease?.memory;
    for (const effect of stepHolder(this.#holder, event)) {
      if (effect.kind === "ask")
        this.#link.ask({ ...effect.request, forMs: this.#holder.times.orphanAfterMs });
      else if (effect.kind === "held") this.#held();
      else this.#orphaned(was === undefined ? 0 : Math.max(0, event.nowMs - was.lastUntilMs));
    }
    this.#wake();
  }

  #held(): void {
    const orders = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const order of orders) this.#start(order);
  }

  #orphaned(lateMs: number): void {
    const { size } = this.#running;
    for (const order of this.#waiting.values())
      order.refuse(stopped("The lease under which it was to run is over."));
    this.#waiting.clear();
    for (const { cell } of [...this.#running.values()]) cell.end({ reason: "leaseLost" });
    // Where the supervisors' node is gone, there is nobody who could have children elsewhere meanwhile.
    if (size > 0 && !this.#isOver) this.#link.lost(size, lateMs);
  }

  #start(order: ChildOrder): void {
    const { child, term } = order;
    const lease = new ChildLease(this, term);
    const cell = order.start(lease, (reason) => this.#ended(child, reason));
    if (cell !== undefined) this.#running.set(child, { cell, lease, cancelWait: () => {} });
    this.#lease?.children(this.#running.size);
  }

  #ended(child: number, reason: StopReason): void {
    const running = this.#running.get(child);
    if (running === undefined) return;
    this.#running.delete(child);
    this.#lease?.children(this.#running.size);
    running.cancelWait();
    const isLeft = this.#isLeaving && reason.reason === "stopped";
    this.#link.submit(isLeft ? { kind: "childGone", child, reason: "nodeLeft" } : goneOf(child, reason));
  }

  /** It has had its time: what it is at may go on, and nothing more is handled. */
  #abandon(child: number): void {
    const running = this.#running.get(child);
    if (running === undefined) return;
    running.lease.isRevoked = true;
    this.#ended(child, { reason: "stopped" });
  }

  #wake(): void {
    const at = holderWakeAtMs(this.#holder);
    if (at === this.#wakeAtMs) return;
    this.#cancelWake();
    this.#wakeAtMs = at;
    this.#cancelWake =
      at === Number.POSITIVE_INFINITY
        ? () => {}
        : this.#link.setTimer(Math.max(0, at - this.#link.now()), () => this.#woke());
  }

  #woke(): void {
    this.#wakeAtMs = Number.POSITIVE_INFINITY;
    this.#happened({ kind: "woke" });
  }
}

class ChildLease implements Lease {
  isRevoked = false;
  readonly #children: HeldChildren;
  readonly #term: number;

  constructor(children: HeldChildren, term: number) {
    this.#children = children;
    this.#term = term;
  }

  get isHeld(): boolean {
    return !this.isRevoked && this.#children.isHeld(this.#term);
  }
}

function stopped(text: string): Rejected {
  return { status: "rejected", reason: "stopped", text };
}

function goneOf(child: number, reason: StopReason): ChildGone {
  if (reason.reason === "crashed")
    return { kind: "childGone", child, reason: "crashed", error: boundedThrown(reason.error) };
  return { kind: "childGone", child, reason: reason.reason === "leaseLost" ? "leaseExpired" : "exited" };
}
