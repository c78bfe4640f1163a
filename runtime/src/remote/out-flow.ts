// The messages of this node for one actor of a peer: they go in order, as far as the actor's node has granted. What has
// to wait waits here, under the policy of its method, and holds up nothing else.

import { accepted, type NotSent, type Pressure, type Told } from "../actors/index.ts";
import type { Method } from "../actors/method.ts";
import { type FullMailbox, invalidTell, RefusedTell, WaitingTell } from "../actors/pressure.ts";
import type { SendOutcome } from "../transport/index.ts";
import type { RemoteCounters } from "./counters.ts";
import { type Hop, noHops } from "./envelope.ts";
import type { FarReply } from "./far-reply.ts";
import { Held, type HeldMessage } from "./held.ts";
import { creditBytesFirst, creditMessagesFirst, heldMessagesMax, heldWaitingMax } from "./limits.ts";
import { overloaded, refusalOf, unreachable } from "./outcomes.ts";
import type { Route } from "./remote-protocol.ts";

/** What a flow needs of the session with the peer. */
export interface FlowLink {
  readonly counters: RemoteCounters;
  /** Whether there is a stream at the moment: while there is none, what waits goes on waiting. */
  readonly isOpen: boolean;
  sendTell(flow: OutFlow, route: Route, args: unknown): SendOutcome;
  sendAsk(flow: OutFlow, route: Route, pending: FarReply, sender: number, hops: readonly Hop[]): SendOutcome;
  /** Calls `pump` when the transport takes messages again. */
  awaitRoom(flow: OutFlow): void;
  /** A tell was lost after its sender had been told that it is on its way. */
  lost(route: Route, refusal: NotSent): void;
}

export class OutFlow implements FullMailbox {
  readonly actor: number;
  readonly #link: FlowLink;
  readonly #routes: readonly Route[];
  /** Since the stream opened. */
  #sent = 0;
  #sentBytes = 0;
  #allowed = creditMessagesFirst;
  #allowedBytes = creditBytesFirst;
  readonly #held = new Held();
  #roomWanted: (() => void)[] = [];
  #emptyWanted: (() => void)[] = [];
  /** The actor is gone, or the peer: whoever has more to send asks for another flow. */
  isOver = false;

  constructor(actor: number, routes: readonly Route[], link: FlowLink) {
    this.actor = actor;
    this.#routes = routes;
    this.#link = link;
  }

  /** What may be sent before the peer grants more: never less than nothing. */
  get credit(): number {
    return this.#sentBytes < this.#allowedBytes ? this.#allowed - this.#sent : 0;
  }

  get waiting(): number {
    return this.#held.size;
  }

  tell(route: Route, args: readonly unknown[]): Told {
    if (this.#held.size === 0 && this.credit > 0) {
      const outcome = this.#link.sendTell(this, route, args);
      if (outcome.status === "accepted") return accepted;
      if (outcome.reason !== "overloaded") return this.#refused(route, refusalOf(outcome));
      this.#link.awaitRoom(this);
    }
    return this.#tellLater(route, args);
  }

  ask(route: Route, pending: FarReply, sender: number, hops: readonly Hop[]): NotSent | undefined {
    if (this.#held.size === 0 && this.credit > 0) {
      const outcome = this.#link.sendAsk(this, route, pending, sender, hops);
      if (outcome.status === "accepted") return undefined;
      if (outcome.reason !== "overloaded") return refusalOf(outcome);
      this.#link.awaitRoom(this);
    }
    return this.#askLater(route, pending, sender, hops);
  }

  /** It has gone out. */
  counted(bytes: number): void {
    this.#sent++;
    this.#sentBytes += bytes;
  }

  /** So much may have been sent by now. What is less than before is old news. */
  granted(messages: number, bytes: number): void {
    this.#allowed = Math.max(this.#allowed, messages);
    this.#allowedBytes = Math.max(this.#allowedBytes, bytes);
    this.pump();
  }

  /** On another stream everything is counted anew: what has not been consumed of the last one never will be. */
  restart(): void {
    this.#sent = 0;
    this.#sentBytes = 0;
    this.#allowed = creditMessagesFirst;
    this.#allowedBytes = creditBytesFirst;
  }

  /** Sends what waits, as far as it may. */
  pump(): void {
    if (!this.#link.isOpen) return;
    for (let next = this.#held.first(); next !== undefined && this.credit > 0; next = this.#held.first()) {
      const outcome = this.#send(next);
      if (outcome?.status === "notSent" && outcome.reason === "overloaded") {
        this.#link.awaitRoom(this);
        return;
      }
      this.#held.shift();
      if (outcome?.status === "notSent") this.#lose(next, refusalOf(outcome));
      next.entered?.();
    }
    if (this.#held.size > 0) return;
    this.#tellEmpty();
    if (this.credit > 0) this.#tellRoom();
  }

  /** Runs a function as soon as nothing waits here; never, where the flow ends before. */
  whenEmpty(run: () => void): void {
    if (this.#held.size === 0) run();
    else this.#emptyWanted.push(run);
  }

  /** Nothing more can be sent, and nothing of what waits. */
  end(refusal: NotSent, settle: (pending: FarReply) => void): void {
    this.isOver = true;
    for (const one of this.#held.takeAll()) {
      if (one.pending === undefined) this.#lose(one, refusal);
      else if (one.pending.outcome === undefined) settle(one.pending);
      one.entered?.();
    }
    this.#tellRoom();
  }

  /** An ask whose time was up while it waited. */
  forget(): void {
    this.#held.forgotten();
  }

  // For tells that found no room.

  get mayWait(): boolean {
    return !this.isOver && this.#held.size < heldWaitingMax;
  }

  wait(method: Method, payload: unknown, entered: () => void): void {
    const route = this.#routes[method.index]!;
    if (this.isOver) {
      this.#link.lost(route, unreachable);
      return entered();
    }
    this.#held.push({ route, args: payload, entered, sender: 0, hops: noHops, pending: undefined });
    this.pump();
  }

  whenRoom(run: () => void): void {
    this.#roomWanted.push(run);
    if (this.isOver) this.#tellRoom();
    else this.pump();
  }

  uncount(): void {
    this.#link.counters.notSent--;
  }

  #tellLater(route: Route, given: readonly unknown[]): Told {
    const { method } = route;
    if (method.overflow === "reject") {
      this.#link.counters.notSent++;
      return new RefusedTell(this);
    }
    let args: unknown = given;
    try {
      if (method.transfer !== undefined) args = method.transfer(given);
    } catch (error) {
      return this.#refused(route, { status: "notSent", reason: "invalid", text: String(error) });
    }
    if (this.#held.size >= heldMessagesMax) {
      if (method.overflow === "wait") {
        this.#link.counters.notSent++;
        return new WaitingTell(this, method, args);
      }
      this.#dropOldest();
    }
    this.#held.push({ route, args, pending: undefined, sender: 0, hops: noHops, entered: undefined });
    return accepted;
  }

  #askLater(route: Route, pending: FarReply, sender: number, hops: readonly Hop[]): NotSent | undefined {
    const { method } = route;
    if (method.overflow === "reject" || this.#held.size >= heldWaitingMax) return overloaded;
    try {
      if (method.transfer !== undefined) pending.args = method.transfer(pending.args) as readonly unknown[];
    } catch (error) {
      return { status: "notSent", reason: "invalid", text: String(error) };
    }
    if (method.overflow === "dropOldest" && this.#held.size >= heldMessagesMax) this.#dropOldest();
    this.#held.push({ route, args: undefined, pending, sender, hops, entered: undefined });
    return undefined;
  }

  #dropOldest(): void {
    const oldest = this.#held.shift();
    if (oldest === undefined) return;
    this.#link.counters.dropped++;
    oldest.pending?.settle(overloaded);
    oldest.entered?.();
  }

  /** Undefined where nobody waits for it any more. */
  #send({ route, args, pending, sender, hops }: HeldMessage): SendOutcome | undefined {
    if (pending === undefined) return this.#link.sendTell(this, route, args);
    return pending.outcome === undefined ? this.#link.sendAsk(this, route, pending, sender, hops) : undefined;
  }

  #lose({ route, pending }: HeldMessage, refusal: NotSent): void {
    if (pending !== undefined) return pending.settle(refusal);
    this.#link.lost(route, refusal);
  }

  #refused(route: Route, refusal: NotSent): Pressure {
    this.#link.lost(route, refusal);
    return invalidTell;
  }

  #tellEmpty(): void {
    const wanted = this.#emptyWanted;
    if (wanted.length === 0) return;
    this.#emptyWanted = [];
    for (const run of wanted) run();
  }

  #tellRoom(): void {
    const wanted = this.#roomWanted;
    if (wanted.length === 0) return;
    this.#roomWanted = [];
    for (const run of wanted) run();
  }
}
