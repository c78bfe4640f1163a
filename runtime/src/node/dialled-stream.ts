// A stream that this node opens: resolves the name, tries its addresses in turn, and has the other end prove who it is.

import { connect, type OnReadOpts, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import {
  type Address,
  type Stream,
  type StreamEvents,
  type StreamFailure,
  transportLimits,
} from "../transport/index.ts";
import { isLoopback } from "./loopback.ts";
import type { Resolver } from "./resolver.ts";
import type { DialTerms } from "./security/dial-terms.ts";
import { tlsDialFailure, unauthenticated } from "./security/tls-failure.ts";
import { SocketStream } from "./socket-stream.ts";
import { failureOf, streamFailure, systemCodeOf } from "./stream-failure.ts";

export interface DialOptions {
  readonly resolver: Resolver;
  readonly terms: DialTerms;
  /** May speak in plaintext with others than this machine. */
  readonly insecure: boolean;
}

/** An address that stands for a name: certificates are asked for that name. */
export interface NamedAddress extends Address {
  readonly name: string;
}

/** An answer among several that is not there should not use up all the time there is for the others. */
const attemptMsMin = 250;

export class DialledStream implements Stream {
  isTaken = false;
  readonly #options: DialOptions;
  readonly #port: number;
  readonly #name: string;
  readonly #events: StreamEvents;
  /** The addresses still to be tried. */
  #left: string[] = [];
  #attemptMs = 0;
  readonly #failures: StreamFailure[] = [];
  /** Gives up what is under way. */
  #abandon: () => void = () => {};
  #destroyed = false;
  #stream: SocketStream | undefined;
  /** Reads without a buffer for each chunk: half as fast again for long messages (nodejs.org/api/net.html, `onread`). */
  readonly #onread: OnReadOpts = {
    buffer: sharedBuffer,
    callback: (length) => {
      return this.#stream?.received(sharedBuffer.subarray(0, length)) ?? true;
    },
  };

  constructor(address: Address | NamedAddress, options: DialOptions, events: StreamEvents) {
    this.#options = options;
    this.#port = address.port;
    this.#name = "name" in address ? address.name : address.host;
    this.#events = events;
    options.resolver.addresses(address.host).then(
      (found) => this.#begin(found),
      (error: Error) =>
        this.#fail(systemCodeOf(error) === "EAI_AGAIN" ? failureOf("unknownHost") : streamFailure(error)),
    );
  }

  write(bytes: Uint8Array): boolean {
    return this.#stream?.write(bytes) ?? true;
  }

  get hasTaken(): boolean {
    return this.#stream?.hasTaken === true;
  }

  mayBe(host: string): boolean {
    return this.#stream?.mayBe(host) ?? true;
  }

  end(): void {
    if (this.#stream === undefined) this.destroy();
    else this.#stream.end();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    if (this.#stream !== undefined) return this.#stream.destroy();
    this.#abandon();
    process.nextTick(() => this.#events.closed());
  }

  #begin(addresses: readonly string[]): void {
    if (this.#destroyed) return;
    this.#left = [...new Set(addresses)];
    this.#attemptMs = Math.max(
      attemptMsMin,
      transportLimits.connectDeadlineMs / Math.max(1, this.#left.length),
    );
    this.#next();
  }

  #next(): void {
    if (this.#destroyed) return;
    const host = this.#left.shift();
    if (host === undefined) return this.#fail(mostTelling(this.#failures));
    const { terms, insecure } = this.#options;
    if (terms.kind === "none" && !insecure && !isLoopback(host)) {
      const text =
        "The peer is on another machine, and this node has neither a secret nor certificates to reach it with.";
      return this.#failed(unauthenticated(text));
    }
    this.#attempt(host);
  }

  #attempt(host: string): void {
    this.isTaken = false;
    const { terms } = this.#options;
    const reading = terms.kind === "none" && mayShareBuffer ? { onread: this.#onread } : {};
    const socket = connect({ host, port: this.#port, allowHalfOpen: true, ...reading });
    const timer =
      this.#left.length === 0 ? undefined : setTimeout(() => give(failureOf("timedOut")), this.#attemptMs);
    let settled = false;
    const settle = () => {
      settled = true;
      clearTimeout(timer);
      this.#abandon = () => {};
    };
    const give = (failure: StreamFailure) => {
      if (settled) return;
      settle();
      socket.destroy();
      this.#failed(failure);
    };
    this.#abandon = () => {
      settle();
      socket.destroy();
    };
    // Stays, so that no later error is nobody's.
    socket.on("error", (error) => give(streamFailure(error)));
    socket.once("close", () => give(failureOf("reset")));
    socket.once("connect", () => {
      if (isJoinedToItself(socket)) return give(failureOf("refused"));
      this.isTaken = true;
      if (terms.kind === "none") {
        settle();
        return this.#open(socket);
      }
      this.#secure(socket, settle, give);
    });
  }

  #secure(socket: Socket, settle: () => void, give: (failure: StreamFailure) => void): void {
    const { terms } = this.#options;
    if (terms.kind === "none") return;
    const attempt = terms.begin(this.#name);
    const secure: TLSSocket = connectTls({ socket, ...attempt.options });
    socket.removeAllListeners("close");
    const over = (failure: StreamFailure) => {
      attempt.end();
      give(attempt.cameBack() ? unauthenticated("The address leads back to this node.") : failure);
    };
    secure.on("error", (error) => over(tlsDialFailure(error, terms.kind) ?? streamFailure(error)));
    secure.once("close", () => over(failureOf("reset")));
    secure.once("secureConnect", () => {
      const flaw = attempt.flawOf(secure);
      if (flaw !== undefined) return over(unauthenticated(flaw));
      attempt.end();
      settle();
      this.#open(secure);
    });
  }

  #open(socket: Socket): void {
    this.#stream = new SocketStream(socket);
    this.#stream.tell(this.#events);
    // Where bytes do not come as events, the end comes only to who reads.
    socket.resume();
    this.#events.opened();
  }

  #failed(failure: StreamFailure): void {
    this.#failures.push(failure);
    this.#next();
  }

  #fail(failure: StreamFailure): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#events.closed(failure);
  }
}

/** A read is handed on before the next one begins, whichever socket that is of: except on Windows, where all begin. */
const sharedBuffer = Buffer.allocUnsafeSlow(64 * 1024);
const mayShareBuffer = process.platform !== "win32";

/** Of several failures: only where all addresses refuse is nobody there. */
function mostTelling(failures: readonly StreamFailure[]): StreamFailure {
  const telling = failures.find(({ code }) => code === "unauthenticated");
  return (
    telling ?? failures.find(({ code }) => code !== "refused") ?? failures[0] ?? failureOf("unknownHost")
  );
}

/** A port that nobody listens on can be given to the very socket that dials it, on the same machine. */
function isJoinedToItself(socket: Socket): boolean {
  return socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
}
