// One actor: what waits for it, what it is at, and who waits for it. It is what stands behind a near handle.
import type { PlatformAbortController } from "./abort.ts";
import { BoundedMailbox } from "./bounded-mailbox.ts";
import { cycle, expired, fenced, taken } from "./cell-outcomes.ts";
import { cycleThrough, type Waiter } from "./cycle.ts";
import type { Deadlines } from "./deadlines.ts";
import { Ending, type EndingCell } from "./ending.ts";
import { failed, failureOf } from "./failure.ts";
import type { StopReason } from "./hooks.ts";
import type { ActorHost } from "./host.ts";
import { isPromise } from "./is-promise.ts";
import type { Lease } from "./lease.ts";
import { askKind, type Method, tellKind, trackedKind, turnKind } from "./method.ts";
import type { Outcome } from "./outcome.ts";
import { type Asker, type AskTarget, PendingReply } from "./pending-reply.ts";
import type { ActorAddress, Port } from "./port.ts";
import { invalidTell } from "./pressure.ts";
import type { Protocol } from "./protocol.ts";
import type { IdempotentReply } from "./reply.ts";
import type { ActorCounters, ActorReport } from "./report.ts";
import type { RetryClock } from "./retry.ts";
import type { Runner } from "./run-queue.ts";
import type { Surroundings } from "./surroundings.ts";
import { accepted, type Told } from "./told.ts";

/** What cells share. */
export interface CellWorld {
  readonly host: ActorHost;
  readonly clock: RetryClock;
  readonly deadlines: Deadlines;
  readonly counters: ActorCounters;
  /** This node's identity as text, where it has one. */
  readonly node: string | undefined;
  /** Whose code runs at the moment; undefined while it is nobody's. */
  current: ActorCell | undefined;
  /** Has nobody's code run. */
  readonly leave: () => void;
  /** Gives a cell a turn, behind those that are in line. */
  enqueue(cell: ActorCell): void;
  report(report: ActorReport): void;
  /** The last that is heard of a cell. */
  ended(cell: ActorCell): void;
}

export interface CellTerms {
  readonly id: number;
  readonly name: string | undefined;
  readonly parent: ActorCell | undefined;
  readonly generation: number;
  readonly mailboxMessages: number;
  /** Without one it runs until it is stopped. */
  readonly lease: Lease | undefined;
}

/** `running` also before the constructor has returned. `ending`: handles no more messages. */
export type CellStatus = "running" | "ending" | "ended";

/** Told when a cell has ended: once, behind the last message that it sent. */
export interface Watcher {
  down(target: ActorCell, reason: StopReason): void;
}

export class ActorCell extends BoundedMailbox implements Port, Asker, AskTarget, Waiter, Runner, EndingCell {
  readonly world: CellWorld;
  readonly protocol: Protocol;
  readonly terms: CellTerms;
  /** Set when the constructor has returned. */
  actor: object | undefined = undefined;
  surroundings: Surroundings | undefined = undefined;
  status: CellStatus = "running";
  /** From its end on. */
  ending: Ending | undefined = undefined;
  /** The ask that a handler is at work on. */
  at: PendingReply | undefined = undefined;
  turn = 0;
  asks: PendingReply | undefined = undefined;
  /** A handler is at work beyond the turn in which it began. */
  isBusy = false;
  /** Made when a handler asks for its signal. */
  controller: PlatformAbortController | undefined = undefined;
  watchers: Set<Watcher> | undefined = undefined;
  nextInLine: Runner | undefined = undefined;
  /** Told when it has ended, children and all. */
  onEnded: ((reason: StopReason) => void) | undefined = undefined;

  readonly #methods: readonly Method[];
  /** Neither in line, nor running, nor busy. */
  #isIdle = true;
  #enter: (() => void) | undefined = undefined;
  #onDone: ((value: unknown) => void) | undefined = undefined;
  #onThrown: ((error: unknown) => void) | undefined = undefined;

  constructor(world: CellWorld, protocol: Protocol, terms: CellTerms) {
    super(terms.mailboxMessages);
    this.world = world;
    this.protocol = protocol;
    this.terms = terms;
    this.#methods = protocol.methods;
  }

  get address(): ActorAddress {
    const { node } = this.world;
    const here = { id: this.terms.id, actor: this.protocol.name };
    return node === undefined ? here : { ...here, node };
  }

  get label(): string {
    return this.terms.name ?? `${this.protocol.name}#${this.terms.id}`;
  }

  /** Its lease has run out: it handles, sends and answers nothing more. */
  get isFenced(): boolean {
    const { lease } = this.terms;
    return lease !== undefined && !lease.isHeld;
  }

  protected get counters(): ActorCounters {
    return this.world.counters;
  }

  protected get isOpen(): boolean {
    return this.status === "running";
  }

  get deadlines(): Deadlines {
    return this.world.deadlines;
  }

  get clock(): RetryClock {
    return this.world.clock;
  }

  get leave(): () => void {
    return this.world.leave;
  }

  get enter(): () => void {
    this.#enter ??= () => {
      this.world.current = this;
    };
    return this.#enter;
  }

  get expiresAt(): number {
    return this.at === undefined ? Number.POSITIVE_INFINITY : this.at.expiresAt;
  }

  // Sending to it.

  tell(index: number, given: readonly unknown[]): Told {
    const method = this.#methods[index]!;
    let args: unknown = given;
    if (method.transfer !== undefined) {
      try {
        args = method.transfer(given);
      } catch (error) {
        this.world.counters.notSent++;
        this.report("invalid", method, error);
        return invalidTell;
      }
    }
    if (this.count >= this.limit) return this.tellWithoutRoom(method, args);
    this.insert(method, args);
    return accepted;
  }

  ask<T>(index: number, args: readonly unknown[]): IdempotentReply<T> {
    const method = this.#methods[index]!;
    const { current } = this.world;
    const pending = new PendingReply(this, method, args, current, method.deadlineMs);
    const refusal = this.#refusal(method, pending, current);
    if (refusal === undefined) this.post(method, pending);
    else pending.settleSoon(refusal);
    // The generated handle has checked the arguments, and knows what comes of them.
    return pending as unknown as IdempotentReply<T>;
  }

  /** Why an ask cannot even be tried. */
  #refusal(method: Method, pending: PendingReply, asker: ActorCell | undefined): Outcome<never> | undefined {
    // A handler that is not at work beyond its turn may end without waiting.
    const circle = asker?.isBusy ? cycleThrough(asker, this) : undefined;
    if (circle !== undefined) return cycle(circle);
    if (method.transfer === undefined) return undefined;
    try {
      pending.args = method.transfer(pending.args) as readonly unknown[];
      return undefined;
    } catch (error) {
      return { status: "notSent", reason: "invalid", text: failureOf(error).message };
    }
  }

  // Being asked.

  giveUp(pending: PendingReply): Outcome<never> {
    this.world.counters.expired++;
    if (!pending.hasBegun) return expired;
    if (this.at === pending) this.controller?.abort();
    return { status: "unknown", reason: "timeout", text: `${this.label} did not answer in time.` };
  }

  // Asking.

  waitsIn(turnOfAsk: number): boolean {
    return this.isBusy && this.turn === turnOfAsk;
  }

  /** The handler waits from now on: for which of the asks that it has sent would it wait for ever? */
  #refuseCycles(): void {
    for (let ask = this.asks; ask !== undefined; ) {
      const next = ask.asksAfter;
      if (ask.turn === this.turn && ask.target instanceof ActorCell) {
        const circle = cycleThrough(this, ask.target);
        if (circle !== undefined) ask.settle(cycle(circle));
      }
      ask = next;
    }
  }

  *waitsFor(): Generator<ActorCell> {
    if (!this.isBusy) return;
    for (let ask = this.asks; ask !== undefined; ask = ask.asksAfter) {
      if (ask.turn === this.turn && ask.target instanceof ActorCell) yield ask.target;
    }
  }

  // Running.

  /** Handles messages, at most so many, and says how many. */
  run(most: number): number {
    if (this.ending !== undefined) {
      const child = this.ending.goOn();
      if (child === undefined) return 1;
      // Its end wakes this one.
      this.#isIdle = true;
      child.end({ reason: "parentStopped" });
      return 1;
    }
    let done = 0;
    try {
      while (done < most && !this.isEmpty && !this.isBusy && this.status === "running") {
        if (this.isFenced) {
          this.end({ reason: "leaseLost" });
          break;
        }
        done++;
        this.#handleNext();
      }
    } catch (error) {
      this.crash(error);
    }
    if (!this.isBusy) this.#goOn();
    return done;
  }

  #handleNext(): void {
    const { ring, head } = this;
    const method = ring[head] as Method;
    const payload = ring[head + 1];
    ring[head] = undefined;
    ring[head + 1] = undefined;
    this.head = (head + 2) & this.mask;
    this.turn++;
    if (method.kind === tellKind) {
      this.left();
      this.world.counters.handled++;
      const result = method.run(this.actor!, payload);
      if (result !== undefined || this.controller !== undefined) this.#settleLater(result);
    } else if (method.kind === askKind) {
      this.left();
      this.#handleAsk(method, payload as PendingReply);
    } else this.#handleOther(method, payload);
  }

  #handleAsk(method: Method, pending: PendingReply): void {
    if (pending.outcome !== undefined) return;
    pending.hasBegun = true;
    this.world.counters.handled++;
    this.at = pending;
    let result: unknown;
    try {
      result = method.run(this.actor!, pending.args);
    } catch (error) {
      this.#finish();
      pending.settle(failed(error));
      throw error;
    }
    if (isPromise(result)) this.#waitFor(result, pending);
    else {
      this.#finish();
      this.#answer(pending, result);
    }
  }

  #handleOther(method: Method, payload: unknown): void {
    if (method.kind === trackedKind) {
      const pending = payload as PendingReply;
      this.left();
      pending.settle(taken);
      this.world.counters.handled++;
      this.#settleLater(method.run(this.actor!, pending.args));
    } else if (method.kind === turnKind) this.#settleLater((payload as () => unknown)());
  }

  #settleLater(result: unknown): void {
    if (isPromise(result)) this.#waitFor(result, undefined);
    else this.controller = undefined;
  }

  #answer(pending: PendingReply, value: unknown): void {
    if (this.isFenced) return pending.settle(fenced);
    const { transferResult } = pending.method;
    if (transferResult === undefined) {
      pending.settle({ status: "ok", value });
      return;
    }
    let copy: unknown;
    try {
      copy = transferResult(value);
    } catch (error) {
      this.report("invalid", pending.method, error);
      pending.settle(failed(error));
      return;
    }
    pending.settle({ status: "ok", value: copy });
  }

  /** The handler promised its result: nothing else is handled before it comes, except by actors that want it so. */
  #waitFor(result: PromiseLike<unknown>, pending: PendingReply | undefined): void {
    if (this.protocol.isReentrant) {
      this.#finish();
      result.then(
        (value) => pending && this.#answer(pending, value),
        (error) => {
          pending?.settle(failed(error));
          this.crash(error);
        },
      );
      return;
    }
    this.isBusy = true;
    if (this.asks !== undefined) this.#refuseCycles();
    this.ending?.awaitHandler();
    this.#onDone ??= (value) => this.#done(value);
    this.#onThrown ??= (error) => this.#thrown(error);
    result.then(this.#onDone, this.#onThrown);
  }

  #done(value: unknown): void {
    // It was given up, and came to an end after all.
    if (!this.isBusy) return;
    const pending = this.at;
    this.isBusy = false;
    this.#finish();
    if (pending !== undefined) this.#answer(pending, value);
    this.#goOn();
  }

  #thrown(error: unknown): void {
    if (!this.isBusy) return;
    const pending = this.at;
    this.isBusy = false;
    this.#finish();
    pending?.settle(failed(error));
    this.crash(error);
    this.#goOn();
  }

  #finish(): void {
    this.at = undefined;
    this.controller = undefined;
  }

  /** Gets in line again, if there is more to do. */
  #goOn(): void {
    if (this.isEmpty && this.status === "running") this.#isIdle = true;
    else this.world.enqueue(this);
  }

  // Ending.

  /** What it ran threw: it ends, because nobody knows in which state it is. */
  crash(error: unknown): void {
    if (this.status !== "running") return;
    this.world.counters.crashed++;
    this.report("crashed", undefined, error);
    this.end({ reason: "crashed", error: failureOf(error) });
  }

  /** Handles no more messages, and ends when what it is at is done. Nothing where it ends already. */
  end(reason: StopReason): void {
    if (this.status !== "running") return;
    this.status = "ending";
    this.ending = new Ending(this, this.world.host, reason);
    this.controller?.abort();
    if (reason.reason === "leaseLost") this.report("leaseLost", this.at?.method, undefined);
    this.close();
    if (this.isBusy) this.ending.awaitHandler();
    else this.wake();
  }

  protected filled(): void {
    this.wake();
  }

  /** Gets an idle cell in line. */
  wake(): void {
    if (!this.#isIdle) return;
    this.#isIdle = false;
    this.world.enqueue(this);
  }

  protected lost(method: Method, payload: unknown): void {
    if (method.kind !== tellKind) {
      const pending = payload as PendingReply;
      if (pending.outcome !== undefined) return;
      const isLate = this.status === "ended";
      pending.settleSoon(
        this.rejected(isLate ? "noSuchActor" : "stopped", isLate ? "%s has stopped." : "%s stopped."),
      );
    }
    this.world.counters.deadLetters++;
    this.report("deadLetter", method, undefined);
  }

  abandon(): void {
    if (!this.isBusy) return;
    this.isBusy = false;
    this.report("abandoned", this.at?.method, undefined);
    this.at?.settle({
      status: "unknown",
      reason: "timeout",
      text: `${this.label} stopped without an answer.`,
    });
    this.#finish();
    this.world.enqueue(this);
  }

  takeTurn(): void {
    this.world.enqueue(this);
  }

  ended(reason: StopReason): void {
    this.status = "ended";
    this.surroundings?.close();
    this.world.ended(this);
    const { watchers } = this;
    this.watchers = undefined;
    if (watchers !== undefined) for (const watcher of watchers) watcher.down(this, reason);
    this.onEnded?.(reason);
    this.actor = undefined;
    this.surroundings = undefined;
    if (this.terms.parent?.status === "ending") this.terms.parent.wake();
  }

  report(event: ActorReport["event"], method: Method | undefined, error: unknown): void {
    this.world.report({
      event,
      actor: this.address,
      ...(method !== undefined && { method: method.name }),
      ...(error !== undefined && { error }),
    });
  }
}
