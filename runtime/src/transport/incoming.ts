// What comes in on one stream once it is open: counts it against what was granted, puts chunks together, and hands
// messages on in the order in which they became whole. While their reader pauses they wait here; the credit bounds how
// many.

import { Assembler } from "./assembler.ts";
import {
  grantHasNews,
  grantIsDue,
  grantSent,
  newReceiving,
  type Position,
  type Receiving,
  receive,
  unlimited,
} from "./credit.ts";
import { frameKind, headerBytes } from "./frame.ts";
import type { FrameDecoder, MessageTaker } from "./frame-decoder.ts";
import type { GoAwayCode } from "./go-away.ts";
import type { Takes } from "./session.ts";
import { giveBuffer } from "./spare-buffers.ts";

/** Why the stream has to end. */
export interface Fault {
  readonly code: GoAwayCode;
  readonly text: string;
}

/** Takes the body of a message, `bytes[start..end)`, which is not used after it returns. */
export type Deliver = (bytes: Uint8Array, start: number, end: number) => Fault | undefined;

/** The bytes that one run may take; any number will do that no chunk has. */
const runBytesMax = 2 ** 30;

export class Incoming implements MessageTaker {
  readonly #receiving: Receiving;
  readonly #takes: Takes;
  /** Of a stream that brings chunks. */
  #assembler: Assembler | undefined;
  readonly #deliver: Deliver;
  /** Messages of the run under way. */
  #taken = 0;
  /** How many there may be: 0 where it is to stop. */
  #takenMax = 0;
  #fault: Fault | undefined;
  #paused = false;
  #resuming = false;
  /** Of chunks that came while the reader paused. */
  #deferredBytes = 0;
  /** Bodies of messages that came while the reader paused, and what their frames count. */
  #waiting: { readonly body: Uint8Array; readonly bytes: number }[] = [];

  constructor(takes: Takes, isCounted: boolean, deliver: Deliver) {
    const window = isCounted ? { messages: takes.windowMessages, bytes: takes.windowBytes } : unlimited;
    this.#receiving = newReceiving(window);
    this.#takes = takes;
    this.#deliver = deliver;
  }

  /** Half of the window has been consumed since the last grant. */
  get grantIsDue(): boolean {
    return grantIsDue(this.#receiving);
  }

  /** Something has been consumed since the last grant. */
  get grantHasNews(): boolean {
    return grantHasNews(this.#receiving);
  }

  /** What has been consumed since the stream opened; it counts as granted from now on. */
  grant(): Readonly<Position> {
    return grantSent(this.#receiving);
  }

  get consumedMessages(): number {
    const { received, waiting } = this.#receiving;
    return received.messages + this.#taken - waiting.messages;
  }

  get waitingMessages(): number {
    return this.#waiting.length;
  }

  /**
   * Hands on what `decoder` finds one behind the other and whole. How much of it was granted is known beforehand, so that
   * it is counted once for all; what was not granted is left, for {@link message}.
   */
  run(decoder: FrameDecoder): Fault | undefined {
    if (this.#paused || this.#waiting.length > 0) return undefined;
    const { received, allowed } = this.#receiving;
    this.#takenMax = Math.min(allowed.messages - received.messages, runBytesMax);
    if (this.#takenMax <= 0) return undefined;
    try {
      received.bytes += decoder.run(this, Math.min(allowed.bytes - received.bytes, runBytesMax));
    } finally {
      received.messages += this.#taken;
      this.#taken = 0;
    }
    const fault = this.#fault;
    this.#fault = undefined;
    return fault;
  }

  /** A message of a run. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    // Before it is handed on: a goodbye that its handler says counts it as consumed.
    this.#taken++;
    const fault = this.#deliver(bytes, start, end);
    if (fault === undefined) return this.#taken < this.#takenMax;
    this.#fault = fault;
    return false;
  }

  /** The stream is over: a run that is under way ends with the message at hand. */
  stop(): void {
    this.#takenMax = 0;
  }

  message(bytes: Uint8Array, start: number, end: number): Fault | undefined {
    const length = headerBytes + end - start;
    if (!receive(this.#receiving, 1, length)) return exceeded(this.#receiving);
    if (this.#paused || this.#waiting.length > 0) return this.#keep(bytes, start, end, length);
    return this.#deliver(bytes, start, end);
  }

  /** A frame of one of the kinds of chunks. */
  chunk(kind: number, bytes: Uint8Array, start: number, end: number): Fault | undefined {
    const isLast = kind === frameKind.chunkEnd;
    const length = headerBytes + end - start;
    if (!receive(this.#receiving, isLast ? 1 : 0, length)) return exceeded(this.#receiving);
    this.#assembler ??= new Assembler(this.#takes);
    const assembler = this.#assembler;
    const text =
      kind === frameKind.chunkBegin
        ? assembler.begin(bytes, start, end)
        : assembler.more(bytes, start, end, isLast);
    if (text !== undefined) return { code: "chunksMixedUp", text };
    // Room for it was promised apart from the window, or a message longer than that could never come through. But not
    // while its reader pauses: messages that are whole would wait without a bound.
    if (this.#paused) {
      this.#deferredBytes += length;
      this.#receiving.waiting.bytes += length;
    }
    const { whole } = assembler;
    assembler.whole = undefined;
    if (whole === undefined) return undefined;
    const waits = this.#paused || this.#waiting.length > 0;
    const fault = waits ? this.#keep(whole.bytes, 0, whole.end, 0) : this.#deliver(whole.bytes, 0, whole.end);
    giveBuffer(whole.bytes);
    return fault;
  }

  pause(): void {
    this.#paused = true;
    this.#takenMax = 0;
  }

  /** Hands on what has waited, until it is paused again. Also after the stream's end: what waits has arrived. */
  resume(): Fault | undefined {
    this.#paused = false;
    if (this.#resuming) return undefined;
    this.#resuming = true;
    let taken = 0;
    let fault: Fault | undefined;
    while (!this.#paused && fault === undefined && taken < this.#waiting.length) {
      const { body, bytes } = this.#waiting[taken++]!;
      const { waiting } = this.#receiving;
      waiting.messages--;
      waiting.bytes -= bytes;
      fault = this.#deliver(body, 0, body.length);
    }
    this.#waiting = this.#waiting.slice(taken);
    this.#resuming = false;
    if (!this.#paused) {
      this.#receiving.waiting.bytes -= this.#deferredBytes;
      this.#deferredBytes = 0;
    }
    return fault;
  }

  #keep(bytes: Uint8Array, start: number, end: number, counted: number): undefined {
    const { waiting } = this.#receiving;
    waiting.messages++;
    waiting.bytes += counted;
    this.#waiting.push({ body: bytes.slice(start, end), bytes: counted });
  }
}

function exceeded({ received, granted, window }: Receiving): Fault {
  const messages = `${received.messages} messages of ${granted.messages + window.messages}`;
  const text = `${messages}, and ${received.bytes} bytes of ${granted.bytes + window.bytes} that were granted`;
  return { code: "creditExceeded", text };
}
