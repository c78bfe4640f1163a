// Until when a lease holds, in one word of memory. Several may extend and end it, also from other threads, each by comparing
// and exchanging: so that of "it ran out" and "it was renewed" only one ever comes true. What is over stays over.

/** A number that is changed only by whoever has seen what it is: memory of one thread, or of several. */
export interface Word {
  load(): number;
  /** Stores `next` if it is `expected` still; answers whether. */
  exchange(expected: number, next: number): boolean;
}

/** Of one thread. */
export class LocalWord implements Word {
  #value: number;

  constructor(value: number) {
    this.#value = value;
  }

  load(): number {
    return this.#value;
  }

  exchange(expected: number, next: number): boolean {
    if (this.#value !== expected) return false;
    this.#value = next;
    return true;
  }
}

/** - `expired`: this call has ended it. `over`: something had before. */
export type Expiry = "held" | "expired" | "over";

/** Zero in a word, or less, is that it is over. */
const over = 0;

export class LeaseMemory {
  readonly #word: Word;
  /** As far as it was known to hold when somebody looked last: it is never shortened, but by an end. */
  #seenMs = Number.NEGATIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** Of a word that says until when it holds, in milliseconds, more than zero. */
  constructor(word: Word) {
    this.#word = word;
  }

  /** -Infinity where it is over. */
  get untilMs(): number {
    const untilMs = this.#word.load();
    if (untilMs <= over) return Number.NEGATIVE_INFINITY;
    this.#lastMs = untilMs;
    return untilMs;
  }

  /** The latest end that was seen here: of one that is over, when it was, unless others have extended it unseen. */
  get lastUntilMs(): number {
    return this.#lastMs;
  }

  /** Whether it holds now. Who is told that it does not has ended it: it cannot be extended any more. */
  isHeld(nowMs: number): boolean {
    // Asked before every message: mostly this answers.
    return nowMs < this.#seenMs || this.expire(nowMs) === "held";
  }

  /** Ends it where its time is over. */
  expire(nowMs: number): Expiry {
    for (;;) {
      const untilMs = this.#word.load();
      if (untilMs <= over) return this.#isOver("over");
      this.#lastMs = untilMs;
      if (nowMs < untilMs) {
        this.#seenMs = untilMs;
        return "held";
      }
      if (this.#word.exchange(untilMs, over)) return this.#isOver("expired");
    }
  }

  /** It holds at least until then. False where it is over, or its time was: then it is so for good. */
  extend(toMs: number, nowMs: number): boolean {
    for (;;) {
      if (this.expire(nowMs) !== "held") return false;
      const untilMs = this.#seenMs;
      if (toMs <= untilMs) return true;
      if (!this.#word.exchange(untilMs, toMs)) continue;
      this.#lastMs = toMs;
      return true;
    }
  }

  /** Ends it before its time. */
  end(): void {
    this.#isOver("over");
    for (;;) {
      const untilMs = this.#word.load();
      if (untilMs <= over || this.#word.exchange(untilMs, over)) return;
    }
  }

  #isOver(expiry: "expired" | "over"): Expiry {
    this.#seenMs = Number.NEGATIVE_INFINITY;
    return expiry;
  }
}

/** Where one lease is remembered that holds until then. */
export type NewLeaseMemory = (term: number, untilMs: number) => LeaseMemory;

/** For who is the only one to renew it. */
export const localLeaseMemory: NewLeaseMemory = (_term, untilMs) => new LeaseMemory(new LocalWord(untilMs));
