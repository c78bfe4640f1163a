// Encodes outgoing frames one behind the other into one buffer, which goes to the socket at the end of the tick or
// when it is full: a write to a socket costs as much as encoding dozens of messages. Does no I/O itself.
//
// A message is encoded by its codec directly behind an empty header, whose length is filled in afterwards; the codec
// believes that it extends one long message, so that the whole batch moves when it outgrows its buffer.
//
// While the sink takes nothing, full batches wait here, up to a limit; then messages are refused with an answer to
// their sender. Bytes that were handed to the sink are never written again: each batch begins behind the last one.

import { putOrdinal } from "../codec/choice.ts";
import type { Codec } from "../codec/codec.ts";
import { encodeError, withinType } from "../codec/encode-error.ts";
import { depthMax } from "../codec/limits.ts";
import { encodeFailure } from "../codec/stack-end.ts";
import type { Writer } from "../codec/writer.ts";
import { frameKind, headerBytes, writeHeader } from "./frame.ts";
import type { Sink } from "./host.ts";
import { batchBytes, queuedBytesMax } from "./limits.ts";

export interface FrameWriterOptions {
  readonly sink: Sink;
  /** Runs a function once what runs now has ended. */
  readonly schedule: (run: () => void) => void;
  /** The longest frame that the peer takes. */
  readonly lengthMax: number;
  /** Bytes that may wait while the sink takes nothing. Default {@link queuedBytesMax}. */
  readonly queuedBytesMax?: number;
}

/**
 * `accepted`: the message is in the batch. `full`: nothing was kept, because too much is waiting already.
 * `tooLong`: nothing was kept, because the peer would not take a frame of that length.
 */
export type WriteOutcome = "accepted" | "full" | "tooLong";

/** A batch begins with no less room than this in its buffer; what is left at the end is given up. */
const reserveBytes = 2048;
const firstBufferBytes = 4096;
/** A type's index as a MessagePack uint: at most `cd xx xx` or, for catalogues of absurd size, `ce` and four bytes. */
const indexBytesMax = 5;

export class FrameWriter {
  /** The longest frame that the peer takes. */
  lengthMax: number;
  /** Called when the sink takes bytes again after a message was refused as `full`. */
  onRoom: (() => void) | undefined;

  readonly #sink: Sink;
  readonly #schedule: (run: () => void) => void;
  readonly #queuedBytesMax: number;
  readonly #writer: Writer;
  /** Where the next frame begins, counted from the batch's begin, `#writer.start`. */
  #batched = 0;
  #scheduled = false;
  #encoding = false;
  /** The sink has said that it wants no more. */
  #held = false;
  #refused = false;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  /** Of the next buffer: follows the size of the batches, so that a quiet connection keeps little. */
  #bufferBytes = firstBufferBytes;

  constructor(options: FrameWriterOptions) {
    this.#sink = options.sink;
    this.#schedule = options.schedule;
    this.lengthMax = options.lengthMax;
    this.#queuedBytesMax = options.queuedBytesMax ?? queuedBytesMax;
    this.#writer = emptyWriter();
  }

  /** Bytes that were accepted and have not been handed to the sink. */
  get waitingBytes(): number {
    return this.#queuedBytes + this.#batched;
  }

  /** The next message would be refused. */
  get isFull(): boolean {
    return this.#held && this.waitingBytes >= this.#queuedBytesMax;
  }

  /** Memory of the buffer that the next frames go into. */
  get bufferBytes(): number {
    return this.#writer.end;
  }

  /**
   * Appends a message: its type's index, then its value.
   * @throws EncodeError when the value does not fit its type; then nothing of it is sent
   */
  write<T>(codec: Codec<T>, index: number, value: T): WriteOutcome {
    if (this.#encoding)
      throw new Error(`${codec.name} was sent by a getter of a value that is being encoded`);
    if (this.isFull) {
      this.#refused = true;
      return "full";
    }
    const p = this.#begin(headerBytes + indexBytesMax);
    const frame = this.#batched;
    const bodyBytes = this.#encode(codec, index, value, p);
    if (bodyBytes + 1 > this.lengthMax) {
      this.#shrink();
      return "tooLong";
    }
    const w = this.#writer;
    writeHeader(w.bytes, w.start + frame, frameKind.message, bodyBytes);
    this.#batched = frame + headerBytes + bodyBytes;
    this.#settle();
    return "accepted";
  }

  /** Appends a frame of the session. Never refused: the session sends few, and those must arrive. */
  writeFrame(kind: number, body: Uint8Array): void {
    const p = this.#begin(headerBytes + body.length);
    writeHeader(this.#writer.bytes, p, kind, body.length);
    this.#writer.bytes.set(body, p + headerBytes);
    this.#batched += headerBytes + body.length;
    this.#settle();
  }

  /** Hands over what has been batched, or queues it if the sink is held. */
  flush(): void {
    if (this.#batched === 0) return;
    const w = this.#writer;
    const batch = w.bytes.subarray(w.start, w.start + this.#batched);
    w.start += this.#batched;
    this.#batched = 0;
    this.#bufferBytes = Math.min(Math.max(4 * batch.length, firstBufferBytes), batchBytes + reserveBytes);
    this.#shrink();
    if (this.#held) {
      this.#queue.push(batch);
      this.#queuedBytes += batch.length;
    } else {
      this.#held = !this.#sink.write(batch);
    }
  }

  /** The sink takes bytes again. */
  drained(): void {
    this.#held = false;
    let taken = 0;
    while (!this.#held && taken < this.#queue.length) {
      const batch = this.#queue[taken++]!;
      this.#queuedBytes -= batch.length;
      this.#held = !this.#sink.write(batch);
    }
    this.#queue = this.#queue.slice(taken);
    if (this.#held || !this.#refused) return;
    this.#refused = false;
    this.onRoom?.();
  }

  /** Lets go of everything that waits: the connection is gone. */
  discard(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#batched = 0;
    Object.assign(this.#writer, emptyWriter());
  }

  readonly #flushTick = (): void => {
    this.#scheduled = false;
    this.flush();
  };

  /** Makes room for `n` bytes of a new frame and returns where it begins. */
  #begin(n: number): number {
    const w = this.#writer;
    if (w.end - w.start - this.#batched < Math.max(n, reserveBytes)) {
      this.flush();
      const bytes = new Uint8Array(Math.max(this.#bufferBytes, n + reserveBytes));
      w.bytes = bytes;
      w.view = new DataView(bytes.buffer);
      w.start = 0;
      w.end = bytes.length;
    }
    return w.start + this.#batched;
  }

  /** Encodes index and value behind the header at `p`; returns how many bytes they took. */
  #encode<T>(codec: Codec<T>, index: number, value: T, p: number): number {
    const w = this.#writer;
    this.#encoding = true;
    try {
      const end = codec.write(w, putOrdinal(w, p + headerBytes, index), value, depthMax);
      if (end > w.end) throw encodeError("changed", "changed while it was encoded");
      return end - w.start - this.#batched - headerBytes;
    } catch (error) {
      throw withinType(encodeFailure(error), codec.name);
    } finally {
      this.#encoding = false;
    }
  }

  /** After a frame: a full batch goes at once, another one at the end of the tick. */
  #settle(): void {
    if (this.#batched >= batchBytes) return this.flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(this.#flushTick);
  }

  /** Between batches: lets go of a buffer that is far larger than what is being sent. */
  #shrink(): void {
    const w = this.#writer;
    if (this.#batched === 0 && w.end > 4 * this.#bufferBytes) Object.assign(w, emptyWriter());
  }
}

function emptyWriter(): Writer {
  const bytes = new Uint8Array(0);
  return {
    bytes,
    view: new DataView(bytes.buffer),
    start: 0,
    end: 0,
    target: null,
    targetOffset: 0,
  };
}
