// Absence and null. Nil is whichever of `undefined` and `null` the declared type has; where it has both, nil is
// `undefined` and an empty ext is `null`.
import { extNull } from "./ext.ts";
import { type Reader, wrongType } from "./reader.ts";
import type { Writer } from "./writer.ts";
import { wrongValue } from "./wrong-value.ts";

export function putNil(w: Writer, p: number): number {
  w.bytes[p] = 0xc0;
  return p + 1;
}

/** The `null` of a type that also has `undefined`: three bytes. */
export function putNullMark(w: Writer, p: number): number {
  const b = w.bytes;
  b[p] = 0xc7;
  b[p + 1] = 0;
  b[p + 2] = extNull;
  return p + 3;
}

/** @throws EncodeError when `v` is not null */
export function putNull(w: Writer, p: number, v: null): number {
  if (v !== null) throw wrongValue("null", v);
  return putNil(w, p);
}

/** Consumes nil if it stands here, and tells whether it did. */
export function readNil(r: Reader): boolean {
  const p = r.offset;
  if (p >= r.end || r.bytes[p] !== 0xc0) return false;
  r.offset = p + 1;
  return true;
}

/** Consumes what {@link putNullMark} writes if it stands here, and tells whether it did. */
export function readNullMark(r: Reader): boolean {
  const p = r.offset;
  const b = r.bytes;
  if (p + 2 >= r.end || b[p] !== 0xc7 || b[p + 1] !== 0 || b[p + 2] !== extNull) return false;
  r.offset = p + 3;
  return true;
}

export function readNull(r: Reader): null {
  if (!readNil(r)) throw wrongType(r, "null");
  return null;
}
