// Headers of arrays and maps, both ways.
import { failAt, type Reader, truncated, wrongType } from "./reader.ts";
import type { Writer } from "./writer.ts";

/** From this many elements on a view of the message is made, which reads floats faster. */
const viewWorthwhile = 64;

/** @param n how many elements follow */
export function putArrayHeader(w: Writer, p: number, n: number): number {
  if (n > 15) return putLongHeader(w.bytes, p, 0xdc, n);
  w.bytes[p] = 0x90 | n;
  return p + 1;
}

/** @param n how many entries follow, each a key and a value */
export function putMapHeader(w: Writer, p: number, n: number): number {
  if (n > 15) return putLongHeader(w.bytes, p, 0xde, n);
  w.bytes[p] = 0x80 | n;
  return p + 1;
}

function putLongHeader(b: Uint8Array, p: number, tag: number, n: number): number {
  if (n < 0x1_0000) {
    b[p] = tag;
    b[p + 1] = n >> 8;
    b[p + 2] = n;
    return p + 3;
  }
  b[p] = tag + 1;
  b[p + 1] = n >>> 24;
  b[p + 2] = n >>> 16;
  b[p + 3] = n >>> 8;
  b[p + 4] = n;
  return p + 5;
}

/** The number of elements of an array, never more than the message has bytes for. */
export function readArrayHeader(r: Reader): number {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : 0xc0;
  let n = tag & 15;
  if ((tag & 0xf0) === 0x90) r.offset = at + 1;
  else n = readLongHeader(r, tag - 0xdc, "array");
  announce(r, at, n);
  if (n >= viewWorthwhile) makeView(r);
  return n;
}

/** A view pays for long arrays of floats; what it costs is little beside long arrays of anything else. */
function makeView(r: Reader): void {
  const b = r.bytes;
  r.view ??= new DataView(b.buffer, b.byteOffset, b.length);
}

/** The number of entries of a map, never more than the message has bytes for. */
export function readMapHeader(r: Reader): number {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : 0xc0;
  let n = tag & 15;
  if ((tag & 0xf0) === 0x80) r.offset = at + 1;
  else n = readLongHeader(r, tag - 0xde, "map");
  announce(r, at, 2 * n);
  return n;
}

/**
 * The number of elements of a tuple.
 * @throws DecodeError `wrongLength` when it has fewer than `required` or more than `most`
 */
export function readTupleHeader(r: Reader, required: number, most: number): number {
  const at = r.offset;
  const n = readArrayHeader(r);
  if (n >= required && n <= most) return n;
  throw failAt(r, at, "wrongLength", "expected " + countText(required, most) + " elements, found " + n);
}

/** `3`, or `1 to 3`. */
export function countText(least: number, most: number): string {
  return least === most ? String(least) : least + " to " + most;
}

/** @param kind 0 for a header with two bytes of length, 1 for one with four; anything else is another type */
function readLongHeader(r: Reader, kind: number, expected: string): number {
  if (kind !== 0 && kind !== 1) throw wrongType(r, expected);
  const b = r.bytes;
  const p = r.offset;
  const width = 2 << kind;
  if (p + width >= r.end) throw truncated(r, p);
  r.offset = p + 1 + width;
  const first = (b[p + 1]! << 8) | b[p + 2]!;
  return kind === 0 ? first : first * 0x1_0000 + ((b[p + 3]! << 8) | b[p + 4]!);
}

/** Refuses a header at `at` that announces more values than the bytes that are left can hold. */
function announce(r: Reader, at: number, values: number): void {
  if (values > r.end - r.offset || values > r.elements) {
    throw failAt(r, at, "truncated", "a length claims more elements than there are bytes");
  }
  r.elements -= values;
}
