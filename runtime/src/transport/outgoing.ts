// What goes out on one stream: messages in batches, long ones in chunks that take turns, as far as the socket takes them
// and credit lasts. What waits is bounded; beyond that messages are refused.

import type { Codec } from "../codec/codec.ts";
import { granted, newSending, type Position, type Sending, unlimited, type Window } from "./credit.ts";
import { FrameWriter } from "./frame-writer.ts";
import type { Sink } from "./host.ts";
import { batchBytes, chunkBytes, queuedBytesMax } from "./limits.ts";
import { type AssemblyLimits, Outbox } from "./outbox.ts";
import type { Takes } from "./session.ts";

export interface OutgoingOptions {
  readonly sink: Sink;
  readonly schedule: (run: () => void) => void;
  /** What may wait, in bytes. */
  readonly queuedBytesMax?: number;
}

/** `full`: too much waits already. `tooLong`: the peer does not take messages of that length. */
export type Outcome = "accepted" | "full" | "tooLong";

/** What became of messages that `send` accepted, when the stream is over. */
export interface Fate {
  /** They went out, but nothing says that they were consumed. */
  readonly unknown: number;
  /** They never went out, or not whole. */
  readonly unsent: number;
}

const nothingLong: AssemblyLimits = { assembliesMax: 1, assembledBytesMax: 0 };

export class Outgoing {
  /** Called when there is room after a message was refused as `full`. */
  onRoom: (() => void) | undefined;

  readonly #writer: FrameWriter;
  readonly #schedule: (run: () => void) => void;
  readonly #queuedBytesMax: number;
  #outbox = new Outbox(nothingLong);
  readonly #sending: Sending = newSending(unlimited);
  #isCounted = false;
  #scheduled = false;
  #refused = false;
  #unsent = 0;

  constructor(options: OutgoingOptions) {
    this.#schedule = options.schedule;
    this.#queuedBytesMax = options.queuedBytesMax ?? queuedBytesMax;
    this.#writer = new FrameWriter({ ...options, queuedBytesMax: this.#queuedBytesMax });
  }

  /** The peer has said what it takes. Without `isCounted` (the control lane) no credit is needed. */
  open(takes: Takes, isCounted: boolean): void {
    this.#outbox = new Outbox(takes);
    // Chunks need credit, and the control lane is for what is short.
    const longest = isCounted ? takes.messageLengthMax : Math.min(takes.messageLengthMax, chunkBytes);
    this.#writer.messageLengthMax = longest;
    this.#isCounted = isCounted;
    if (isCounted) this.#limit({ messages: takes.windowMessages, bytes: takes.windowBytes });
  }

  /** Bytes that were accepted and have not been handed to the socket. */
  get waitingBytes(): number {
    return this.#writer.waitingBytes + this.#outbox.cost;
  }

  /** Messages wait for their turn: what is written now would overtake them. */
  get hasBacklog(): boolean {
    return !this.#outbox.isEmpty;
  }

  get isFull(): boolean {
    if (this.#outbox.isEmpty) return this.#writer.isFull;
    return this.waitingBytes >= this.#queuedBytesMax;
  }

  /** The socket takes nothing: what is urgent has to be said again when it has drained. */
  get isHeld(): boolean {
    return this.#writer.isHeld;
  }

  /** What has gone out of messages since the stream opened. */
  get handed(): Readonly<Position> {
    return this.#writer.handed;
  }

  /**
   * Messages of one pair go in the order of their calls.
   * @throws EncodeError when the value does not fit its type; then nothing of it is sent
   */
  send<T>(codec: Codec<T>, index: number, value: T, pair: number): Outcome {
    if (!this.#outbox.isEmpty) return this.#sendBehind(codec, index, value, pair);
    if (this.#writer.isFull) return this.#full();
    const outcome = this.#writer.write(codec, index, value, this.#isCounted);
    return outcome === "long" ? this.#sendLong(pair) : outcome;
  }

  /** Messages wait for their turn: one of the same pair waits behind them. */
  #sendBehind<T>(codec: Codec<T>, index: number, value: T, pair: number): Outcome {
    if (this.isFull) return this.#full();
    const outcome = this.#outbox.has(pair)
      ? this.#writer.encode(codec, index, value)
      : this.#writer.write(codec, index, value);
    return outcome === "long" ? this.#sendLong(pair) : outcome;
  }

  #full(): Outcome {
    this.#refused = true;
    return "full";
  }

  /** The message that the writer has set aside takes its turn. */
  #sendLong(pair: number): Outcome {
    this.#outbox.push(pair, this.#writer.long);
    this.#settle();
    return "accepted";
  }

  /** A frame of the session, in its place behind all that was accepted as far as that has not to wait for credit. */
  writeFrame(kind: number, body: Uint8Array): void {
    this.#writer.writeFrame(kind, body);
  }

  /** A frame of the session, past everything that waits for credit. False: the socket takes nothing, it was not kept. */
  writeUrgent(kind: number, body: Uint8Array): boolean {
    return this.#writer.writeUrgent(kind, body);
  }

  /** The receiver says how far it has come. False: further than what was sent to it. */
  granted(position: Readonly<Position>): boolean {
    if (!granted(this.#sending, this.#writer.handed, position)) return false;
    this.#limit(this.#sending.window);
    this.#writer.advance();
    this.#proceed();
    return true;
  }

  /** The socket takes bytes again. */
  drained(): void {
    this.#writer.drained();
    this.#proceed();
  }

  flush(): void {
    this.#pump();
    this.#writer.flush();
  }

  /** The receiver says how many messages it has consumed, and grants nothing by it. False: more than were sent. */
  consumed(messages: number): boolean {
    return granted(this.#sending, this.#writer.handed, { messages, bytes: 0 });
  }

  /** What became of everything, as far as the receiver has said; what it says later still counts. */
  get fate(): Fate {
    return { unknown: this.#writer.handed.messages - this.#sending.consumed.messages, unsent: this.#unsent };
  }

  /** No message goes out any more. Lets go of everything that waits. */
  discard(): void {
    this.#unsent += this.#writer.waitingMessages + this.#outbox.messages;
    this.#writer.discard();
    this.#outbox = new Outbox(nothingLong);
    // What is still to be said, a goodbye, needs no credit.
    this.#limit(unlimited);
  }

  #limit(window: Window): void {
    this.#sending.window = window;
    this.#writer.allowed.messages = this.#sending.consumed.messages + window.messages;
    this.#writer.allowed.bytes = this.#sending.consumed.bytes + window.bytes;
  }

  #proceed(): void {
    if (!this.#outbox.isEmpty) this.flush();
    // Not at once: who is woken for one message's room is refused again with the next.
    if (!this.#refused || this.waitingBytes > this.#queuedBytesMax / 2) return;
    this.#refused = false;
    this.onRoom?.();
  }

  /** After a long message: with a batch of them at once, else at the end of the tick, when others may have come in. */
  #settle(): void {
    if (this.#outbox.cost >= batchBytes) this.#pump();
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(this.#tick);
  }

  readonly #tick = (): void => {
    this.#scheduled = false;
    this.flush();
  };

  /** Lets pairs take turns as long as what goes out need not wait. */
  #pump(): void {
    const writer = this.#writer;
    while (!writer.isBlocked && writer.hasCredit) {
      const piece = this.#outbox.next();
      if (piece === undefined) return;
      writer.writePiece(piece);
    }
  }
}
