// Asks a node: through the socket on its machine, or over the network as one that is connected and no member.

import {
  type ControlReply,
  type ControlRequest,
  controlReplies,
  controlRequests,
} from "../../cluster/control/index.ts";
import { observerRole } from "../../cluster/index.ts";
import {
  type Address,
  formatAddress,
  openTransport,
  type Peer,
  type Transport,
} from "../../transport/index.ts";
import type { NodeHostOptions } from "../node-host.ts";
import { startTransport } from "../start-transport.ts";
import { controlTerms } from "./control-socket.ts";
import { LocalHost } from "./local-host.ts";

/** A question, without the number that the client gives it. */
export type Question = ControlRequest extends infer R
  ? R extends ControlRequest
    ? Omit<R, "number">
    : never
  : never;

/**
 * - `absent`: nobody is there.
 * - `silent`: somebody took the connection and does not answer: frozen, or blocked for long.
 * - `unauthenticated`: one of the two did not prove who it is.
 * - `otherVersion`: the node does not speak this version of control.
 * - `lost`: the connection broke before the answer was whole.
 */
export type ControlErrorCode = "absent" | "silent" | "unauthenticated" | "otherVersion" | "lost";

export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly code: ControlErrorCode;

  constructor(code: ControlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** From the first dial to a connection, and from a question to the first part of its answer, in milliseconds. */
const patienceMs = 5_000;

/** Parts of an answer that wait to be taken: more than all members that a node can know. */
const partsMax = 16_384;

/** A short patience: whoever waits sits at a terminal. */
const times = { connectPatienceMs: patienceMs, connectDeadlineMs: 3_000, handshakeDeadlineMs: 3_000 };

/** Connects to the node whose socket is at `path`, unless `signal` ends it. Rejects with a {@link ControlError}. */
export async function controlBySocket(path: string, signal?: AbortSignal): Promise<ControlClient> {
  const transport = await openTransport({ ...controlTerms(), host: new LocalHost(path), times });
  const abort = () => void transport.close();
  signal?.addEventListener("abort", abort);
  try {
    return await connected(transport, { host: "localhost", port: 1 }, path);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** Connects to the node at an address. Rejects with a {@link ControlError}; as `startTransport` where options are wrong. */
export async function controlByAddress(
  address: Address,
  security: NodeHostOptions = {},
): Promise<ControlClient> {
  const types = [controlRequests, controlReplies];
  const transport = await startTransport({ ...security, types, roles: [observerRole], times });
  return connected(transport, address, formatAddress(address));
}

async function connected(transport: Transport, address: Address, shown: string): Promise<ControlClient> {
  const outcome = await transport.connect(address);
  if (outcome.status === "notConnected") {
    await transport.close();
    const { code, text } = outcome.reason;
    throw new ControlError(errorCodeOf(code), `No answer from ${shown}: ${text}`);
  }
  const { peer } = outcome;
  const terms = peer.termsOf(controlRequests);
  if (terms?.sends !== true || peer.termsOf(controlReplies)?.receives !== true) {
    await transport.close();
    const text =
      terms?.standing === "unknown"
        ? "takes no questions"
        : "runs another version of hewn, with other questions";
    throw new ControlError("otherVersion", `The node at ${shown} ${text}.`);
  }
  peer.want(false);
  return new ControlClient(transport, peer);
}

function errorCodeOf(code: string): ControlErrorCode {
  if (code === "unauthenticated") return "unauthenticated";
  if (code === "timedOut" || code === "silent" || code === "handshakeTimedOut") return "silent";
  return code === "versionUnsupported" ? "otherVersion" : "absent";
}

export class ControlClient {
  readonly #transport: Transport;
  readonly #peer: Peer;
  readonly #answers = new Map<number, Answer>();
  #number = 0;

  /** Use {@link controlBySocket} or {@link controlByAddress}. */
  constructor(transport: Transport, peer: Peer) {
    this.#transport = transport;
    this.#peer = peer;
    transport.onMessage(controlReplies, (reply) => this.#answers.get(reply.number)?.put(reply));
    void peer.closed.then(() => {
      for (const answer of this.#answers.values()) answer.end();
    });
  }

  /** As the node calls itself to peers. */
  get node() {
    return this.#peer.node;
  }

  /**
   * The parts of the answer as they come, `done` or `refused` being the last; a watch has no end but the connection's.
   * Throws a {@link ControlError} where the first part, or the rest, does not come.
   */
  async *ask(question: Question): AsyncGenerator<ControlReply, void, undefined> {
    const number = ++this.#number;
    const answer = new Answer();
    this.#answers.set(number, answer);
    try {
      const outcome = this.#peer.send(controlRequests, { ...question, number } as ControlRequest);
      if (outcome.status === "notSent") throw new ControlError("lost", outcome.text);
      const isWatch = question.kind === "watch";
      for (;;) {
        const reply = await answer.next(isWatch ? undefined : this.#deadline());
        if (reply === undefined) return this.#broken();
        yield reply;
        if (reply.kind === "done" || reply.kind === "refused") return;
      }
    } finally {
      this.#answers.delete(number);
    }
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  #deadline() {
    return (late: () => void) => this.#transport.host.setTimer(patienceMs, late);
  }

  #broken(): never {
    const end = this.#peer.end;
    if (end === undefined)
      throw new ControlError("silent", "The node took the question and does not answer.");
    throw new ControlError("lost", `The connection ended before the answer was whole: ${end.text}`);
  }
}

/** Parts that have come and were not taken yet. */
class Answer {
  readonly #parts: ControlReply[] = [];
  #isOver = false;
  #wake: () => void = () => {};

  put(part: ControlReply): void {
    if (this.#parts.length < partsMax) this.#parts.push(part);
    else this.#isOver = true;
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** Undefined: nothing more comes, or it did not come in time. */
  async next(deadline: ((late: () => void) => () => void) | undefined): Promise<ControlReply | undefined> {
    if (this.#parts.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => {
        const stop = deadline?.(resolve);
        this.#wake = () => {
          stop?.();
          resolve();
        };
      });
    }
    return this.#parts.shift();
  }
}
