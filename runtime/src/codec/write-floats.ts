// Floats out. NaN is always the same bytes: engines keep different ones, and equal values must have equal encodings.
import { putTagged } from "./big-endian.ts";
import { exactF32, isRounded } from "./rounded.ts";
import { float32, halves } from "./scratch.ts";
import { putI8, putI16, putI32, putU8, putU16, putU32, putWide } from "./write-integers.ts";
import { room, type Writer } from "./writer.ts";
import { wrongNumber } from "./wrong-value.ts";

/** Rounds to the nearest 32-bit float; finite numbers beyond the format's range are refused. */
export function putF32(w: Writer, p: number, v: number): number {
  if (typeof v !== "number") throw wrongNumber("f32", v);
  const rounded = Math.fround(v);
  if (Math.abs(rounded) === Number.POSITIVE_INFINITY && rounded !== v) throw wrongNumber("f32", v);
  float32[0] = canonical(rounded);
  return putTagged(w.bytes, p, 0xca, 4, halves[0]!);
}

/**
 * An f32 among the elements of a set or the keys of a map: one that would be rounded is refused, for rounding can make
 * two of them one, which no reader takes.
 */
export function putF32Exact(w: Writer, p: number, v: number): number {
  if (isRounded(v)) throw wrongNumber(exactF32, v);
  return putF32(w, p, v);
}

export function putF64(w: Writer, p: number, v: number): number {
  if (typeof v !== "number") throw wrongNumber("f64", v);
  return putDouble(w, room(w, p, 9), v);
}

/** As {@link putF64}, for what is known to be a number and has its room. */
export function putDouble(w: Writer, p: number, v: number): number {
  w.bytes[p] = 0xcb;
  w.view.setFloat64(p + 1, Number.isNaN(v) ? Number.NaN : v);
  return p + 9;
}

/** Engines have NaNs of many bits, some computed, some read; only this one is written. */
export function canonical(v: number): number {
  return Number.isNaN(v) ? Number.NaN : v;
}

/** A number of no declared format: the shortest integer format if it is a safe integer and not -0, else a float. */
export function putNumber(w: Writer, p: number, v: number): number {
  if (typeof v !== "number") throw wrongNumber("number", v);
  if ((v | 0) === v && (v !== 0 || 1 / v > 0)) {
    return v >= 0 ? putShortUnsigned(w, p, v) : putShortNegative(w, p, v);
  }
  if (!Number.isSafeInteger(v) || v === 0) return putF64(w, p, v);
  if (v >= 0 && v <= 0xffff_ffff) return putU32(w, p, v);
  return putWide(w, room(w, p, 9), v < 0 ? 0xd3 : 0xcf, v);
}

function putShortUnsigned(w: Writer, p: number, v: number): number {
  if (v < 0x100) return putU8(w, p, v);
  return v < 0x1_0000 ? putU16(w, p, v) : putU32(w, p, v);
}

function putShortNegative(w: Writer, p: number, v: number): number {
  if (v >= -0x80) return putI8(w, p, v);
  return v >= -0x8000 ? putI16(w, p, v) : putI32(w, p, v);
}
