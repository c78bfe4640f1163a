// An ask on its way: the entry in a mailbox, the reply that its sender awaits, and what its deadline is about, in one
// object, because there is one of each for every ask.
import type { Deadlines, Expiring } from "./deadlines.ts";
import type { Method } from "./method.ts";
import type { Outcome } from "./outcome.ts";
import { awaitedAsNative, OutcomePromise } from "./outcome-promise.ts";
import type { CancelSignal, IdempotentReply, RetryOptions } from "./reply.ts";
import { isTransient, isTransientForSuccessor, RetriedReply, type RetryClock } from "./retry.ts";

/** Who asked: an actor whose handler may wait for the answer. */
export interface Asker {
  /** Counts what the actor has begun to handle. */
  readonly turn: number;
  /** Tick at which the message at hand expires; infinite where it does not. */
  readonly expiresAt: number;
  /** The asks of the actor that are not answered yet, as a list. */
  asks: PendingReply | undefined;
  /** Has the microtasks that are queued between these two count as the actor's own. */
  readonly enter: () => void;
  readonly leave: () => void;
  /** Whether the handler that asked in this turn is still at work. */
  waitsIn(turn: number): boolean;
}

/** Where the ask went. */
export interface AskTarget {
  readonly deadlines: Deadlines;
  readonly clock: RetryClock;
  /** What is to be said of an ask whose time is up, or whose sender gave up; the target may stop working on it. */
  giveUp(pending: PendingReply): Outcome<never>;
  /** Sends the same message again. */
  ask<T>(method: number, args: readonly unknown[]): IdempotentReply<T>;
}

const microtask = /* @__PURE__ */ Promise.resolve();

export class PendingReply extends OutcomePromise implements Expiring {
  static {
    awaitedAsNative(PendingReply.prototype);
  }

  readonly target: AskTarget;
  readonly method: Method;
  args: readonly unknown[];
  readonly asker: Asker | undefined;
  /** The asker's turn in which it was asked. */
  readonly turn: number;
  /** Whether a handler has begun with it. */
  hasBegun = false;
  /** By which way it is asked again, where that is not its target: whoever has the target's place then is asked. */
  again: Pick<AskTarget, "ask"> | undefined = undefined;

  /** What the outcome will be. */
  #decided: Outcome<unknown> | undefined = undefined;
  #withinMs: number | undefined = undefined;
  expiresAt = 0;
  addedAt = 0;
  before: Expiring | undefined = undefined;
  after: Expiring | undefined = undefined;
  /** Neighbours in the asker's list. */
  asksBefore: PendingReply | undefined = undefined;
  asksAfter: PendingReply | undefined = undefined;

  constructor(
    target: AskTarget,
    method: Method,
    args: readonly unknown[],
    asker: Asker | undefined,
    deadlineMs: number,
  ) {
    super();
    this.target = target;
    this.method = method;
    this.args = args;
    this.asker = asker;
    if (asker === undefined) this.turn = 0;
    else {
      this.turn = asker.turn;
      this.#join(asker);
    }
    this.#expireIn(deadlineMs);
  }

  /** Tells the outcome, the first time; what comes later is too late. */
  settle(last: Outcome<unknown>): void {
    if (this.outcome !== undefined) return;
    const outcome = this.#decided ?? last;
    this.outcome = outcome;
    this.target.deadlines.remove(this);
    const { asker } = this;
    if (asker === undefined) {
      this.fulfil(outcome);
      return;
    }
    this.#part(asker);
    if (!asker.waitsIn(this.turn)) {
      this.fulfil(outcome);
      return;
    }
    // The handler goes on in the microtask that this queues, so that what it asks next is known to be its own.
    void microtask.then(asker.enter);
    this.fulfil(outcome);
    void microtask.then(asker.leave);
  }

  /** As `settle`, once the handler that asks has had the time to wait for it. */
  settleSoon(outcome: Outcome<unknown>): void {
    this.#decided = outcome;
    void microtask.then(() => this.settle(outcome));
  }

  expire(): void {
    this.settle(this.target.giveUp(this));
  }

  within(ms: number): this {
    this.#withinMs = ms;
    if (this.outcome === undefined) {
      this.target.deadlines.remove(this);
      this.#expireIn(ms);
    }
    return this;
  }

  withSignal(signal: CancelSignal): this {
    if (this.outcome !== undefined) return this;
    const abort = (): void => this.expire();
    if (signal.aborted) abort();
    else {
      signal.addEventListener("abort", abort);
      this.onOutcome(() => signal.removeEventListener("abort", abort));
    }
    return this;
  }

  retry(options?: RetryOptions): IdempotentReply<unknown> {
    const { target, method, args } = this;
    if (!method.isIdempotent) throw new TypeError(`${method.name} is not tagged @idempotent`);
    const by = this.again ?? target;
    const again = (): IdempotentReply<unknown> => {
      const reply = by.ask(method.index, args);
      return this.#withinMs === undefined ? reply : reply.within(this.#withinMs);
    };
    const mayHelp = this.again === undefined ? isTransient : isTransientForSuccessor;
    return new RetriedReply(this, again, target.clock, options, mayHelp);
  }

  /** Never later than the message that the asker is at. */
  #expireIn(ms: number): void {
    const { deadlines } = this.target;
    const tick = deadlines.tickAfter(ms);
    deadlines.add(this, this.asker === undefined ? tick : Math.min(tick, this.asker.expiresAt));
  }

  #join(asker: Asker): void {
    const first = asker.asks;
    this.asksAfter = first;
    if (first !== undefined) first.asksBefore = this;
    asker.asks = this;
  }

  #part(asker: Asker): void {
    const { asksBefore, asksAfter } = this;
    if (asksBefore === undefined) asker.asks = asksAfter;
    else asksBefore.asksAfter = asksAfter;
    if (asksAfter !== undefined) asksAfter.asksBefore = asksBefore;
    this.asksBefore = undefined;
    this.asksAfter = undefined;
  }
}
