// Who is given the messages that arrive: one handler a type, for all peers of a node.

import type { Codec } from "../codec/codec.ts";
import { DecodeError } from "../codec/decode-error.ts";
import { depthMax } from "../codec/limits.ts";
import type { RefPorts } from "../codec/options.ts";
import { endDecode, type Reader } from "../codec/reader.ts";
import { decodeFailure } from "../codec/stack-end.ts";
import type { Catalogue, Offer } from "./catalogue.ts";
import { movableReader, moveReader, readTypeIndex, releaseReader } from "./message-body.ts";

/** A message that reached this node, but no handler. */
export interface Loss {
  readonly type: string;
  /** `noHandler`: nobody asked for this type. `undecodable`: the bytes are none of this type; see `error`. */
  readonly reason: "noHandler" | "undecodable";
  readonly error?: DecodeError;
}

/** Whose messages these are. */
export interface Author {
  /** Where the handles in them lead. */
  readonly refs: RefPorts | undefined;
}

/** Where what could not be given to a handler is reported. */
export interface HandlerReports<P> {
  lost(loss: Loss, peer: P): void;
  handlerFailed(error: unknown, type: string, peer: P): void;
}

/** Reads the messages of a type, and takes them. */
interface Handler<P> {
  readonly read: (reader: Reader, depth: number) => unknown;
  run(message: unknown, peer: P): void;
}

/** `forbidden`: of a type that the peer may not send, which ends the stream. */
export type Delivery = "delivered" | "lost" | "forbidden";

export class Handlers<P extends Author> {
  readonly #catalogue: Catalogue;
  readonly #reports: HandlerReports<P>;
  /** By the index in our catalogue. */
  readonly #handlers: Handler<P>[] = [];
  /** Only in use while a message is decoded, and no code of others runs then. */
  readonly #reader = movableReader();

  constructor(catalogue: Catalogue, reports: HandlerReports<P>) {
    this.#catalogue = catalogue;
    this.#reports = reports;
  }

  /** Throws where the type is not in the catalogue: no peer would ever have been told of it. */
  set<T>(codec: Codec<T>, run: (message: T, peer: P) => void): void {
    const index = this.indexOf(codec);
    if (index === undefined) throw new Error(`${codec.name} is not among the types that this node was given`);
    this.#handlers[index] = { read: codec.read, run };
  }

  /** The index of exactly this version of the type in our catalogue. */
  indexOf({ name, fingerprint }: Offer): number | undefined {
    const index = this.#catalogue.indexOf(name);
    return index !== undefined && this.#catalogue.offers[index]!.fingerprint === fingerprint
      ? index
      : undefined;
  }

  /**
   * Gives `bytes[start..end)`, the body of a message, to its handler. `incoming`: from the peer's indexes to ours. Throws
   * nothing of the handler's.
   */
  deliver(
    incoming: readonly (number | undefined)[],
    bytes: Uint8Array,
    start: number,
    end: number,
    peer: P,
  ): Delivery {
    const reader = this.#reader;
    moveReader(reader, bytes, start, end);
    reader.refs = peer.refs;
    const index = incoming[readTypeIndex(reader)];
    if (index === undefined) return "forbidden";
    const handler = this.#handlers[index];
    if (handler === undefined) return this.#lose(index, peer, "noHandler");
    let handlerRuns = false;
    try {
      const message = handler.read(reader, depthMax);
      endDecode(reader);
      handlerRuns = true;
      handler.run(message, peer);
      return "delivered";
    } catch (error) {
      return handlerRuns
        ? this.#handlerFailed(index, error, peer)
        : this.#undecodable(index, error, start, peer);
    }
  }

  /** Lets go of the bytes of the last message. */
  release(): void {
    releaseReader(this.#reader);
  }

  #handlerFailed(index: number, error: unknown, peer: P): Delivery {
    this.#reports.handlerFailed(error, this.#nameOf(index), peer);
    return "delivered";
  }

  /** The error was made inside a chunk and knows neither the type nor where the message begins. */
  #undecodable(index: number, cause: unknown, start: number, peer: P): Delivery {
    const error = decodeFailure(this.#reader, cause);
    if (!(error instanceof DecodeError)) throw error;
    error.locate(this.#nameOf(index), error.offset - start);
    return this.#lose(index, peer, "undecodable", error);
  }

  #lose(index: number, peer: P, reason: Loss["reason"], error?: DecodeError): Delivery {
    const type = this.#nameOf(index);
    this.#reports.lost(error === undefined ? { type, reason } : { type, reason, error }, peer);
    return "lost";
  }

  #nameOf(index: number): string {
    return this.#catalogue.offers[index]!.name;
  }
}
