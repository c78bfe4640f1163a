// All wishes of a transport to reach an address, and the pursuit of those whose process was replaced.

import { type Address, formatAddress } from "./address.ts";
import { Connect, type ConnectTimes } from "./connect.ts";
import type { LaneStream } from "./lane-stream.ts";
import type { Link } from "./link.ts";
import type { CloseReason } from "./session.ts";

export interface ConnectsOwner {
  /** Dials the control lane of an address, for whoever is there. */
  dialAnyone(address: Address): LaneStream;
  linkAt(address: Address): Link | undefined;
  setTimer(afterMs: number, run: () => void): () => void;
  random(): number;
}

export interface ConnectsTimes extends ConnectTimes {
  readonly redialLongestMs: number;
}

export class Connects {
  readonly #owner: ConnectsOwner;
  readonly #times: ConnectsTimes;
  readonly #all = new Map<string, Connect>();

  constructor(owner: ConnectsOwner, times: ConnectsTimes) {
    this.#owner = owner;
    this.#times = times;
  }

  /** Fulfilled with why nobody could be reached at the address, or with nothing: both lanes are open. */
  to(address: Address): Promise<CloseReason | undefined> {
    const key = formatAddress(address);
    return (this.#all.get(key) ?? this.#begin(address, key)).outcome;
  }

  /**
   * Connects again and again until somebody is there, with waits as those of a redial. `isWanted` is asked before each
   * attempt, and `connect` makes one: true where that was the last.
   */
  async pursue(isWanted: () => boolean, connect: () => Promise<boolean>): Promise<void> {
    const { redialFirstMs, redialLongestMs } = this.#times;
    for (let failures = 0; isWanted() && !(await connect()); failures++) {
      const waitMs = Math.min(redialLongestMs, redialFirstMs * 2 ** Math.min(failures, 30));
      await this.#wait(waitMs * (0.5 + this.#owner.random() / 2));
    }
  }

  /** The stream has reached somebody, and is a lane of that peer. */
  handedOver(stream: LaneStream): void {
    for (const connect of this.#all.values()) if (connect.owns(stream)) connect.handedOver();
  }

  /** A stream ended that is no lane of anybody's: perhaps the dial of one of these. `link`: of whom it reached. */
  ended(stream: LaneStream, reason: CloseReason, link: Link | undefined): void {
    for (const connect of [...this.#all.values()]) {
      if (!connect.owns(stream)) continue;
      if (link?.isUp === true && link.peer.isConnected) connect.succeeded();
      else connect.ended(reason);
    }
  }

  /** Both lanes of a peer are open. */
  connected(link: Link): void {
    for (const connect of this.#at(link)) connect.succeeded();
  }

  /** A peer is over: where it was about to be there, that was one attempt. */
  peerLost(link: Link): void {
    for (const connect of this.#at(link)) connect.peerLost();
  }

  fail(reason: CloseReason): void {
    for (const connect of [...this.#all.values()]) connect.failed(reason);
  }

  #at(link: Link): Connect[] {
    return [...this.#all.values()].filter(({ address }) => this.#owner.linkAt(address) === link);
  }

  #begin(address: Address, key: string): Connect {
    const owner = {
      dial: (to: Address) => this.#owner.dialAnyone(to),
      setTimer: (afterMs: number, run: () => void) => this.#owner.setTimer(afterMs, run),
      random: () => this.#owner.random(),
      done: (connect: Connect) => {
        if (this.#all.get(key) === connect) this.#all.delete(key);
      },
    };
    const connect = new Connect(address, owner, this.#times);
    this.#all.set(key, connect);
    const known = this.#owner.linkAt(address);
    if (known === undefined) connect.dial();
    else {
      known.control.need();
      known.user.need();
    }
    return connect;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#owner.setTimer(ms, resolve);
    });
  }
}
