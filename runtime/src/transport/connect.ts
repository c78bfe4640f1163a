// A wish to reach whoever is at an address: dials the control lane until the peer is there, or until it is certain or
// long enough that it will not be. A dial that lost to another one is no answer yet: the peer is coming.

import type { Address } from "./address.ts";
import type { LaneStream } from "./lane-stream.ts";
import type { CloseReason } from "./session.ts";

/** What came of connecting. */
export type Connected<P> =
  | { readonly status: "connected"; readonly peer: P }
  | { readonly status: "notConnected"; readonly reason: CloseReason };

export const closingReason: CloseReason = { by: "us", code: "closing", text: "This node is closing." };

export const overReason: CloseReason = {
  by: "network",
  code: "failed",
  text: "The peer was there, and is over already.",
};

export function notConnected<P>(reason: CloseReason): Connected<P> {
  return { status: "notConnected", reason };
}

export interface ConnectOwner {
  /** Dials the control lane of the address. */
  dial(address: Address): LaneStream;
  setTimer(afterMs: number, run: () => void): () => void;
  random(): number;
  /** It is decided. */
  done(connect: Connect): void;
}

export interface ConnectTimes {
  readonly patienceMs: number;
  readonly redialFirstMs: number;
}

export class Connect {
  readonly address: Address;
  readonly #owner: ConnectOwner;
  readonly #times: ConnectTimes;
  readonly #resolve: (failure: CloseReason | undefined) => void;
  #stream: LaneStream | undefined;
  #lost = 0;
  #isDone = false;
  #cancelRetry: () => void = () => {};
  readonly #cancelPatience: () => void;
  /** Fulfilled with why it failed, or nothing. */
  readonly outcome: Promise<CloseReason | undefined>;

  constructor(address: Address, owner: ConnectOwner, times: ConnectTimes) {
    this.address = address;
    this.#owner = owner;
    this.#times = times;
    let settle: (failure: CloseReason | undefined) => void = () => {};
    this.outcome = new Promise((resolve) => {
      settle = resolve;
    });
    this.#resolve = settle;
    this.#cancelPatience = owner.setTimer(times.patienceMs, () => {
      const text = `the peer was not there within ${times.patienceMs} ms`;
      this.failed({ by: "network", code: "timedOut", text });
    });
  }

  /** This stream is its dial. */
  owns(stream: LaneStream): boolean {
    return stream === this.#stream;
  }

  dial(): void {
    this.#stream = this.#owner.dial(this.address);
  }

  /** Its dial is a lane: a peer is coming up. */
  handedOver(): void {
    this.#stream = undefined;
  }

  /** Its dial came to nothing. */
  ended(reason: CloseReason): void {
    this.#stream = undefined;
    if (reason.code === "dialLost") this.#retry();
    else this.failed(reason);
  }

  /** The peer that was coming up is over. */
  peerLost(): void {
    if (this.#stream === undefined) this.#retry();
  }

  #retry(): void {
    if (this.#isDone) return;
    this.#cancelRetry();
    const wait = this.#times.redialFirstMs * 2 ** Math.min(this.#lost++, 5);
    this.#cancelRetry = this.#owner.setTimer(wait * (0.5 + this.#owner.random() / 2), () => this.dial());
  }

  succeeded(): void {
    this.#finish(undefined);
  }

  failed(reason: CloseReason): void {
    this.#finish(reason);
  }

  #finish(failure: CloseReason | undefined): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#cancelRetry();
    this.#cancelPatience();
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.abandon(failure === undefined ? "dialLost" : "closing");
    this.#owner.done(this);
    this.#resolve(failure);
  }
}
