// What asking an actor returns.
import type { Outcome } from "./outcome.ts";

/**
 * The answer to come. Await it for the {@link Outcome}; it is never rejected. The message is on its way whether or not
 * it is awaited.
 */
export interface Reply<T> extends PromiseLike<Outcome<T>> {
  /** The value alone. Rejects with an `OutcomeError` for every outcome but `ok`. */
  orThrow(): Promise<T>;
  /**
   * The same answer with a deadline of its own, in milliseconds from now: what has not begun by then will not, and the
   * outcome is `notSent: expired`, or `unknown: timeout` once a handler began. Never later than the deadline of the
   * message that the asking actor is handling.
   */
  within(ms: number): this;
  /** The same answer, given up when the signal aborts: as if its time were up then. */
  withSignal(signal: CancelSignal): this;
}

/** The answer of a method that may be repeated: one tagged `@idempotent`. */
export interface IdempotentReply<T> extends Reply<T> {
  /**
   * Asks again, with the same time for each attempt, while another outcome is possible: not after `ok` and `failed`, and
   * not where the actor is gone or refuses the call as such.
   */
  retry(options?: RetryOptions): IdempotentReply<T>;
}

export interface RetryOptions {
  /** How often it is asked at most, the first time included. Default 3. */
  readonly attemptsMax?: number;
  /** The wait before the second attempt, in milliseconds; each further one is twice as long, with jitter. Default 50. */
  readonly delayMs?: number;
}

/** The part of an `AbortSignal` that is needed here, so that this compiles without the DOM's types. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
