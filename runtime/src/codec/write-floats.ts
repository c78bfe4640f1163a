// Floats out. NaN is always the same bytes: engines keep different ones, and equal values must have equal encodings.
import { float32, float64, halves, high, low } from "./scratch.ts";
import { putI8, putI16, putI32, putU8, putU16, putU32, putWide } from "./write-integers.ts";
import { changed, type Writer } from "./writer.ts";
import { wrongNumber } from "./wrong-value.ts";

/** Rounds to the nearest 32-bit float; finite numbers beyond the format's range are refused. */
export function putF32(w: Writer, p: number, v: number): number {
  if (typeof v !== "number") throw wrongNumber("f32", v);
  const rounded = Math.fround(v);
  if (rounded - rounded !== 0) return putSpecialF32(w, p, v, rounded);
  float32[0] = rounded;
  return putHalf(w, p, 0xca, halves[0]!);
}

function putSpecialF32(w: Writer, p: number, v: number, rounded: number): number {
  if (rounded !== v && !Number.isNaN(v)) throw wrongNumber("f32", v);
  return putHalf(w, p, 0xca, Number.isNaN(rounded) ? 0x7fc0_0000 : rounded > 0 ? 0x7f80_0000 : 0xff80_0000);
}

export function putF64(w: Writer, p: number, v: number): number {
  if (typeof v !== "number") throw wrongNumber("f64", v);
  if (Number.isNaN(v)) return putNaN(w, p);
  const view = w.view;
  if (view === null) return putSplit(w, p, v);
  if (p + 9 > w.end) throw changed();
  w.bytes[p] = 0xcb;
  view.setFloat64(p + 1, v);
  return p + 9;
}

function putSplit(w: Writer, p: number, v: number): number {
  float64[0] = v;
  putHalf(w, p, 0xcb, halves[high]!);
  return putLow(w, p + 5, halves[low]!);
}

function putNaN(w: Writer, p: number): number {
  putHalf(w, p, 0xcb, 0x7ff8_0000);
  return putLow(w, p + 5, 0);
}

/** A tag and four bytes. */
function putHalf(w: Writer, p: number, tag: number, bits: number): number {
  w.bytes[p] = tag;
  return putLow(w, p + 1, bits);
}

function putLow(w: Writer, p: number, bits: number): number {
  const b = w.bytes;
  b[p] = bits >> 24;
  b[p + 1] = bits >> 16;
  b[p + 2] = bits >> 8;
  b[p + 3] = bits;
  return p + 4;
}

/** A number of no declared format: the shortest integer format if it is a safe integer and not -0, else a float. */
export function putNumber(w: Writer, p: number, v: number): number {
  if (typeof v !== "number") throw wrongNumber("number", v);
  if ((v | 0) === v && (v !== 0 || 1 / v > 0)) {
    return v >= 0 ? putShortUnsigned(w, p, v) : putShortNegative(w, p, v);
  }
  if (!Number.isSafeInteger(v) || v === 0) return putF64(w, p, v);
  if (v < 0) return putWide(w, p, 0xd3, v);
  return v > 0xffff_ffff ? putWide(w, p, 0xcf, v) : putU32(w, p, v);
}

function putShortUnsigned(w: Writer, p: number, v: number): number {
  if (v < 0x100) return putU8(w, p, v);
  return v < 0x1_0000 ? putU16(w, p, v) : putU32(w, p, v);
}

function putShortNegative(w: Writer, p: number, v: number): number {
  if (v >= -0x80) return putI8(w, p, v);
  return v >= -0x8000 ? putI16(w, p, v) : putI32(w, p, v);
}
