// Integers out: one byte for -32 to 127 (unsigned formats: 0 to 127), else the declared width's own format. The sign
// of the format never depends on the value, so that readers predict their branches.
import { room, type Writer } from "./writer.ts";
import { wrongNumber } from "./wrong-value.ts";

export function putI8(w: Writer, p: number, v: number): number {
  if (typeof v !== "number" || (v << 24) >> 24 !== v) throw wrongNumber("i8", v);
  const b = w.bytes;
  if (v >= -32) {
    b[p] = v;
    return p + 1;
  }
  b[p] = 0xd0;
  b[p + 1] = v;
  return p + 2;
}

export function putI16(w: Writer, p: number, v: number): number {
  if (typeof v !== "number" || (v << 16) >> 16 !== v) throw wrongNumber("i16", v);
  const b = w.bytes;
  if (v >= -32 && v <= 127) {
    b[p] = v;
    return p + 1;
  }
  b[p] = 0xd1;
  b[p + 1] = v >> 8;
  b[p + 2] = v;
  return p + 3;
}

export function putI32(w: Writer, p: number, v: number): number {
  if (typeof v !== "number" || (v | 0) !== v) throw wrongNumber("i32", v);
  const b = w.bytes;
  if (v >= -32 && v <= 127) {
    b[p] = v;
    return p + 1;
  }
  b[p] = 0xd2;
  b[p + 1] = v >> 24;
  b[p + 2] = v >> 16;
  b[p + 3] = v >> 8;
  b[p + 4] = v;
  return p + 5;
}

export function putU8(w: Writer, p: number, v: number): number {
  if (typeof v !== "number" || (v & 0xff) !== v) throw wrongNumber("u8", v);
  const b = w.bytes;
  if (v <= 127) {
    b[p] = v;
    return p + 1;
  }
  b[p] = 0xcc;
  b[p + 1] = v;
  return p + 2;
}

export function putU16(w: Writer, p: number, v: number): number {
  if (typeof v !== "number" || (v & 0xffff) !== v) throw wrongNumber("u16", v);
  const b = w.bytes;
  if (v <= 127) {
    b[p] = v;
    return p + 1;
  }
  b[p] = 0xcd;
  b[p + 1] = v >> 8;
  b[p + 2] = v;
  return p + 3;
}

export function putU32(w: Writer, p: number, v: number): number {
  if (typeof v !== "number" || v >>> 0 !== v) throw wrongNumber("u32", v);
  const b = w.bytes;
  if (v <= 127) {
    b[p] = v;
    return p + 1;
  }
  b[p] = 0xce;
  b[p + 1] = v >>> 24;
  b[p + 2] = v >>> 16;
  b[p + 3] = v >>> 8;
  b[p + 4] = v;
  return p + 5;
}

/** A safe integer: as i32 if it is one, else in 64 bits. */
export function putInt(w: Writer, p: number, v: number): number {
  if (!Number.isSafeInteger(v)) throw wrongNumber("int", v);
  return putSafe(w, room(w, p, 9), v);
}

/** As {@link putInt}, for what is known to be a safe integer and has its room. */
export function putSafe(w: Writer, p: number, v: number): number {
  if ((v | 0) === v) return putI32(w, p, v);
  const upper = Math.floor(v * 2 ** -32);
  w.bytes[p] = 0xd3;
  w.view.setInt32(p + 1, upper);
  w.view.setUint32(p + 5, v - upper * 2 ** 32);
  return p + 9;
}

/** A safe integer under a tag of one of the 64-bit formats, where there is room for it. */
export function putWide(w: Writer, p: number, tag: number, v: number): number {
  w.bytes[p] = tag;
  const upper = Math.floor(v * 2 ** -32);
  w.view.setInt32(p + 1, upper);
  w.view.setUint32(p + 5, v - upper * 2 ** 32);
  return p + 9;
}
