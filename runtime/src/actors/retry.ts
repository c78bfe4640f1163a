// Asking again: only what is tagged as idempotent, and only where another attempt can have another outcome.
import type { Outcome } from "./outcome.ts";
import { awaitedAsNative, OutcomePromise } from "./outcome-promise.ts";
import type { CancelSignal, IdempotentReply, RetryOptions } from "./reply.ts";

const attemptsDefault = 3;
const delayDefaultMs = 50;

export interface RetryClock {
  /** In [0, 1). */
  random(): number;
  setTimer(afterMs: number, run: () => void): () => void;
}

/** Whether it is of use to ask again: the actor may be reached, or have room, another time. */
export function isTransient(outcome: Outcome<unknown>): boolean {
  switch (outcome.status) {
    case "ok":
    case "failed":
      return false;
    case "unknown":
      return true;
    case "rejected":
      return outcome.reason === "mailboxFull";
    case "notSent":
      return ["unreachable", "overloaded", "expired"].includes(outcome.reason);
  }
}

/** The same where another actor may have taken the place of the one that was asked. */
export function isTransientForSuccessor(outcome: Outcome<unknown>): boolean {
  if (outcome.status !== "rejected") return isTransient(outcome);
  return ["mailboxFull", "noSuchActor", "stopped"].includes(outcome.reason);
}

/** The last outcome of `first` and of what `again` asks, until there is one that is final. */
export class RetriedReply extends OutcomePromise {
  static {
    awaitedAsNative(RetriedReply.prototype);
  }

  readonly #again: () => IdempotentReply<unknown>;
  readonly #clock: RetryClock;
  readonly #attemptsMax: number;
  readonly #delayMs: number;
  readonly #mayHelp: (outcome: Outcome<unknown>) => boolean;
  #current: IdempotentReply<unknown>;
  #attempts = 1;
  /** What is asked of this reply is asked of each attempt. */
  #withinMs: number | undefined;
  #signal: CancelSignal | undefined;

  constructor(
    first: IdempotentReply<unknown>,
    again: () => IdempotentReply<unknown>,
    clock: RetryClock,
    options: RetryOptions = {},
    mayHelp: (outcome: Outcome<unknown>) => boolean = isTransient,
  ) {
    super();
    this.#again = again;
    this.#mayHelp = mayHelp;
    this.#clock = clock;
    this.#attemptsMax = options.attemptsMax ?? attemptsDefault;
    this.#delayMs = options.delayMs ?? delayDefaultMs;
    this.#current = first;
    this.#listen();
  }

  within(ms: number): this {
    this.#withinMs = ms;
    this.#current.within(ms);
    return this;
  }

  withSignal(signal: CancelSignal): this {
    this.#signal = signal;
    this.#current.withSignal(signal);
    return this;
  }

  retry(options?: RetryOptions): IdempotentReply<unknown> {
    return new RetriedReply(this, this.#again, this.#clock, options, this.#mayHelp);
  }

  #listen(): void {
    void this.#current.then((outcome) => {
      const isLast = this.#attempts >= this.#attemptsMax || this.#signal?.aborted === true;
      if (isLast || !this.#mayHelp(outcome)) {
        this.outcome = outcome;
        this.fulfil(outcome);
        return;
      }
      const waitMs = this.#delayMs * 2 ** (this.#attempts - 1);
      this.#clock.setTimer(waitMs * (0.5 + this.#clock.random()), () => this.#askAgain());
    });
  }

  #askAgain(): void {
    this.#attempts++;
    this.#current = this.#again();
    if (this.#withinMs !== undefined) this.#current.within(this.#withinMs);
    if (this.#signal !== undefined) this.#current.withSignal(this.#signal);
    this.#listen();
  }
}
