// A socket that somebody else opened, until it is known who that is.

import type { Socket } from "node:net";
import type { Address } from "../../transport/index.ts";
import type { RefusalCode } from "../refusal.ts";
import { type Pending, sourceOf } from "./pending-handshakes.ts";

export class Newcomer implements Pending {
  readonly raw: Socket;
  readonly from: Address;
  readonly source: string;
  /** See {@link connectionOf}. */
  readonly connection: string;
  silent = true;
  /** What was read of it before TLS. */
  first: Uint8Array = new Uint8Array(0);
  /** It has named a secret of ours, and TLS was given that. */
  knowsSecret = false;
  /** Why TLS will fail, where we know better than TLS. */
  flaw: RefusalCode | undefined;
  refused = false;
  onData: (chunk: Uint8Array) => void = () => {};
  onGone: () => void = () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor(raw: Socket) {
    this.raw = raw;
    this.from = { host: raw.remoteAddress ?? "", port: raw.remotePort ?? 0 };
    this.source = sourceOf(this.from.host);
    this.connection = connectionOf(raw);
    raw.on("error", ignore);
  }

  /** Tells what happens to the socket, until {@link release}. */
  watch(onData: (chunk: Uint8Array) => void, onGone: () => void): void {
    this.onData = onData;
    this.onGone = onGone;
    this.raw.on("data", onData);
    this.raw.on("end", onGone);
    this.raw.on("close", onGone);
  }

  /** Leaves the socket's bytes to TLS; what was read of it is handed back to it. */
  releaseData(): void {
    // Who ends its half in the middle of a handshake will never finish it: TLS should not wait for it.
    this.raw.allowHalfOpen = false;
    this.raw.off("data", this.onData);
    this.raw.pause();
    this.raw.unshift(this.first);
    this.first = new Uint8Array(0);
  }

  /** Leaves the socket to somebody else. */
  release(): void {
    this.stopTimer();
    this.raw.off("data", this.onData);
    this.raw.off("end", this.onGone);
    this.raw.off("close", this.onGone);
  }

  /** Runs once, instead of what was to run later before. */
  runLater(afterMs: number, run: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(run, afterMs).unref();
  }

  stopTimer(): void {
    clearTimeout(this.#timer);
  }
}

/** For sockets whose end is told by `close` alone. */
export function ignore(): void {}

/** The same for a socket and for TLS on top of it, and for no other that is open. */
export function connectionOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localAddress} ${socket.localPort}`;
}
