// Byte strings, both ways. What is decoded owns its memory: the message it came in may be a socket's buffer.
import { encodeError } from "./encoding-root.ts";
import { isBytes } from "./is-bytes.ts";
import { type Reader, truncated, wrongType } from "./reader.ts";
import { room, type Writer } from "./writer.ts";
import { wrongValue } from "./wrong-value.ts";

/** Room that bytes may need, with their header. */
export function bytesRoom(v: Uint8Array | null | undefined): number {
  return isBytes(v) ? 5 + v.length : 3;
}

/** @throws EncodeError when `v` is no Uint8Array */
export function putBytes(w: Writer, from: number, v: Uint8Array): number {
  if (!isBytes(v)) throw wrongValue("bytes", v);
  if (v.length > 0xffff_ffff) throw encodeError("tooLarge", "more than 4294967295 bytes");
  const p = room(w, from, 5 + v.length);
  const q = putHeader(w.bytes, p, v.length);
  w.bytes.set(v, q);
  return q + v.length;
}

function putHeader(b: Uint8Array, p: number, length: number): number {
  if (length < 0x100) {
    b[p] = 0xc4;
    b[p + 1] = length;
    return p + 2;
  }
  if (length < 0x1_0000) {
    b[p] = 0xc5;
    b[p + 1] = length >> 8;
    b[p + 2] = length;
    return p + 3;
  }
  b[p] = 0xc6;
  b[p + 1] = length >>> 24;
  b[p + 2] = length >>> 16;
  b[p + 3] = length >>> 8;
  b[p + 4] = length;
  return p + 5;
}

export function readBytes(r: Reader): Uint8Array {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : 0xc0;
  if (tag < 0xc4 || tag > 0xc6) throw wrongType(r, "bytes");
  const width = 1 << (tag - 0xc4);
  if (at + width >= r.end) throw truncated(r, at);
  let length = 0;
  for (let i = 1; i <= width; i++) length = length * 0x100 + r.bytes[at + i]!;
  const start = at + 1 + width;
  if (length > r.end - start) throw truncated(r, at);
  r.offset = start + length;
  return copied(r.bytes, start, length);
}

function copied(bytes: Uint8Array, start: number, length: number): Uint8Array {
  const copy = new Uint8Array(length);
  if (length > 64) copy.set(bytes.subarray(start, start + length));
  else for (let i = 0; i < length; i++) copy[i] = bytes[start + i]!;
  return copy;
}
