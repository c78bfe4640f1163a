// When asks expire: one timer looks at all of them, every tick, while there are any. An ask that is answered within a tick,
// as most are, costs no more than being linked into a list and out of it again.
import type { ActorHost } from "./host.ts";
import { deadlineTickMs } from "./limits.ts";

/** What has a deadline. The fields belong to {@link Deadlines}. */
export interface Expiring {
  /** The tick at which it expires. */
  expiresAt: number;
  /** The last tick when it was added. */
  addedAt: number;
  before: Expiring | undefined;
  after: Expiring | undefined;
  /** Called once, when its time is up. */
  expire(): void;
}

/** A power of two. */
const buckets = 256;

/** The end of a circular list, so that whoever is in it can be taken out without knowing which it is. */
class List implements Expiring {
  expiresAt = 0;
  addedAt = 0;
  before: Expiring | undefined = this;
  after: Expiring | undefined = this;
  expire(): void {}
}

export class Deadlines {
  readonly #host: ActorHost;
  /** What was added since the last tick: it has to wait for a whole one before its time begins to count. */
  readonly #fresh = new List();
  readonly #wheel: (List | undefined)[] = [];
  #size = 0;
  /** How many of them were added since the last tick. */
  #freshSize = 0;
  #tick = 0;
  #tickedMs = 0;
  #cancel: (() => void) | undefined;
  readonly #onTimer = (): void => {
    this.#cancel = undefined;
    this.advance();
    if (this.#size > 0) this.#wind();
  };

  constructor(host: ActorHost) {
    this.#host = host;
  }

  /** Whether something may be due: what was added since the last tick never is. */
  get mayBeDue(): boolean {
    return this.#size > this.#freshSize;
  }

  /** The tick at which something expires that may take so long from now; never sooner. */
  tickAfter(ms: number): number {
    return this.#tick + 1 + Math.ceil(Math.max(0, ms) / deadlineTickMs);
  }

  /** What is left until a tick, in milliseconds, at most. */
  msUntil(tick: number): number {
    return Math.max(0, (tick - this.#tick) * deadlineTickMs);
  }

  add(one: Expiring, tick: number): void {
    one.expiresAt = tick;
    one.addedAt = this.#tick;
    link(this.#fresh, one);
    this.#size++;
    this.#freshSize++;
    if (this.#cancel === undefined) {
      // Nothing has ticked for as long as there was nothing to expire.
      this.#tickedMs = this.#host.now();
      this.#wind();
    }
  }

  /** Nothing where it is not, or no longer, in here. */
  remove(one: Expiring): void {
    if (one.after === undefined) return;
    unlink(one);
    this.#size--;
    if (one.addedAt === this.#tick) this.#freshSize--;
  }

  /** Expires what is due. Called by the timer, and before messages are handled, which a timer may be late for. */
  advance(): void {
    const passed = Math.floor((this.#host.now() - this.#tickedMs) / deadlineTickMs);
    if (passed < 1) return;
    this.#tickedMs += passed * deadlineTickMs;
    const first = this.#tick + 1;
    this.#freshSize = 0;
    this.#tick += passed;
    this.#settleIn(passed - 1);
    const last = Math.min(this.#tick, first + buckets - 1);
    for (let tick = first; tick <= last; tick++) this.#sweep(tick & (buckets - 1));
  }

  /** Forgets the timer; what is still in here does not expire. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wind(): void {
    this.#cancel = this.#host.setTimer(deadlineTickMs, this.#onTimer);
  }

  /** Where ticks were missed, nobody knows how many of them passed before something was added: none counts. */
  #settleIn(missed: number): void {
    for (let one = this.#fresh.after!; one !== this.#fresh; one = this.#fresh.after!) {
      unlink(one);
      one.expiresAt += missed;
      const at = one.expiresAt & (buckets - 1);
      const list = this.#wheel[at] ?? new List();
      this.#wheel[at] = list;
      link(list, one);
    }
  }

  #sweep(at: number): void {
    const list = this.#wheel[at];
    if (list === undefined) return;
    const due: Expiring[] = [];
    for (let one = list.after!; one !== list; one = one.after!) {
      if (one.expiresAt <= this.#tick) due.push(one);
    }
    for (const one of due) {
      // What expires may take others with it.
      if (one.after === undefined) continue;
      this.remove(one);
      one.expire();
    }
  }
}

function link(list: List, one: Expiring): void {
  const last = list.before!;
  one.before = last;
  one.after = list;
  last.after = one;
  list.before = one;
}

function unlink(one: Expiring): void {
  one.before!.after = one.after;
  one.after!.before = one.before;
  one.before = undefined;
  one.after = undefined;
}
