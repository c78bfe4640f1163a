// Hewn's own part: two transports, as users start them, with everything on: two lanes, credit, pings, checked codecs. Or
// with messages whose bytes are there already: the transport alone.
import { createHash } from "node:crypto";
import type { Codec } from "@hewn/runtime/codec";
import { type Peer, startTransport } from "@hewn/runtime/node";
import { type Link, type LinkEvents, type RowName, rowNames, type Stack } from "./link.ts";
import { codecs } from "./messages.ts";
import { byteCodecs, ofPrepared, preparedBytes } from "./prepared-bytes.ts";

/** Of no value: it only has to be the same on both sides. */
const secret = createHash("sha256").update("network bench").digest("base64url");

type Codecs = Readonly<Record<RowName, Codec<unknown>>>;
const checked = codecs as Codecs;
const prepared = byteCodecs as Codecs;

export const hewn: Stack = stack(checked);
export const hewnTls: Stack = stack(checked, { secret });
export const hewnAlone: Stack = stack(prepared);

function stack(codecsOf: Codecs, security: { readonly secret?: string } = {}): Stack {
  const all = rowNames.map((row) => codecsOf[row]);
  const options = { types: all, environment: {}, ...security };
  return {
    serve: async (counter) => {
      const transport = await startTransport({ ...options, listen: "127.0.0.1:0" });
      for (const codec of all) {
        const echo = new Echo(codec);
        transport.onMessage(codec, (message, peer) => {
          if (counter.isDue()) echo.send(message, peer);
        });
      }
      return `127.0.0.1:${transport.address?.port}`;
    },
    connect: async (address, events) => {
      const transport = await startTransport(options);
      const outcome = await transport.connect(address);
      if (outcome.status !== "connected") throw new Error(outcome.reason.text);
      for (const codec of all) transport.onMessage(codec, (message) => events.answered(message));
      return codecsOf === prepared
        ? new BytesPeerLink(outcome.peer, events, codecsOf)
        : new PeerLink(outcome.peer, events, codecsOf);
    },
  };
}

/** Answers in order; those that the peer cannot take yet wait. */
class Echo {
  readonly #codec: Codec<unknown>;
  #waiting: unknown[] = [];

  constructor(codec: Codec<unknown>) {
    this.#codec = codec;
  }

  send(message: unknown, peer: Peer): void {
    if (this.#waiting.length === 0 && isTaken(peer, this.#codec, message)) return;
    // A view holds no longer than its handler.
    this.#waiting.push(message instanceof Uint8Array ? message.slice() : message);
    if (this.#waiting.length === 1) void this.#drain(peer);
  }

  async #drain(peer: Peer): Promise<void> {
    while (this.#waiting.length > 0) {
      await peer.ready();
      while (this.#waiting.length > 0 && isTaken(peer, this.#codec, this.#waiting[0])) this.#waiting.shift();
    }
  }
}

class PeerLink implements Link {
  readonly #peer: Peer;
  readonly #events: LinkEvents;
  readonly #codecs: Codecs;
  #codec: Codec<unknown>;

  constructor(peer: Peer, events: LinkEvents, codecsOf: Codecs) {
    this.#peer = peer;
    this.#events = events;
    this.#codecs = codecsOf;
    this.#codec = codecsOf.small;
  }

  begin(row: RowName): void {
    this.#codec = this.#codecs[row];
  }

  send(message: unknown): boolean {
    if (isTaken(this.#peer, this.#codec, message)) return true;
    void this.#peer.ready().then(() => this.#events.ready());
    return false;
  }
}

class BytesPeerLink extends PeerLink {
  readonly toNative = preparedBytes;
  readonly fromNative = ofPrepared;
}

function isTaken(peer: Peer, codec: Codec<unknown>, message: unknown): boolean {
  const outcome = peer.send(codec, message);
  if (outcome.status === "accepted") return true;
  if (outcome.reason === "overloaded") return false;
  throw new Error(`${codec.name}: ${outcome.text}`);
}
