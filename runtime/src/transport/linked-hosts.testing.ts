// Two connections joined by memory instead of a socket, with a clock that stands still until told otherwise: for
// tests that want to decide what arrives when, and in which pieces.

import { Catalogue, type Offer } from "./catalogue.ts";
import { Connection, type ConnectionEvents, type ConnectionHost } from "./connection.ts";
import { protocolVersions, type SessionConfig } from "./session.ts";

export class MemoryHost implements ConnectionHost {
  peer: MemoryHost | undefined;
  connection: Connection | undefined;
  /** Written here, not yet taken over by the peer. */
  readonly outgoing: Uint8Array[] = [];
  /** Bytes in `outgoing` from which on it wants no more. */
  highWaterMark = Number.POSITIVE_INFINITY;
  ended = false;
  gone = false;
  now = 0;
  #due: (() => void)[] = [];
  #timers: { at: number; run: () => void }[] = [];

  get outgoingBytes(): number {
    return this.outgoing.reduce((sum, { length }) => sum + length, 0);
  }
  get timers(): number {
    return this.#timers.length;
  }
  write(bytes: Uint8Array): boolean {
    if (this.ended) throw new Error("written after the end");
    this.outgoing.push(bytes);
    return this.outgoingBytes < this.highWaterMark;
  }
  end(): void {
    this.ended = true;
  }
  destroy(): void {
    if (this.gone) return;
    this.gone = true;
    this.ended = true;
    this.#due.push(() => this.connection?.destroyed());
  }
  schedule(run: () => void): void {
    this.#due.push(run);
  }
  setTimer(afterMs: number, run: () => void): () => void {
    const timer = { at: this.now + afterMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }
  /** Runs what was scheduled; true if there was something. */
  tick(): boolean {
    const due = this.#due;
    this.#due = [];
    for (const run of due) run();
    return due.length > 0;
  }
  /** Lets time pass. */
  advance(ms: number): void {
    this.now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.now);
    this.#timers = this.#timers.filter(({ at }) => at > this.now);
    for (const { run } of due) run();
  }
  /** Carries what was written to the peer, in pieces of at most `size` bytes; true if there was something. */
  carry(size = Number.POSITIVE_INFINITY): boolean {
    const bytes = Buffer.concat(this.outgoing.splice(0));
    for (let at = 0; at < bytes.length; at += size) {
      const piece = new Uint8Array(bytes.subarray(at, at + size));
      if (this.peer?.gone === false) this.peer.connection?.received(piece);
    }
    if (bytes.length > 0) this.connection?.drained();
    return bytes.length > 0;
  }
}

export function configOf(
  port: number,
  offers: readonly Offer[],
  more: Partial<SessionConfig> = {},
): SessionConfig {
  const catalogue = new Catalogue(offers);
  return {
    node: { host: "127.0.0.1", port, instance: BigInt(port) },
    catalogue,
    catalogueDigest: catalogue.text,
    handshakeDeadlineMs: 5000,
    frameLengthMax: 1 << 24,
    protocol: protocolVersions,
    ...more,
  };
}

/** Both ends of one link. */
export class Link {
  readonly left = new MemoryHost();
  readonly right = new MemoryHost();

  constructor(
    left: { config: SessionConfig; events?: ConnectionEvents },
    right: { config: SessionConfig; events?: ConnectionEvents },
  ) {
    this.left.peer = this.right;
    this.right.peer = this.left;
    this.left.connection = new Connection(this.left, left.config, left.events ?? {});
    this.right.connection = new Connection(this.right, right.config, right.events ?? {});
    this.right.connection.begin("accepted");
    this.left.connection.begin("dialled");
  }

  /** Lets everything happen that happens without time passing. An end that both sides reached closes the link. */
  settle(size?: number): void {
    for (let busy = true; busy; ) {
      busy = [this.left.tick(), this.right.tick(), this.left.carry(size), this.right.carry(size)].includes(
        true,
      );
      for (const host of [this.left, this.right]) {
        const other = host.peer;
        if (!busy && host.ended && other !== undefined && !other.gone) {
          other.connection?.streamEnded();
          if (other.ended) {
            host.destroy();
            other.destroy();
          }
          busy = host.tick() || other.tick();
        }
      }
    }
  }
}
