// One connection to one peer: joins decoder, writer and session, and hands messages to their handlers. Does no I/O:
// whoever owns the socket implements `ConnectionHost`, tells the connection what happened to the socket, and nothing else.

import type { Codec } from "../codec/codec.ts";
import { DecodeError } from "../codec/decode-error.ts";
import { EncodeError } from "../codec/encode-error.ts";
import { endDecode, type Reader } from "../codec/reader.ts";
import { readBounded } from "../codec/stack-end.ts";
import type { Offer, Terms } from "./catalogue.ts";
import { frameKind } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { FrameWriter } from "./frame-writer.ts";
import type { Sink } from "./host.ts";
import { frameLengthMax, lingerMs } from "./limits.ts";
import { movableReader, moveReader, readTypeIndex, releaseReader } from "./message-body.ts";
import type { NodeId } from "./messages.ts";
import { printable } from "./printable.ts";
import { accepted, type NotSent, notSent, type SendOutcome } from "./send-outcome.ts";
import {
  type CloseReason,
  type Effect,
  type Event,
  firstLengthMax,
  newSession,
  type Opened,
  type Session,
  type SessionConfig,
  step,
} from "./session.ts";

/** What a connection needs of the world. */
export interface ConnectionHost extends Sink {
  /** No more will be written; the peer may still send. */
  end(): void;
  /** Gives the socket up at once. `streamEnded` follows. */
  destroy(): void;
  /** Runs a function once what runs now has ended. */
  schedule(run: () => void): void;
  /** Runs a function later; calling what it returns prevents it. */
  setTimer(afterMs: number, run: () => void): () => void;
}

/** A message that reached this node, but no handler. */
export interface Loss {
  readonly type: string;
  /** `noHandler`: nobody asked for this type. `undecodable`: the bytes are none of this type; see `error`. */
  readonly reason: "noHandler" | "undecodable";
  readonly error?: DecodeError;
}

export interface ConnectionEvents {
  /** The handshake is done. Handlers registered in here miss no message. */
  readonly onOpen?: (connection: Connection) => void;
  readonly onLoss?: (loss: Loss) => void;
  /** A handler threw; the connection goes on. Without it the error is thrown once the connection is done. */
  readonly onHandlerError?: (error: unknown, type: string) => void;
}

/** Messages since the connection was opened. */
export interface Counters {
  /** Accepted by `send`. */
  sent: number;
  /** Refused by `send`. */
  notSent: number;
  /** Decoded and given to a handler. */
  delivered: number;
  /** Arrived, but given to nobody: see {@link Loss}. */
  lost: number;
}

/** What `send` has to know of a codec: its index, or why it cannot be sent. */
interface Slot {
  readonly index: number;
  readonly refusal: NotSent | undefined;
}

const overloaded = notSent("overloaded", "Too much is waiting to be sent to this peer already.");
const tooLong = notSent("tooLong", "The message is longer than what the peer takes.");
const isClosed = notSent("closed", "The connection is closed.");

export class Connection {
  readonly counters: Counters = { sent: 0, notSent: 0, delivered: 0, lost: 0 };
  /** Fulfilled when the socket is gone, with the reason. Never rejects. */
  readonly closed: Promise<CloseReason>;

  readonly #host: ConnectionHost;
  readonly #config: SessionConfig;
  readonly #events: ConnectionEvents;
  readonly #session: Session;
  readonly #decoder = new FrameDecoder(firstLengthMax);
  readonly #writer: FrameWriter;
  /** Only in use while a message is decoded, and no code of others runs then. */
  readonly #reader = movableReader();
  readonly #slots = new Map<Offer, Slot>();
  /** By the index in our catalogue: decodes the message and runs its handler. */
  readonly #handlers: ((reader: Reader) => void)[] = [];
  #handlerRuns = false;
  #waiting: (() => void)[] = [];
  #settleClosed: (reason: CloseReason) => void = () => {};
  #opened: Opened | undefined;
  #reason: CloseReason | undefined;
  #cancelTimer: () => void = () => {};

  constructor(host: ConnectionHost, config: SessionConfig, events: ConnectionEvents) {
    this.#host = host;
    this.#config = config;
    this.#events = events;
    this.#session = newSession(config);
    this.#writer = new FrameWriter({
      sink: host,
      schedule: (run) => host.schedule(run),
      lengthMax: frameLengthMax,
    });
    this.#writer.onRoom = () => this.#wake();
    this.closed = new Promise((resolve) => {
      this.#settleClosed = resolve;
    });
  }

  /** The peer, as it named itself in the handshake. Only while or after the session was open. */
  get peer(): NodeId {
    if (this.#opened === undefined) throw new Error("the handshake is not done: there is no peer yet");
    return this.#opened.peer;
  }

  /** What holds with the peer for a type; undefined where it is not in our own catalogue. */
  termsOf(codec: Offer): Terms | undefined {
    const index = this.#indexOf(codec);
    return index === undefined ? undefined : this.#opened?.settlement.terms[index];
  }

  /**
   * Sends a message, in the order of the calls. The value is encoded before this returns and may change afterwards.
   * Never throws for a value or a peer: see {@link SendOutcome}.
   */
  send<T>(codec: Codec<T>, value: T): SendOutcome {
    if (this.#reason !== undefined) return this.#refuse(isClosed);
    const slot = this.#slots.get(codec) ?? this.#makeSlot(codec);
    if (slot.refusal !== undefined) return this.#refuse(slot.refusal);
    try {
      const outcome = this.#writer.write(codec, slot.index, value);
      if (outcome !== "accepted") return this.#refuse(outcome === "full" ? overloaded : tooLong);
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error;
      return this.#refuse(notSent("invalid", error.message));
    }
    this.counters.sent++;
    return accepted;
  }

  /** Fulfilled when a message that was refused as `overloaded` may be tried again, or the connection is over. */
  ready(): Promise<void> {
    if (this.#reason !== undefined || !this.#writer.isFull) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /**
   * Gives every message of a type to `run`, in order of arrival. One handler a type: a second one takes its place.
   * Throws where the type is not in this node's catalogue: the peer would never have been told of it.
   */
  onMessage<T>(codec: Codec<T>, run: (message: T) => void): void {
    const index = this.#indexOf(codec);
    if (index === undefined) throw new Error(`${codec.name} is not among the types that this node was given`);
    this.#handlers[index] = (reader) => {
      const message = readBounded(reader, codec.read);
      endDecode(reader);
      this.#handlerRuns = true;
      run(message);
    };
  }

  /** Says goodbye behind everything that was sent, and closes. */
  close(): Promise<CloseReason> {
    this.#step({ kind: "closeRequested", code: "closing" });
    return this.closed;
  }

  /** For the owner of the socket: it is connected. */
  begin(role: "dialled" | "accepted"): void {
    this.#step({ kind: role });
  }

  /** For the owner of the socket: bytes arrived. They are not used after this returns. */
  received(chunk: Uint8Array): void {
    const decoder = this.#decoder;
    if (this.#reason !== undefined) return;
    decoder.push(chunk);
    while (decoder.next()) {
      if (decoder.kind === frameKind.message && this.#opened !== undefined) {
        this.#dispatch(this.#opened, decoder.bytes, decoder.start, decoder.end);
      } else {
        const body = decoder.bytes.subarray(decoder.start, decoder.end);
        this.#step({ kind: "frameReceived", frame: decoder.kind, body });
      }
      if (this.#reason !== undefined) break;
    }
    releaseReader(this.#reader);
    if (decoder.error !== undefined) this.#step({ kind: "framingFailed", error: decoder.error });
  }

  /** For the owner of the socket: it takes bytes again. */
  drained(): void {
    this.#writer.drained();
    if (this.#reason !== undefined && this.#writer.waitingBytes === 0) this.#host.end();
  }

  /** For the owner of the socket: the peer will send no more. `error` where the network failed. */
  streamEnded(error?: Error): void {
    if (error !== undefined) this.#step({ kind: "streamEnded", code: "failed", text: error.message });
    else if (this.#decoder.unfinishedBytes > 0) {
      this.#step({ kind: "streamEnded", code: "cutOff", text: "The stream ended in the middle of a frame." });
    } else this.#step({ kind: "streamEnded", code: "ended", text: "The stream ended without a goodbye." });
  }

  /** For the owner of the socket: nothing of it is left. */
  destroyed(error?: Error): void {
    this.streamEnded(error);
    this.#cancelTimer();
    this.#writer.discard();
    if (this.#reason !== undefined) this.#settleClosed(this.#reason);
  }

  #dispatch(opened: Opened, bytes: Uint8Array, start: number, end: number): void {
    const reader = this.#reader;
    moveReader(reader, bytes, start, end);
    const theirs = readTypeIndex(reader);
    const index = theirs === undefined ? undefined : opened.settlement.incoming[theirs];
    if (index === undefined) {
      const text = `a message of type ${theirs ?? "?"}, which the peer may not send`;
      return this.#step({ kind: "closeRequested", code: "malformed", text });
    }
    const handler = this.#handlers[index];
    if (handler === undefined) return this.#lose(index, "noHandler");
    try {
      handler(reader);
      this.counters.delivered++;
    } catch (error) {
      if (this.#handlerRuns) this.#handlerFailed(index, error);
      else if (error instanceof DecodeError) this.#undecodable(index, error, start);
      else throw error;
    }
    this.#handlerRuns = false;
  }

  #handlerFailed(index: number, error: unknown): void {
    const type = this.#nameOf(index);
    if (this.#events.onHandlerError !== undefined) return this.#events.onHandlerError(error, type);
    // Nobody listens: it surfaces as the uncaught exception that it is, but not in the middle of our own work.
    this.#host.schedule(() => {
      throw error;
    });
  }

  /** The error was made inside a chunk and knows neither the type nor where the message begins. */
  #undecodable(index: number, error: DecodeError, start: number): void {
    error.locate(this.#nameOf(index), error.offset - start);
    this.#lose(index, "undecodable", error);
  }

  #lose(index: number, reason: Loss["reason"], error?: DecodeError): void {
    this.counters.lost++;
    const type = this.#nameOf(index);
    this.#events.onLoss?.(error === undefined ? { type, reason } : { type, reason, error });
  }

  #refuse(refusal: NotSent): NotSent {
    this.counters.notSent++;
    return refusal;
  }

  #nameOf(index: number): string {
    return this.#config.catalogue.offers[index]!.name;
  }

  #indexOf({ name, fingerprint }: Offer): number | undefined {
    const { catalogue } = this.#config;
    const index = catalogue.indexOf(name);
    return index !== undefined && catalogue.offers[index]!.fingerprint === fingerprint ? index : undefined;
  }

  #makeSlot(codec: Offer): Slot {
    const slot = { index: this.#indexOf(codec) ?? -1, refusal: this.#refusalOf(codec) };
    if (this.#opened !== undefined) this.#slots.set(codec, slot);
    return slot;
  }

  #refusalOf(codec: Offer): NotSent | undefined {
    const { name } = codec;
    const terms = this.termsOf(codec);
    if (terms === undefined) return notSent("unknownType", `${name} is not among the types of this node.`);
    if (terms.sends) return undefined;
    if (terms.standing === "unknown") return notSent("unknownType", `The peer has no type ${name}.`);
    const text = `The peer cannot read this version of ${name}: ours is ${terms.ours}, its ${terms.theirs}.`;
    return notSent("incompatible", printable(text, 400));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #step(event: Event): void {
    for (const effect of step(this.#session, event)) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case "send":
        return this.#writer.writeFrame(effect.frame, effect.body);
      case "setTimer":
        return this.#setTimer(effect.afterMs, () => this.#step({ kind: "timerFired", token: effect.token }));
      case "clearTimer":
        return this.#cancelTimer();
      case "limitFrames":
        this.#decoder.lengthMax = effect.lengthMax;
        return;
      case "open":
        return this.#open(effect.opened);
      case "close":
        return this.#close(effect.reason);
      default:
        return effect satisfies never;
    }
  }

  #open(opened: Opened): void {
    this.#opened = opened;
    this.#writer.lengthMax = opened.peerFrameLengthMax;
    this.#events.onOpen?.(this);
  }

  /** Lets out what waits, ends the stream, and gives the peer some time to take it and to close its side. */
  #close(reason: CloseReason): void {
    this.#reason = reason;
    this.#wake();
    if (reason.by === "network") return this.#host.destroy();
    this.#setTimer(lingerMs, () => this.#host.destroy());
    this.#writer.flush();
    if (this.#writer.waitingBytes === 0) this.#host.end();
  }

  #setTimer(afterMs: number, run: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#host.setTimer(afterMs, run);
  }
}
