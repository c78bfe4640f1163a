// MessagePack's extension values: a length, a type number, that many bytes.
import { putTagged, widthOf } from "./big-endian.ts";
import { readHead } from "./head.ts";
import { extKind } from "./kinds.ts";
import { type Reader, truncated, wrongType } from "./reader.ts";
import type { Writer } from "./writer.ts";

/** A time, as MessagePack itself defines it; -1 as an unsigned byte. */
export const extTimestamp = 0xff;
/** `null` where the declared type also has `undefined`, which is nil. */
export const extNull = 0;
/** A bigint beyond 64 bits: big-endian two's complement, as few bytes as possible. */
export const extBigint = 1;
/** 64-bit floats, little-endian. */
export const extF64Array = 2;
/** 32-bit floats, little-endian. */
export const extF32Array = 3;

/** The address of an actor. */
export const extActor = 4;

/** Writes the header of an extension of `length` bytes; at most six bytes. */
export function putExtHeader(w: Writer, p: number, type: number, length: number): number {
  const b = w.bytes;
  if (length === 1 || length === 2 || length === 4 || length === 8 || length === 16) {
    b[p] = 0xd4 + 31 - Math.clz32(length);
    b[p + 1] = type;
    return p + 2;
  }
  const width = widthOf(length);
  const q = putTagged(b, p, 0xc7 + (width >> 1), width, length);
  b[q] = type;
  return q + 1;
}

/** Consumes the header of an extension of the given type and returns its length, not longer than what is left. */
export function readExtHeader(r: Reader, type: number, expected: string): number {
  const at = r.offset;
  const length = readHead(r, extKind, expected);
  const isOurs = r.bytes[r.offset++] === type;
  if (r.offset + length > r.end) throw truncated(r, at);
  if (isOurs) return length;
  r.offset = at;
  throw wrongType(r, expected);
}
