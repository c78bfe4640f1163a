// Takes connections of whoever finds the port, asks each for a proof, and answers its one question. Nothing of a stranger is
// kept but the bytes of one question, for a bounded number of strangers and a bounded time.

import { createServer, type Server, type Socket } from "node:net";
import { type Pending, PendingHandshakes, sourceOf } from "../security/pending-handshakes.ts";
import { newNonce, OneFrame, readQuestion, writeAnswer, writeChallenge } from "./frame.ts";
import { pulseConnectionsMax, pulseDeadlineMs } from "./limits.ts";
import type { LoopBeat } from "./loop-beat.ts";
import type { SharedCounters } from "./shared-counters.ts";

export interface ListenerOptions {
  readonly token: Uint8Array;
  readonly beat: LoopBeat;
  readonly counters: SharedCounters;
  /** What is said beside the lag to what was said beside the question; at most {@link pulseBodyMax} bytes. */
  readonly reply: (body: Uint8Array) => Uint8Array;
  /** Default {@link pulseDeadlineMs}. */
  readonly deadlineMs?: number;
}

interface Connection extends Pending {
  readonly socket: Socket;
  readonly challenge: Uint8Array;
  readonly frame: OneFrame;
  readonly timer: NodeJS.Timeout;
}

export class Listener {
  readonly #options: ListenerOptions;
  readonly #connections = new PendingHandshakes<Connection>(pulseConnectionsMax);
  readonly #server: Server;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#server = createServer({ noDelay: true }, (socket) => this.#take(socket));
  }

  /** Answers the port. Rejects with the system's error. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off("error", reject);
        // The system could not hand a connection over, for want of sockets above all: others may still come.
        this.#server.on("error", () => {});
        const address = this.#server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  close(): void {
    this.#server.close();
    for (const connection of [...this.#connections]) this.#giveUp(connection);
  }

  #take(socket: Socket): void {
    const { deadlineMs = pulseDeadlineMs } = this.#options;
    const connection: Connection = {
      socket,
      source: sourceOf(socket.remoteAddress ?? ""),
      silent: true,
      challenge: newNonce(),
      frame: new OneFrame(),
      timer: setTimeout(() => this.#giveUp(connection, "timedOut"), deadlineMs),
    };
    socket.on("error", () => {});
    socket.on("close", () => this.#forget(connection));
    socket.on("data", (chunk) => this.#received(connection, chunk));
    socket.write(writeChallenge(connection.challenge));
    const victim = this.#connections.add(connection);
    if (victim !== undefined) this.#giveUp(victim, "crowdedOut");
  }

  #received(connection: Connection, chunk: Uint8Array): void {
    if (!connection.silent) return this.#giveUp(connection);
    const payload = connection.frame.take(chunk);
    if (payload === undefined) return;
    const { token, beat, counters, reply } = this.#options;
    const { challenge, socket } = connection;
    const question = payload === "tooLong" ? undefined : readQuestion(token, challenge, payload);
    if (question === undefined) return this.#giveUp(connection, "forged");
    connection.silent = false;
    counters.count("answered");
    // The end follows the answer; who does not take it is given up at the same deadline.
    socket.end(
      writeAnswer(token, challenge, question.nonce, { lagMs: beat.lagMs, body: reply(question.body) }),
    );
  }

  /** For a reason that counts, unless it has had its answer. */
  #giveUp(connection: Connection, reason?: "forged" | "timedOut" | "crowdedOut"): void {
    if (reason !== undefined && connection.silent) this.#options.counters.count(reason);
    this.#forget(connection);
    connection.socket.destroy();
  }

  #forget(connection: Connection): void {
    clearTimeout(connection.timer);
    this.#connections.delete(connection);
  }
}
