// A socket, in the clear or behind TLS, as the transport wants its streams.

import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Stream, StreamEvents, StreamFailure } from "../transport/index.ts";
import { isFor } from "./security/own-certificate.ts";
import { streamFailure } from "./stream-failure.ts";

/**
 * So much is read from one socket before all others have their turn. The system hands over up to two megabytes at a time
 * where they have come, which with their handlers takes longer than a probe on another socket should wait.
 */
const turnBytesMax = 256 * 1024;

export class SocketStream implements Stream {
  readonly #socket: Socket;
  #events: StreamEvents | undefined;
  #failure: StreamFailure | undefined;
  #destroyed = false;
  #full = false;
  /** Read since reading last made room for others. */
  #turnBytes = 0;

  readonly #certificate: X509Certificate | undefined;
  readonly #isPlain: boolean;

  /** `socket` is open, and is this stream's alone from now on. */
  constructor(socket: Socket) {
    this.#socket = socket;
    this.#certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
    this.#isPlain = !(socket instanceof TLSSocket);
    socket.setNoDelay(true);
  }

  /** From now on tells what happens. */
  tell(events: StreamEvents): void {
    const socket = this.#socket;
    this.#events = events;
    socket.on("data", (chunk: Uint8Array) => this.received(chunk));
    socket.on("drain", () => this.#drained());
    socket.on("end", () => {
      if (!this.#destroyed) events.ended();
    });
    socket.on("error", (error) => {
      this.#failure ??= streamFailure(error);
    });
    socket.on("close", () => events.closed(this.#destroyed ? undefined : this.#failure));
  }

  /** Bytes came. False: no more is wanted in this turn of the event loop, and reading goes on by itself in the next. */
  received(chunk: Uint8Array): boolean {
    this.#events?.received(chunk);
    this.#turnBytes += chunk.length;
    if (this.#turnBytes < turnBytesMax) return true;
    this.#turnBytes = 0;
    if (this.#destroyed) return true;
    this.#socket.pause();
    setImmediate(resume, this.#socket);
    return false;
  }

  write(bytes: Uint8Array): boolean {
    const socket = this.#socket;
    if (socket.destroyed || socket.writableEnded) return true;
    socket.write(bytes);
    // Not what `write` answers: that is false for each batch as large as the mark, even one that is gone already.
    this.#full = socket.writableLength >= socket.writableHighWaterMark;
    return !this.#full;
  }

  /** What is left of a write that the system took at once is nothing. Behind TLS it may wait to be encrypted. */
  get hasTaken(): boolean {
    return this.#isPlain && this.#socket.writableLength === 0;
  }

  /** Its certificate says so. Who only knows the secret may be anybody who knows it. */
  mayBe(host: string): boolean {
    return this.#certificate === undefined || isFor(this.#certificate, host);
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#destroyed = true;
    this.#socket.destroy();
  }

  #drained(): void {
    if (!this.#full || this.#destroyed) return;
    this.#full = false;
    this.#events?.drained();
  }
}

function resume(socket: Socket): void {
  socket.resume();
}
