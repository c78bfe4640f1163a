// A connection between two machines: two ends and the pipe in each direction, and what can go wrong with it.

import type { StreamFailure } from "../transport/index.ts";
import type { Link } from "./link.ts";
import { Pipe } from "./pipe.ts";
import type { Random } from "./random.ts";
import { type Joint, resetFailure, type StreamEnd } from "./stream-end.ts";

/** Told of everything that happens on a network, at the time when it happens and before it has any consequence. */
export interface NetworkWatch {
  dialled?(connection: VirtualConnection): void;
  accepted?(connection: VirtualConnection): void;
  opened?(connection: VirtualConnection): void;
  written?(connection: VirtualConnection, end: StreamEnd, bytes: Uint8Array): void;
  read?(connection: VirtualConnection, end: StreamEnd, bytes: Uint8Array): void;
  closed?(connection: VirtualConnection, end: StreamEnd, failure: StreamFailure | undefined): void;
}

/** Bytes that the systems of both ends hold together: small ones make more of what can happen. */
const windowBytesLeast = 8 * 1024;
const windowBytesMost = 256 * 1024;
const resetBytes = 40;

export class VirtualConnection implements Joint {
  /** `s1`, `s2` and so on, in the order of the dials. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  dialler: StreamEnd | undefined;
  acceptor: StreamEnd | undefined;

  readonly #there: Link;
  readonly #back: Link;
  readonly #random: Random;
  readonly #watch: NetworkWatch;

  constructor(name: string, there: Link, back: Link, random: Random, watch: NetworkWatch) {
    this.name = name;
    this.from = there.from;
    this.to = there.to;
    this.#there = there;
    this.#back = back;
    this.#random = random;
    this.#watch = watch;
  }

  /** Both ends exist: bytes can flow. */
  join(dialler: StreamEnd, acceptor: StreamEnd): void {
    this.acceptor = acceptor;
    const window = () =>
      Math.floor(windowBytesLeast * (windowBytesMost / windowBytesLeast) ** this.#random.fraction());
    const out = new Pipe(this.#there, this.#back, window(), {
      flushed: () => dialler.flushed(),
      arrived: () => acceptor.arrived(),
    });
    const back = new Pipe(this.#back, this.#there, window(), {
      flushed: () => acceptor.flushed(),
      arrived: () => dialler.arrived(),
    });
    dialler.connect(out, back);
    acceptor.connect(back, out);
  }

  /** No process has anything to do with it any more. */
  get isLeft(): boolean {
    return this.dialler?.isGone !== false && this.acceptor?.isGone !== false;
  }

  /** The other end of it; undefined while the dial is on its way. */
  otherEnd(end: StreamEnd): StreamEnd | undefined {
    return end === this.dialler ? this.acceptor : this.dialler;
  }

  /** Both ends learn at once that it is broken; what was on its way is lost. */
  reset(): void {
    this.dialler?.fail(resetFailure);
    this.acceptor?.fail(resetFailure);
  }

  /** One end learns that it is broken, the other one only when it sends something. */
  breakAt(role: "dialler" | "acceptor"): void {
    (role === "dialler" ? this.dialler : this.acceptor)?.fail(resetFailure);
  }

  /** Nothing gets through any more, and no end learns of it: something between them forgot the connection. */
  blackhole(): void {
    this.dialler?.swallow();
    this.acceptor?.swallow();
  }

  chance(probability: number): boolean {
    return this.#random.chance(probability);
  }
  written(end: StreamEnd, bytes: Uint8Array): void {
    this.#watch.written?.(this, end, bytes);
  }
  read(end: StreamEnd, bytes: Uint8Array): void {
    this.#watch.read?.(this, end, bytes);
  }
  closed(end: StreamEnd, failure: StreamFailure | undefined): void {
    this.#watch.closed?.(this, end, failure);
  }
  sendReset(from: StreamEnd): void {
    const link = from === this.dialler ? this.#there : this.#back;
    link.carry(resetBytes, () => {
      const other = this.otherEnd(from);
      if (!from.isSilent) other?.fail(resetFailure);
    });
  }
}
