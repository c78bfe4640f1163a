// Byte strings, both ways. What is decoded owns its memory: the message it came in may be a socket's buffer.
import type { OwnArray } from "./array-type.ts";
import { putTagged, widthOf } from "./big-endian.ts";
import { encodeError } from "./encode-error.ts";
import { readHead } from "./head.ts";
import { bytesHeap, charge } from "./heap.ts";
import { isBytes } from "./is-bytes.ts";
import { binKind } from "./kinds.ts";
import { type Reader, truncated } from "./reader.ts";
import { room, type Writer } from "./writer.ts";
import { wrongValue } from "./wrong-value.ts";

/** Bytes in an ArrayBuffer of their own: `Uint8Array<ArrayBuffer>` in compilers that know it. */
export type OwnBytes = OwnArray<Uint8Array>;

/** Room that bytes may need, with their header. */
export function bytesRoom(v: Uint8Array | null | undefined): number {
  return isBytes(v) ? 5 + v.length : 3;
}

/** @throws EncodeError when `v` is no Uint8Array */
export function putBytes(w: Writer, from: number, v: Uint8Array): number {
  if (!isBytes(v)) throw wrongValue("bytes", v);
  // Asked for once: a property of the value's own could answer otherwise each time.
  const { length } = v;
  if (length > 0xffff_ffff) throw encodeError("tooLarge", "more than 4294967295 bytes");
  const p = room(w, from, 5 + length);
  const width = widthOf(length);
  const q = putTagged(w.bytes, p, 0xc4 + (width >> 1), width, length);
  // Bytes whose memory has been given away are none, and cannot be copied.
  if (length > 0) w.bytes.set(v, q);
  return q + length;
}

/** @param expected what is declared, for errors */
export function readBytes(r: Reader, expected = "bytes"): OwnBytes {
  const at = r.offset;
  const length = readHead(r, binKind, expected);
  const start = r.offset;
  if (start + length > r.end) throw truncated(r, at);
  charge(r, bytesHeap + length);
  r.offset = start + length;
  return copied(r.bytes, start, length);
}

function copied(bytes: Uint8Array, start: number, length: number): OwnBytes {
  const copy = new Uint8Array(length);
  if (length > 64) copy.set(bytes.subarray(start, start + length));
  else for (let i = 0; i < length; i++) copy[i] = bytes[start + i]!;
  return copy;
}
