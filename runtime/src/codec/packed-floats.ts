// Arrays of f64 and f32 in one piece: an ext with the floats in little-endian order.
import { encodeError } from "./encode-error.ts";
import { extF32Array, extF64Array, putExtHeader, readExtHeader } from "./ext.ts";
import { arrayHeap, elementHeap } from "./heap.ts";
import { fail, type Reader } from "./reader.ts";
import { within } from "./wire-error.ts";
import { canonical } from "./write-floats.ts";
import { room, type Writer } from "./writer.ts";
import { wrongNumber, wrongValue } from "./wrong-value.ts";

/** Makes its own room. */
export function putF64Array(w: Writer, from: number, v: readonly number[]): number {
  const length = lengthOf(v, 8);
  const p = putExtHeader(w, room(w, from, 6 + 8 * length), extF64Array, 8 * length);
  const view = viewFrom(w.bytes, p, 8 * length);
  for (let i = 0; i < length; i++) {
    const element = v[i]!;
    if (typeof element !== "number") throw refused("f64", element, i);
    view.setFloat64(8 * i, canonical(element), true);
  }
  return p + 8 * length;
}

/** Rounds to the nearest 32-bit floats. Makes its own room. */
export function putF32Array(w: Writer, from: number, v: readonly number[]): number {
  const length = lengthOf(v, 4);
  const p = putExtHeader(w, room(w, from, 6 + 4 * length), extF32Array, 4 * length);
  const view = viewFrom(w.bytes, p, 4 * length);
  for (let i = 0; i < length; i++) {
    const element = v[i]!;
    if (typeof element !== "number") throw refused("f32", element, i);
    const rounded = Math.fround(element);
    if (rounded - rounded !== 0 && Number.isFinite(element)) throw refused("f32", element, i);
    view.setFloat32(4 * i, canonical(rounded), true);
  }
  return p + 4 * length;
}

/** How many elements of `width` bytes there are. A proxy may answer otherwise the next time: nobody asks again. */
function lengthOf(v: readonly number[], width: number): number {
  if (!Array.isArray(v)) throw wrongValue("array", v);
  const { length } = v;
  if (width * length > 0xffff_ffff) throw encodeError("tooLarge", "more than 4294967295 bytes in one array");
  return length;
}

function viewFrom(bytes: Uint8Array, start: number, length: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + start, length);
}

function refused(expected: string, element: unknown, index: number): unknown {
  return within(wrongNumber(expected, element), index);
}

export function readF64Array(r: Reader): number[] {
  const length = readLength(r, extF64Array, 8, "f64 array");
  const view = viewFrom(r.bytes, r.offset, 8 * length);
  const floats = new Array<number>(length);
  for (let i = 0; i < length; i++) floats[i] = view.getFloat64(8 * i, true);
  r.offset += 8 * length;
  return floats;
}

export function readF32Array(r: Reader): number[] {
  const length = readLength(r, extF32Array, 4, "f32 array");
  const view = viewFrom(r.bytes, r.offset, 4 * length);
  const floats = new Array<number>(length);
  for (let i = 0; i < length; i++) floats[i] = view.getFloat32(4 * i, true);
  r.offset += 4 * length;
  return floats;
}

/** Consumes the header and returns how many floats of `width` bytes follow. */
function readLength(r: Reader, type: number, width: number, expected: string): number {
  const at = r.offset;
  const bytes = readExtHeader(r, type, expected);
  if (bytes % width !== 0) throw fail(r, "wrongLength", "the bytes are no whole number of floats", at);
  r.heap -= arrayHeap + (elementHeap - width) * (bytes / width);
  return bytes / width;
}
