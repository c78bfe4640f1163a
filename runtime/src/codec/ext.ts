// MessagePack's extension values: a length, a type number, that many bytes.
import { failAt, type Reader, truncated, wrongType } from "./reader.ts";
import type { Writer } from "./writer.ts";

/** `null` where the declared type also has `undefined`, which is nil. */
export const extNull = 0;
/** A bigint beyond 64 bits: big-endian two's complement, as few bytes as possible. */
export const extBigint = 1;
/** 64-bit floats, little-endian. */
export const extF64Array = 2;
/** 32-bit floats, little-endian. */
export const extF32Array = 3;

/** Writes the header of an extension of `length` bytes; at most six bytes. */
export function putExtHeader(w: Writer, p: number, type: number, length: number): number {
  const b = w.bytes;
  if (length === 1 || length === 2 || length === 4 || length === 8 || length === 16) {
    b[p] = 0xd4 + 31 - Math.clz32(length);
    b[p + 1] = type;
    return p + 2;
  }
  const q = putExtLength(b, p, length);
  b[q] = type;
  return q + 1;
}

function putExtLength(b: Uint8Array, p: number, length: number): number {
  if (length < 0x100) {
    b[p] = 0xc7;
    b[p + 1] = length;
    return p + 2;
  }
  if (length < 0x1_0000) {
    b[p] = 0xc8;
    b[p + 1] = length >> 8;
    b[p + 2] = length;
    return p + 3;
  }
  b[p] = 0xc9;
  b[p + 1] = length >>> 24;
  b[p + 2] = length >>> 16;
  b[p + 3] = length >>> 8;
  b[p + 4] = length;
  return p + 5;
}

/** Consumes the header of an extension of the given type and returns its length, not longer than what is left. */
export function readExtHeader(r: Reader, type: number, expected: string): number {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : -1;
  const width = tag >= 0xd4 && tag <= 0xd8 ? 0 : tag >= 0xc7 && tag <= 0xc9 ? 1 << (tag - 0xc7) : -1;
  if (width < 0) throw wrongType(r, expected);
  const typeAt = at + 1 + width;
  if (typeAt >= r.end) throw truncated(r, at);
  const length = width === 0 ? 1 << (tag - 0xd4) : readLength(r, at + 1, width);
  if (r.bytes[typeAt] !== type)
    throw failAt(r, at, "wrongType", "expected " + expected + ", found another ext");
  if (length > r.end - typeAt - 1) throw truncated(r, at);
  r.offset = typeAt + 1;
  return length;
}

/** An unsigned big-endian number of 1, 2 or 4 bytes; the caller has checked that they are there. */
function readLength(r: Reader, at: number, width: number): number {
  let length = 0;
  for (let i = 0; i < width; i++) length = length * 0x100 + r.bytes[at + i]!;
  return length;
}
