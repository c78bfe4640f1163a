// Messages whose senders wait for room, in the order in which they came, with what the runtime put behind them.
import { type Method, turn } from "./method.ts";

export interface Waiting {
  readonly method: Method;
  readonly payload: unknown;
  /** Called when the message is in the mailbox, or lost. */
  readonly entered: (() => void) | undefined;
}

export class WaitingSenders {
  #entries: Waiting[] = [];
  /** Those before it have been taken. */
  #from = 0;

  get length(): number {
    return this.#entries.length - this.#from;
  }

  push(one: Waiting): void {
    this.#entries.push(one);
  }

  /** Takes at most so many messages out, and what is the runtime's own in front of them and behind them. */
  take(most: number): readonly Waiting[] {
    const entries = this.#entries;
    let end = this.#from;
    for (let left = most; end < entries.length; end++) {
      if (entries[end]!.method !== turn && left-- <= 0) break;
    }
    const taken = entries.slice(this.#from, end);
    this.#from = end;
    // Now and then, so that what was taken is not kept, and not every time, which would take the time of all that wait.
    if (2 * end >= entries.length) {
      this.#entries = entries.slice(end);
      this.#from = 0;
    }
    return taken;
  }
}
