// What a node's transport needs of the world, on Node: sockets in the clear or behind TLS, a clock, timers, chance.

import { createServer, type Server, type Socket } from "node:net";
import {
  type Address,
  type CloseReason,
  formatAddress,
  type Host,
  type Listening,
  type OnStream,
  type Stream,
  type StreamEvents,
  transportLimits,
} from "../transport/index.ts";
import { DialledStream, type NamedAddress } from "./dialled-stream.ts";
import { isLoopback } from "./loopback.ts";
import { NetworkError, networkError } from "./network-error.ts";
import { noRefusals, type Refusal, type RefusalCounters } from "./refusal.ts";
import { RefusalLog } from "./refusal-log.ts";
import { type Resolver, systemResolver } from "./resolver.ts";
import { type DialTerms, dialTerms } from "./security/dial-terms.ts";
import { Entrance, type Waiting } from "./security/entrance.ts";
import { firstHostOf, isFor } from "./security/own-certificate.ts";
import { PendingHandshakes } from "./security/pending-handshakes.ts";
import { resolveSecurity, type Security, type SecurityOptions } from "./security/security.ts";
import { SelfDials } from "./security/self-dials.ts";
import { parseSeed, resolveSeed } from "./seeds.ts";
import { SocketStream } from "./socket-stream.ts";
import { systemCodeOf } from "./stream-failure.ts";

export interface NodeHostOptions extends SecurityOptions {
  /**
   * Allows connections beyond this machine, in plaintext and with whoever finds the port. Only for networks where
   * nobody else is; a secret or certificates are used all the same.
   */
  readonly insecure?: boolean;
  /** From the accepted socket to the proof of who it is. Default 5000 ms. */
  readonly authenticationDeadlineMs?: number;
  /** Sockets of others that have not proved who they are. Default 128; with one more, one of them is given up. */
  readonly pendingHandshakesMax?: number;
  /** Somebody was turned away. */
  readonly onRefused?: (refusal: Refusal) => void;
  /** Takes lines for a log. Default: standard error. Refusals are told at most five times of a kind in ten seconds. */
  readonly log?: (line: string) => void;
  /** Default: the system's. */
  readonly resolver?: Resolver;
}

/**
 * Makes the host of a node.
 * @throws NetworkError where a secret, a certificate or a combination of options is of no use
 */
export async function nodeHost(options: NodeHostOptions = {}): Promise<NodeHost> {
  return new NodeHost(options, await resolveSecurity(options));
}

/** How handshakes end that nothing is wrong with: another stream of the two nodes was there first, or one of them leaves. */
const settled: ReadonlySet<string> = new Set(["dialLost", "superseded", "closing"]);

export class NodeHost implements Host {
  /** How many were turned away, by reason. */
  readonly refusals: Readonly<RefusalCounters>;

  readonly #options: NodeHostOptions;
  readonly #security: Security;
  readonly #resolver: Resolver;
  readonly #selfDials = new SelfDials();
  readonly #terms: DialTerms;
  readonly #pending: PendingHandshakes<Waiting>;
  readonly #counters: RefusalCounters = noRefusals();
  readonly #log: RefusalLog;

  /** Use {@link nodeHost}. */
  constructor(options: NodeHostOptions, security: Security) {
    this.#options = options;
    this.#security = security;
    this.#resolver = options.resolver ?? systemResolver;
    this.#terms = dialTerms(security, this.#selfDials);
    this.#pending = new PendingHandshakes(
      options.pendingHandshakesMax ?? transportLimits.pendingHandshakesMax,
    );
    this.#log = new RefusalLog(options.log ?? writeLine, this);
    this.refusals = this.#counters;
  }

  /** `none`: this node speaks in plaintext. */
  get security(): Security["kind"] {
    return this.#security.kind;
  }

  /** Sockets of others that have not proved who they are. */
  get pendingHandshakes(): number {
    return this.#pending.size;
  }

  now(): number {
    return performance.now();
  }

  random(): number {
    return Math.random();
  }

  schedule(run: () => void): void {
    process.nextTick(run);
  }

  setTimer(afterMs: number, run: () => void): () => void {
    const timer = setTimeout(run, afterMs).unref();
    return () => clearTimeout(timer);
  }

  dial(address: Address | NamedAddress, events: StreamEvents): Stream {
    const insecure = this.#options.insecure === true;
    return new DialledStream(address, { resolver: this.#resolver, terms: this.#terms, insecure }, events);
  }

  /** @throws NetworkError when the address cannot be had, or leaves this machine without protection */
  async listen(address: Address, onStream: OnStream): Promise<Listening> {
    const attempt = `listen on ${formatAddress(address)}`;
    const host = await this.#addressToBind(address.host, attempt);
    const entrance = this.#entrance(onStream);
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => entrance.take(socket));
    const port = await bind(server, host, address.port, attempt);
    server.on("error", (error) => this.#notTaken(error));
    return {
      address: { host: address.host, port },
      close: () => stop(server, entrance),
    };
  }

  /**
   * The addresses that a seed stands for at this moment (`host:port`, `dns://name:port`, `dns+srv://name`), in the order
   * in which to try them.
   * @throws TypeError where the text is no seed; NetworkError `unknownHost` where it stands for nothing
   */
  async resolve(seed: string): Promise<readonly Address[]> {
    return resolveSeed(parseSeed(seed), this.#resolver, () => this.random());
  }

  /** What a node may call itself that others do not connect to: what its certificate is for, or `localhost`. */
  get ownName(): string {
    return (
      (this.#security.kind === "certificates" ? firstHostOf(this.#security.own.leaf) : undefined) ??
      "localhost"
    );
  }

  /**
   * Throws where a node could not prove that it is at `host`, the name or address by which others are to know it.
   * @throws NetworkError `badCertificate`
   */
  checkAdvertised(host: string): void {
    if (this.#security.kind !== "certificates") return;
    const { leaf } = this.#security.own;
    if (isFor(leaf, host)) return;
    throw new NetworkError(
      "badCertificate",
      `this node's certificate is not for ${host}, where others are to reach it: ${leaf.subjectAltName ?? "it has no alternative names"}`,
    );
  }

  /** Counts and tells how the handshake of a stream ended that somebody opened, where something is wrong with it. */
  handshakeFailed({ code, text }: CloseReason, from: Address): void {
    if (!settled.has(code)) this.refused({ code, text, from });
  }

  /** Counts a refusal, tells it in the log, and to who wants to know. */
  refused(refusal: Refusal): void {
    this.#counters[refusal.code] = (this.#counters[refusal.code] ?? 0) + 1;
    this.#log.tell(refusal);
    this.#options.onRefused?.(refusal);
  }

  #entrance(onStream: OnStream): Entrance {
    return new Entrance({
      security: this.#security,
      pending: this.#pending,
      deadlineMs: this.#options.authenticationDeadlineMs ?? transportLimits.handshakeDeadlineMs,
      isOwnDial: (number) => this.#selfDials.recognize(number),
      admit: (socket, from, first) => admit(socket, from, first, onStream),
      refused: (refusal) => this.refused(refusal),
    });
  }

  async #addressToBind(name: string, attempt: string): Promise<string> {
    const addresses = await this.#resolver.addresses(name).catch((error: Error) => {
      throw networkError(attempt, error);
    });
    const beyond = addresses.find((address) => !isLoopback(address));
    if (beyond !== undefined && this.#security.kind === "none") this.#plaintextBeyond(beyond, attempt);
    return addresses[0]!;
  }

  /** The system could not hand a connection over, for want of sockets above all: others may still come. */
  #notTaken(error: Error): void {
    const text = `The system could not hand over a connection: ${systemCodeOf(error) || error.message}.`;
    this.refused({ code: "failed", text, from: { host: "unknown", port: 0 } });
  }

  #plaintextBeyond(address: string, attempt: string): void {
    if (this.#options.insecure !== true) {
      throw new NetworkError(
        "insecure",
        `cannot ${attempt}: others than this machine could connect, and nothing would protect what is said. Give all ` +
          `nodes a secret (\`hewn keygen\`, then the option secret, HEWN_SECRET or HEWN_SECRET_FILE) or certificates; ` +
          `use 127.0.0.1, ::1 or localhost; or pass insecure: true where nobody else can reach the network.`,
      );
    }
    process.emitWarning(
      `${address} takes connections from beyond this machine, unencrypted and from anybody`,
      {
        code: "HEWN_INSECURE",
      },
    );
  }
}

function admit(socket: Socket, from: Address, first: Uint8Array | undefined, onStream: OnStream): void {
  const stream = new SocketStream(socket);
  const events = onStream(stream, from);
  stream.tell(events);
  if (first !== undefined && !socket.destroyed) events.received(first);
}

function bind(server: Server, host: string, port: number, attempt: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(networkError(attempt, error));
    server.once("error", failed);
    server.listen({ host, port }, () => {
      server.off("error", failed);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Not when `close` says that it is done: that waits for the sockets that were taken, which live on. */
function stop(server: Server, entrance: Entrance): Promise<void> {
  server.close();
  entrance.close();
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** To where lines for a log go that nobody else takes. */
export function writeLine(line: string): void {
  process.stderr.write(`${line}\n`);
}
