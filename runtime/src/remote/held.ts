// Messages that wait for credit, in order.

import type { Hop } from "./envelope.ts";
import type { FarReply } from "./far-reply.ts";
import type { Route } from "./remote-protocol.ts";

export interface HeldMessage {
  readonly route: Route;
  /** Of a tell. */
  readonly args: unknown;
  /** An ask. */
  readonly pending: FarReply | undefined;
  readonly sender: number;
  readonly hops: readonly Hop[];
  /** Called when it has been sent, or is lost. */
  readonly entered: (() => void) | undefined;
}

export class Held {
  #messages: HeldMessage[] = [];
  #taken = 0;
  /** Asks among them that nobody waits for any more, at most. */
  #forgotten = 0;

  get size(): number {
    return this.#messages.length - this.#taken;
  }

  push(message: HeldMessage): void {
    this.#messages.push(message);
  }

  first(): HeldMessage | undefined {
    return this.#messages[this.#taken];
  }

  shift(): HeldMessage | undefined {
    const first = this.#messages[this.#taken];
    if (first === undefined) return undefined;
    this.#taken++;
    if (this.#taken * 2 >= this.#messages.length) this.#compact();
    return first;
  }

  takeAll(): readonly HeldMessage[] {
    const all = this.#messages.slice(this.#taken);
    this.#messages = [];
    this.#taken = 0;
    return all;
  }

  /** Nobody waits for one of the asks any more. When there are many of those, they are let go of. */
  forgotten(): void {
    this.#forgotten++;
    if (this.#forgotten * 2 < this.size) return;
    this.#forgotten = 0;
    this.#messages = this.takeAll().filter(({ pending }) => pending?.outcome === undefined);
  }

  #compact(): void {
    this.#messages = this.#messages.slice(this.#taken);
    this.#taken = 0;
  }
}
