// Encodes outgoing frames one behind the other into one buffer, which goes to the socket at the end of the tick or
// when it is full: a write to a socket costs as much as encoding dozens of messages. Does no I/O itself.
//
// A message is encoded by its codec directly behind an empty header, whose length is filled in afterwards; the codec
// believes that it extends one long message, so that the whole batch moves when it outgrows its buffer.
//
// While the sink takes nothing, or the receiver has granted no more, batches wait here, up to a limit; then messages are
// refused with an answer to their sender. A batch that the credit ends in is cut between two frames. Bytes that were
// handed to the sink are not written again before it has taken them: until then each batch begins behind the last one.

import { putOrdinal } from "../codec/choice.ts";
import type { Codec } from "../codec/codec.ts";
import { encodeError, withinType } from "../codec/encode-error.ts";
import { depthMax } from "../codec/limits.ts";
import { encodeFailure } from "../codec/stack-end.ts";
import type { Writer } from "../codec/writer.ts";
import { chunkBeginHeadBytes, chunkHeadBytes } from "./assembler.ts";
import { type Position, zero } from "./credit.ts";
import { encodeFrame, frameKind, headerBytes, lengthBytes, readLength, writeHeader } from "./frame.ts";
import type { Sink } from "./host.ts";
import { batchBytes, chunkBytes, cutBytesMax, queuedBytesMax } from "./limits.ts";
import type { Piece } from "./outbox.ts";

export interface FrameWriterOptions {
  readonly sink: Sink;
  /** Runs a function once what runs now has ended. */
  readonly schedule: (run: () => void) => void;
  /** Bytes that may wait while the sink takes nothing, or no credit is left. Default {@link queuedBytesMax}. */
  readonly queuedBytesMax?: number;
}

/**
 * `accepted`: the message is in the batch. `long`: it is in {@link FrameWriter.long}, because a frame should not be that
 * long. `tooLong`: nothing was kept, because the peer does not take a message of that length.
 */
export type WriteOutcome = "accepted" | "long" | "tooLong";

/** Frames that go out together. Only messages and chunks count against credit. */
interface Batch {
  readonly bytes: Uint8Array;
  readonly counted: Position;
}

/** A batch begins with no less room than this in its buffer; what is left at the end is given up. */
const reserveBytes = 2048;
const firstBufferBytes = 4096;
const nothing = new Uint8Array(0);
const nothingView = new DataView(nothing.buffer);
/** First buffers that nobody uses: a connection on which nothing is said keeps none. */
const spares: { readonly bytes: Uint8Array; readonly view: DataView }[] = [];
const sparesMax = 32;
/** A type's index as a MessagePack uint: at most `cd xx xx` or, for catalogues of absurd size, `ce` and four bytes. */
const indexBytesMax = 5;

export class FrameWriter {
  /** The longest message that the peer takes: its index and its value. */
  messageLengthMax = 0;
  /** The body of the message that the last write found too long for a frame; it never changes. */
  long: Uint8Array = nothing;
  /** What the receiver has granted: frames may go while less than this has gone. */
  readonly allowed: Position = { messages: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };
  /** What of messages and chunks has been handed to the sink. */
  readonly handed: Position = zero();

  readonly #sink: Sink;
  readonly #schedule: (run: () => void) => void;
  readonly #queuedBytesMax: number;
  readonly #writer: Writer;
  /** Where the next frame begins, counted from the batch's begin, `#writer.start`. */
  #batched = 0;
  /** Messages in the batch. */
  #batchedMessages = 0;
  /** Bytes of the session's own frames in it, which do not count against credit. */
  #batchedOwn = 0;
  /** The stream of the last message that was cut here: counted down, where those that take turns count up. */
  #lastCut = 0;
  #scheduled = false;
  #encoding = false;
  /** Somebody keeps a message that lies in the buffer. */
  #isLent = false;
  /** The sink has said that it wants no more. */
  #held = false;
  #queue: Batch[] = [];
  #queuedBytes = 0;
  #queuedMessages = 0;
  /** Of the next buffer: follows the size of the batches, so that a quiet connection keeps little. */
  #bufferBytes = firstBufferBytes;

  constructor(options: FrameWriterOptions) {
    this.#sink = options.sink;
    this.#schedule = options.schedule;
    this.#queuedBytesMax = options.queuedBytesMax ?? queuedBytesMax;
    this.#writer = emptyWriter();
  }

  /** Bytes that were accepted and have not been handed to the sink. */
  get waitingBytes(): number {
    return this.#queuedBytes + this.#batched;
  }

  /** Messages among them; one in chunks counts with its last. */
  get waitingMessages(): number {
    return this.#queuedMessages + this.#batchedMessages;
  }

  /** What is written now has to wait: for the sink, or for credit. */
  get isBlocked(): boolean {
    return this.#held || this.#queue.length > 0;
  }

  /** The sink takes nothing. */
  get isHeld(): boolean {
    return this.#held;
  }

  /** The receiver has granted what is in the batch and at least a frame more. */
  get hasCredit(): boolean {
    return (
      this.handed.messages + this.#batchedMessages < this.allowed.messages &&
      this.handed.bytes + this.#batched - this.#batchedOwn < this.allowed.bytes
    );
  }

  /** The next message would have to wait where too much does already. */
  get isFull(): boolean {
    return this.isBlocked && this.waitingBytes >= this.#queuedBytesMax;
  }

  /** Memory of the buffer that the next frames go into. */
  get bufferBytes(): number {
    return this.#writer.end;
  }

  /**
   * Appends a message: its type's index, then its value. One too long for a frame goes in chunks where that is all right
   * with the caller (`mayCut`) and it is not very long; else it is in {@link long}.
   * @throws EncodeError when the value does not fit its type; then nothing of it is sent
   */
  write<T>(codec: Codec<T>, index: number, value: T, mayCut = false): WriteOutcome {
    if (this.#encoding) throw sentByGetter(codec.name);
    const p = this.#begin(headerBytes + indexBytesMax);
    const frame = this.#batched;
    const bodyBytes = this.#encode(codec, index, value, p);
    if (bodyBytes > chunkBytes || bodyBytes > this.messageLengthMax) {
      return this.#writeLong(frame, bodyBytes, mayCut);
    }
    const w = this.#writer;
    const at = w.start + frame;
    w.view.setUint32(at, bodyBytes + 1);
    w.bytes[at + lengthBytes] = frameKind.message;
    this.#batched = frame + headerBytes + bodyBytes;
    this.#batchedMessages++;
    if (!this.#scheduled || this.#batched >= batchBytes) this.#settle();
    return "accepted";
  }

  /** What was encoded behind the batch is longer than a frame should be, or than the peer takes. */
  #writeLong(frame: number, bodyBytes: number, mayCut: boolean): WriteOutcome {
    if (bodyBytes <= chunkBytes) return "tooLong";
    const cut = mayCut && bodyBytes <= cutBytesMax && bodyBytes <= this.messageLengthMax;
    return cut && this.#cut(frame, bodyBytes) ? "accepted" : this.#setAside(frame, bodyBytes);
  }

  /** As {@link write}, but sends nothing: the body of the message is in {@link long}. */
  encode<T>(codec: Codec<T>, index: number, value: T): WriteOutcome {
    if (this.#encoding) throw sentByGetter(codec.name);
    const p = this.#begin(headerBytes + indexBytesMax);
    return this.#setAside(this.#batched, this.#encode(codec, index, value, p));
  }

  /** Appends a message or a part of one that was encoded before. */
  writePiece(piece: Piece): void {
    const { body } = piece;
    const head =
      piece.kind === "message" ? 0 : piece.kind === "chunkBegin" ? chunkBeginHeadBytes : chunkHeadBytes;
    const p = this.#begin(headerBytes + head + body.length);
    const { bytes, view } = this.#writer;
    writeHeader(bytes, p, frameKind[piece.kind], head + body.length);
    if (piece.kind !== "message") view.setUint32(p + headerBytes, piece.stream);
    if (piece.kind === "chunkBegin") view.setUint32(p + headerBytes + 4, piece.total);
    bytes.set(body, p + headerBytes + head);
    this.#batched += headerBytes + head + body.length;
    if (isWhole(frameKind[piece.kind])) this.#batchedMessages++;
    this.#settle();
  }

  /** Appends a frame of the session. Never refused: the session sends few, and those must arrive. */
  writeFrame(kind: number, body: Uint8Array): void {
    const p = this.#begin(headerBytes + body.length);
    writeHeader(this.#writer.bytes, p, kind, body.length);
    this.#writer.bytes.set(body, p + headerBytes);
    this.#batched += headerBytes + body.length;
    this.#batchedOwn += headerBytes + body.length;
    this.#settle();
  }

  /**
   * Sends a frame of the session past everything that waits for credit. False: the sink takes nothing, so that it would
   * have to wait, and was not kept.
   */
  writeUrgent(kind: number, body: Uint8Array): boolean {
    if (this.#held) return false;
    if (this.#queue.length === 0 && this.hasCredit) this.writeFrame(kind, body);
    else this.#held = !this.#sink.write(encodeFrame(kind, body));
    return true;
  }

  /** Hands over what has been batched, or queues it if it cannot go. */
  flush(): void {
    if (this.#batched === 0) return;
    const w = this.#writer;
    const bytes = w.bytes.subarray(w.start, w.start + this.#batched);
    const counted = { messages: this.#batchedMessages, bytes: this.#batched - this.#batchedOwn };
    const batch = { bytes, counted };
    w.start += this.#batched;
    this.#batched = 0;
    this.#batchedMessages = 0;
    this.#batchedOwn = 0;
    this.#bufferBytes = Math.min(Math.max(4 * bytes.length, firstBufferBytes), batchBytes + reserveBytes);
    this.#shrink();
    const left = this.isBlocked ? batch : this.#handOver(batch);
    if (left === undefined) return this.#reuse();
    this.#queue.push(left);
    this.#queuedBytes += left.bytes.length;
    this.#queuedMessages += left.counted.messages;
  }

  /** The sink takes bytes again. */
  drained(): void {
    this.#held = false;
    this.advance();
  }

  /** Hands over what waits, as far as the sink takes it and credit lasts. */
  advance(): void {
    let taken = 0;
    let left: Batch | undefined;
    while (!this.#held && left === undefined && taken < this.#queue.length) {
      const batch = this.#queue[taken++]!;
      left = this.#handOver(batch);
      this.#queuedBytes -= batch.bytes.length - (left?.bytes.length ?? 0);
      this.#queuedMessages -= batch.counted.messages - (left?.counted.messages ?? 0);
    }
    if (left !== undefined) this.#queue[--taken] = left;
    this.#queue = this.#queue.slice(taken);
  }

  /** Lets go of everything that waits: the connection is gone. */
  discard(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#queuedMessages = 0;
    this.#batched = 0;
    this.#batchedMessages = 0;
    this.#batchedOwn = 0;
    this.long = nothing;
    Object.assign(this.#writer, emptyWriter());
  }

  readonly #flushTick = (): void => {
    this.#scheduled = false;
    this.flush();
  };

  /** Gives the sink as much of a batch as credit allows; returns the rest. */
  #handOver(batch: Batch): Batch | undefined {
    const { handed, allowed } = this;
    const { messages, bytes } = batch.counted;
    if (handed.messages + messages <= allowed.messages && handed.bytes + bytes <= allowed.bytes) {
      handed.messages += messages;
      handed.bytes += bytes;
      this.#held = !this.#sink.write(batch.bytes);
      return undefined;
    }
    const end = this.#endOfCredit(batch.bytes);
    if (end > 0) this.#held = !this.#sink.write(batch.bytes.subarray(0, end));
    if (end === batch.bytes.length) return undefined;
    const counted = { messages: messages - this.#passed.messages, bytes: bytes - this.#passed.bytes };
    return { bytes: batch.bytes.subarray(end), counted };
  }

  /** What {@link #endOfCredit} counted last. */
  #passed: Position = zero();

  /** How many bytes of the batch's frames may go; counts them as handed over. */
  #endOfCredit(bytes: Uint8Array): number {
    const { handed, allowed } = this;
    const passed = zero();
    this.#passed = passed;
    let offset = 0;
    while (offset < bytes.length) {
      const length = lengthBytes + readLength(bytes, offset);
      const kind = bytes[offset + lengthBytes]!;
      const messages = isWhole(kind) ? 1 : 0;
      if (kind >= frameKind.message) {
        if (handed.messages + messages > allowed.messages || handed.bytes >= allowed.bytes) break;
        handed.messages += messages;
        handed.bytes += length;
        passed.messages += messages;
        passed.bytes += length;
      }
      offset += length;
    }
    return offset;
  }

  /**
   * Makes chunks of the message that was encoded behind the batch, where it stands: its parts move to the end by the
   * headers in front of them, the last one first. False: there is no room.
   */
  #cut(frame: number, bodyBytes: number): boolean {
    const w = this.#writer;
    const chunks = Math.ceil(bodyBytes / chunkBytes);
    const headers = chunks * (headerBytes + chunkHeadBytes) + chunkBeginHeadBytes - chunkHeadBytes;
    const from = w.start + frame + headerBytes;
    if (from - headerBytes + headers + bodyBytes > w.end) return false;
    this.#lastCut = (this.#lastCut - 1) >>> 0;
    for (let chunk = chunks - 1; chunk >= 0; chunk--) {
      const start = chunk * chunkBytes;
      const length = Math.min(chunkBytes, bodyBytes - start);
      const head = chunk === 0 ? chunkBeginHeadBytes : chunkHeadBytes;
      const to = from + start + chunkBeginHeadBytes + chunk * (headerBytes + chunkHeadBytes);
      w.bytes.copyWithin(to, from + start, from + start + length);
      const kind = chunk === 0 ? "chunkBegin" : chunk === chunks - 1 ? "chunkEnd" : "chunk";
      writeHeader(w.bytes, to - head - headerBytes, frameKind[kind], head + length);
      w.view.setUint32(to - head, this.#lastCut);
      if (chunk === 0) w.view.setUint32(to - chunkHeadBytes, bodyBytes);
    }
    this.#batched = frame + headers + bodyBytes;
    this.#batchedMessages++;
    this.#settle();
    return true;
  }

  /** Takes the message that was encoded behind the batch out of the buffer. */
  #setAside(frame: number, bodyBytes: number): WriteOutcome {
    if (bodyBytes > this.messageLengthMax) {
      this.#shrink();
      return "tooLong";
    }
    const w = this.#writer;
    const { bytes } = w;
    const start = w.start + frame + headerBytes;
    this.long = bytes.subarray(start, start + bodyBytes);
    this.#isLent = true;
    // The batch in front of it goes, or waits, first: what follows begins behind the message.
    this.flush();
    if (w.bytes === bytes) w.start = start + bodyBytes;
    this.#bufferBytes = Math.min(
      Math.max(this.#bufferBytes, bodyBytes + 2 * reserveBytes),
      batchBytes + reserveBytes,
    );
    this.#shrink();
    return "long";
  }

  /** Makes room for `n` bytes of a new frame and returns where it begins. */
  #begin(n: number): number {
    const w = this.#writer;
    const room = w.end - w.start - this.#batched;
    if (room < reserveBytes || room < n) this.#makeRoom(n);
    return w.start + this.#batched;
  }

  #makeRoom(n: number): void {
    const w = this.#writer;
    this.flush();
    if (w.end - w.start >= Math.max(this.#bufferBytes, n + reserveBytes)) return;
    const size = Math.max(this.#bufferBytes, n + reserveBytes);
    const spare = size === firstBufferBytes ? spares.pop() : undefined;
    const bytes = spare?.bytes ?? new Uint8Array(size);
    w.bytes = bytes;
    w.view = spare?.view ?? new DataView(bytes.buffer);
    w.start = 0;
    w.end = bytes.length;
    this.#isLent = false;
  }

  /** Encodes index and value behind the header at `p`; returns how many bytes they took. */
  #encode<T>(codec: Codec<T>, index: number, value: T, p: number): number {
    const w = this.#writer;
    this.#encoding = true;
    try {
      const end = codec.write(w, putOrdinal(w, p + headerBytes, index), value, depthMax);
      if (end > w.end) throw encodeError("changed", "changed while it was encoded");
      this.#encoding = false;
      return end - w.start - this.#batched - headerBytes;
    } catch (error) {
      this.#encoding = false;
      throw withinType(encodeFailure(error), codec.name);
    }
  }

  /** After a frame: a full batch goes at once, another one at the end of the tick. */
  #settle(): void {
    if (this.#batched >= batchBytes) return this.flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(this.#flushTick);
  }

  /** Everything has gone out: where nobody looks at it any more, the next batch takes the place of this one. */
  #reuse(): void {
    if (this.#sink.hasTaken !== true || this.#isLent) return;
    const w = this.#writer;
    w.start = 0;
    if (w.end !== firstBufferBytes) return;
    if (spares.length < sparesMax) spares.push({ bytes: w.bytes, view: w.view });
    Object.assign(w, emptyWriter());
  }

  /** Between batches: lets go of a buffer that is far larger than what is being sent. */
  #shrink(): void {
    const w = this.#writer;
    if (this.#batched === 0 && w.end > 4 * this.#bufferBytes) Object.assign(w, emptyWriter());
  }
}

/** With a frame of this kind a message has gone out. */
function isWhole(kind: number): boolean {
  return kind === frameKind.message || kind === frameKind.chunkEnd;
}

function sentByGetter(name: string): Error {
  return new Error(`${name} was sent by a getter of a value that is being encoded`);
}

function emptyWriter(): Writer {
  return { bytes: nothing, view: nothingView, start: 0, end: 0, target: null, targetOffset: 0 };
}
