// Where encoded bytes go: a slab that many messages share, or a buffer of the caller's. Positions are plain numbers
// that the writing functions take and return, so that they stay in registers.

import { newBytes } from "#text";
import { changed } from "./changed.ts";
import { encodeError } from "./encode-error.ts";
import { isBytes } from "./is-bytes.ts";
import { firstSlabBytes, keptBytesMax, slabBytes } from "./limits.ts";
import type { EncodeOptions } from "./options.ts";

/** The state of one encoding. Emitted code hands it on and reads `bytes` and `start`. */
export interface Writer {
  /** Where the message is being written: never keep it, it changes when the message outgrows it. */
  bytes: Uint8Array;
  /** Over the same memory as `bytes`, byte for byte. */
  view: DataView;
  /** Where the message begins in `bytes`. */
  start: number;
  /** Where `bytes` may be written up to. */
  end: number;
  /** The buffer given to `begin…Into`, and where the message shall begin in it. */
  target: Uint8Array | null;
  targetOffset: number;
}

/**
 * The writer that nobody is using. An encoding that begins within another one, in a getter, finds none and makes its
 * own; so does the one after an encoding that has failed and never gave its writer back.
 */
let spare: Writer | null = null;

/**
 * As {@link spare}, for targets of the caller's. It holds on to the last target: most programs go on with the same one,
 * and a new view of it would cost more than a small message.
 */
let spareInto: Writer | null = null;

function newWriter(bytes: Uint8Array, target: Uint8Array | null): Writer {
  return {
    bytes,
    view: viewOf(bytes),
    start: 0,
    end: bytes.length,
    target,
    targetOffset: 0,
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Begins a message at `writer.start`. */
export function beginEncode(): Writer {
  const w = spare ?? newWriter(newBytes(firstSlabBytes), null);
  spare = null;
  return w;
}

/** Ends a message at `p` and returns its bytes: a view on a slab that is never overwritten, or with `copy` its own. */
export function endEncode(w: Writer, p: number, options?: EncodeOptions): Uint8Array {
  if (p > w.end) throw changed();
  const { bytes, start } = w;
  spare = w.end > keptBytesMax ? null : w;
  if (options?.copy === true) return bytes.slice(start, p);
  w.start = p;
  return new Uint8Array(bytes.buffer, start, p - start);
}

/** Ends a message at `p` whose bytes nobody keeps: the next one overwrites them. */
export function dropEncode(w: Writer, p: number): void {
  if (p > w.end) throw changed();
  spare = w.end > keptBytesMax ? null : w;
}

/**
 * Begins a message in `target`, from `offset` on.
 * @throws EncodeError when `target` is no Uint8Array or `offset` lies outside of it
 */
export function beginEncodeInto(target: Uint8Array, offset: number): Writer {
  const kept = spareInto;
  const w = kept !== null && kept.target === target && kept.end === target.length ? kept : writerOver(target);
  if (offset !== 0 && !(Number.isInteger(offset) && offset > 0 && offset <= w.end)) {
    throw encodeError("noRoom", "the offset lies outside of the target");
  }
  spareInto = null;
  w.start = offset;
  w.targetOffset = offset;
  return w;
}

function writerOver(target: Uint8Array): Writer {
  if (!isBytes(target)) throw encodeError("wrongType", "the target is no Uint8Array");
  // Memory that has been given away counts as none, and no views are made of it.
  return newWriter(target.length === 0 ? new Uint8Array(0) : target, target);
}

/**
 * Ends a message at `p` and returns the offset in the target that follows its last byte.
 * @throws EncodeError `noRoom` when the message is longer than what the target had left
 */
export function endEncodeInto(w: Writer, p: number): number {
  if (p > w.end) throw changed();
  const end = w.bytes === w.target ? p : copyToTarget(w, p, w.target!);
  spareInto = w.bytes === w.target && w.end <= keptBytesMax ? w : null;
  return end;
}

function copyToTarget(w: Writer, p: number, target: Uint8Array): number {
  const end = w.targetOffset + p - w.start;
  if (end > target.length)
    throw encodeError(
      "noRoom",
      "the message takes " + (p - w.start) + " bytes, more than the target has left",
    );
  target.set(w.bytes.subarray(w.start, p), w.targetOffset);
  return end;
}

/** Makes sure that `n` bytes can be written from `p` on; returns where to go on, for the message may have moved. */
export function room(w: Writer, p: number, n: number): number {
  return p + n <= w.end ? p : moved(w, p, n);
}

/** Moves an unfinished message to a new buffer: a slab, or for a large message twice what it needs so far. */
function moved(w: Writer, p: number, n: number): number {
  if (p > w.end) throw changed();
  const old = w.bytes.subarray(w.start, p);
  const needed = old.length + n;
  const isSlab = w.target === null && needed <= slabBytes >> 1;
  const bytes = allocate(isSlab ? slabBytes : 2 * needed);
  bytes.set(old);
  w.bytes = bytes;
  w.view = viewOf(bytes);
  w.start = 0;
  w.end = bytes.length;
  return old.length;
}

function allocate(size: number): Uint8Array {
  try {
    return newBytes(size);
  } catch {
    throw encodeError("tooLarge");
  }
}
