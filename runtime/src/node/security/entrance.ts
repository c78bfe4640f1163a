// Where sockets that others open wait until they have proved who they are. Nothing of them but their first bytes and
// the state of TLS is kept meanwhile, for a bounded number of them and a bounded time; only who has passed is handed on.

import type { Socket } from "node:net";
import type { Server, TLSSocket } from "node:tls";
import { type Address, goAwayFrame } from "../../transport/index.ts";
import { type Refusal, type RefusalCode, refusalSentences } from "../refusal.ts";
import { connectionOf, ignore, Newcomer } from "./newcomer.ts";
import type { PendingHandshakes } from "./pending-handshakes.ts";
import type { Security } from "./security.ts";
import { judgeFirstBytes } from "./tls-hello.ts";
import { type Proof, readPskIdentity, tlsServerFor } from "./tls-terms.ts";
import { judgeFailed, judgeSecured, type Verdict } from "./tls-verdict.ts";

export interface EntranceOptions {
  readonly security: Security;
  /** Shared by all entrances of a node. */
  readonly pending: PendingHandshakes<Waiting>;
  /** From the accepted socket to the proof. */
  readonly deadlineMs: number;
  /** True, with a note to who dialled, if this is the number of a dial of our own that is under way. */
  readonly isOwnDial: (dialNumber: string) => boolean;
  /** Takes a socket that has passed; `first` are bytes that were read of it already. */
  readonly admit: (socket: Socket, from: Address, first?: Uint8Array) => void;
  readonly refused: (refusal: Refusal) => void;
}

/** A newcomer, with the way to give it up for another one, whichever entrance that comes through. */
export interface Waiting extends Newcomer {
  crowdOut?: () => void;
}

/** For the last words to who was refused, before the socket is given up. */
const lingerMs = 1000;

export class Entrance {
  readonly #options: EntranceOptions;
  readonly #proof: Proof | undefined;
  readonly #tls: Server | undefined;
  readonly #waiting = new Set<Waiting>();
  /** Those inside TLS, by the four numbers of their connection: TLS says nothing else of whom it speaks. */
  readonly #inTls = new Map<string, Newcomer>();

  constructor(options: EntranceOptions) {
    this.#options = options;
    const { security, deadlineMs } = options;
    if (security.kind === "none") return;
    this.#proof = security;
    const tls = tlsServerFor(security, deadlineMs, (socket, identity) => this.#keyFor(socket, identity));
    tls.on("secureConnection", (socket) => this.#secured(socket, security));
    tls.on("tlsClientError", (error, socket) => {
      const newcomer = this.#inTls.get(connectionOf(socket));
      // The alert that TLS has written is still on its way: the socket closes behind it.
      if (newcomer !== undefined) this.#refuse(newcomer, judgeFailed(error, security, newcomer));
    });
    this.#tls = tls;
  }

  /** Takes a socket that has just been accepted. */
  take(raw: Socket): void {
    const newcomer: Waiting = new Newcomer(raw);
    newcomer.crowdOut = () => this.#giveUp(newcomer, "crowdedOut");
    newcomer.runLater(this.#options.deadlineMs, () => this.#giveUp(newcomer, "timedOut"));
    newcomer.watch(
      (chunk) => this.#received(newcomer, chunk),
      () => this.#giveUp(newcomer, "hungUp"),
    );
    this.#waiting.add(newcomer);
    this.#options.pending.add(newcomer)?.crowdOut?.();
  }

  /** Gives up all that wait. */
  close(): void {
    for (const newcomer of this.#waiting) {
      newcomer.refused = true;
      this.#giveUp(newcomer, "hungUp");
    }
  }

  #received(newcomer: Newcomer, chunk: Uint8Array): void {
    if (newcomer.refused) return;
    if (this.#tls === undefined) {
      this.#forget(newcomer);
      newcomer.release();
      return this.#options.admit(newcomer.raw, newcomer.from, chunk);
    }
    newcomer.first = newcomer.first.length === 0 ? chunk : Buffer.concat([newcomer.first, chunk]);
    const verdict = judgeFirstBytes(newcomer.first);
    if (verdict === "plaintext") return this.#refuseInTheClear(newcomer);
    if (verdict === "tooLong") return this.#giveUp(newcomer, "helloTooLong");
    if (verdict === "hello") this.#startTls(newcomer, this.#tls);
  }

  #startTls(newcomer: Newcomer, tls: Server): void {
    newcomer.silent = false;
    newcomer.releaseData();
    this.#inTls.set(newcomer.connection, newcomer);
    tls.emit("connection", newcomer.raw);
  }

  #keyFor(socket: TLSSocket, identity: string): Uint8Array | undefined {
    const newcomer = this.#inTls.get(connectionOf(socket));
    if (newcomer === undefined || this.#proof?.kind !== "secret") return undefined;
    const named = readPskIdentity(identity);
    const secret = this.#proof.secrets.find(({ id }) => id === named?.secretId);
    newcomer.flaw = "wrongSecret";
    if (named === undefined || secret === undefined) return undefined;
    newcomer.flaw = "reflected";
    if (this.#options.isOwnDial(named.dialNumber)) return undefined;
    newcomer.flaw = undefined;
    newcomer.knowsSecret = true;
    return secret.key;
  }

  #secured(socket: TLSSocket, proof: Proof): void {
    const newcomer = this.#inTls.get(connectionOf(socket));
    if (newcomer === undefined) {
      socket.destroy();
      return;
    }
    const verdict = judgeSecured(socket, proof, newcomer);
    if (verdict === undefined) {
      this.#forget(newcomer);
      newcomer.release();
      socket.allowHalfOpen = true;
      return this.#options.admit(socket, newcomer.from);
    }
    this.#refuse(newcomer, verdict);
    // TLS is done on both sides: now the peer can be told why, and knows who says it.
    this.#sayFarewell(newcomer, socket, verdict.text.replace(/^Its/, "Your"));
  }

  /** Whoever speaks no TLS may be a node without a secret: it is told so in its own words. */
  #refuseInTheClear(newcomer: Newcomer): void {
    this.#refuse(newcomer, { code: "plaintext", text: refusalSentences.plaintext });
    const text = "This node takes TLS only: connect with the secret or the certificates of its cluster.";
    this.#sayFarewell(newcomer, newcomer.raw, text);
  }

  #sayFarewell(newcomer: Newcomer, socket: Socket, text: string): void {
    socket.on("error", ignore);
    socket.end(goAwayFrame("unauthenticated", text));
    socket.resume();
    newcomer.runLater(lingerMs, () => this.#giveUp(newcomer, "timedOut"));
  }

  #giveUp(newcomer: Newcomer, code: RefusalCode): void {
    this.#forget(newcomer);
    newcomer.stopTimer();
    newcomer.raw.destroy();
    this.#refuse(newcomer, { code, text: refusalSentences[code] });
  }

  #refuse(newcomer: Newcomer, { code, text }: Verdict): void {
    // Who was refused and is not gone yet is the first to make room for others.
    newcomer.silent = true;
    if (newcomer.refused) return;
    newcomer.refused = true;
    this.#options.refused({ code, text, from: newcomer.from });
  }

  #forget(newcomer: Newcomer): void {
    this.#waiting.delete(newcomer);
    this.#inTls.delete(newcomer.connection);
    this.#options.pending.delete(newcomer);
  }
}
