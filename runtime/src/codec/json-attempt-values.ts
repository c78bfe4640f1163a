// The values of an attempt at a JSON text. Each function takes the form that stringify writes most often and calls
// everything else odd.
import { textOfUnits } from "#text";
import { attemptFailed, isNext, type JsonCursor, type JsonPiece, jsonPieces } from "./json-attempt.ts";
import { isWellFormed } from "./surrogates.ts";

const minus = 0x2d;
const zero = 0x30;
const quote = 0x22;
const backslash = 0x5c;
/** Where they begin. */
const surrogates = 0xd800;

const booleans: readonly JsonPiece[] = /* @__PURE__ */ jsonPieces(["true", "false"]);
const nulls: readonly JsonPiece[] = /* @__PURE__ */ jsonPieces(["null"]);

export function attemptI8(c: JsonCursor): number {
  return small(c, -0x80, 0x7f);
}

export function attemptI16(c: JsonCursor): number {
  return small(c, -0x8000, 0x7fff);
}

export function attemptI32(c: JsonCursor): number {
  return whole(c, -0x8000_0000, 0x7fff_ffff);
}

export function attemptU8(c: JsonCursor): number {
  return small(c, 0, 0xff);
}

export function attemptU16(c: JsonCursor): number {
  return small(c, 0, 0xffff);
}

export function attemptU32(c: JsonCursor): number {
  return whole(c, 0, 0xffff_ffff);
}

export function attemptInt(c: JsonCursor): number {
  return whole(c, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

/** Integers of few digits, apart from the others so that the engine keeps to machine integers. */
function small(c: JsonCursor, least: number, most: number): number {
  const b = c.units;
  let p = c.offset;
  const isNegative = b[p] === minus;
  if (isNegative) p++;
  let n = b[p]! - zero;
  if (n >>> 0 > 9) c.odd = true;
  p++;
  if (n !== 0) {
    for (let digit = b[p]! - zero; digit >= 0 && digit <= 9; digit = b[++p]! - zero) {
      n = n * 10 + digit;
      if (n > 0xffff) break;
    }
  }
  if (isNegative) n = 0 - n;
  if (n < least || n > most) c.odd = true;
  c.offset = p;
  return n;
}

/** Any safe integer: each step is exact as long as the result is one. */
function whole(c: JsonCursor, least: number, most: number): number {
  const b = c.units;
  let p = c.offset;
  const isNegative = b[p] === minus;
  if (isNegative) p++;
  let n = b[p]! - zero;
  if (n >>> 0 > 9) c.odd = true;
  p++;
  if (n !== 0) {
    for (let digit = b[p]! - zero; digit >= 0 && digit <= 9; digit = b[++p]! - zero) n = n * 10 + digit;
  }
  if (isNegative) n = 0 - n;
  c.offset = p;
  if (n >= least && n <= most) return n;
  return odd(c, 0);
}

function odd<T>(c: JsonCursor, value: T): T {
  c.odd = true;
  return value;
}

/** Up to this length V8 copies a slice; a longer one keeps the whole text in memory. */
const sliceMax = 12;

/** So many times its own length a string may keep in memory: a slice costs a quarter of a copy. */
const keptTimes = 8;

/** The engine is faster with longer strings, one after another in most texts that have one. */
const stringMax = 256;

export function attemptString(c: JsonCursor): string {
  const b = c.units;
  const start = c.offset + 1;
  if (b[start - 1] !== quote) return odd(c, "");
  let p = start;
  let seen = 0;
  for (let unit = b[p]!; unit !== quote; unit = b[++p]!) {
    // An attempt that has failed may go on behind the text, and there to the end of the units.
    if (!(unit >= 0x20) || unit === backslash) {
      // So that no other property looks through the same units again.
      c.offset = p;
      return odd(c, "");
    }
    seen |= unit;
  }
  c.offset = p + 1;
  const n = p - start;
  const isSlice = n <= sliceMax || n * keptTimes >= c.text.length;
  const text = isSlice ? c.text.slice(start, p) : textOfUnits(b, start, p);
  return (seen >= surrogates && !isWellFormed(text)) || n > stringMax ? odd(c, "") : text;
}

export function attemptBoolean(c: JsonCursor): boolean {
  if (isNext(c, booleans[0]!)) return true;
  if (!isNext(c, booleans[1]!)) c.odd = true;
  return false;
}

/** Goes over `null` if it is the next. */
export function isNextNull(c: JsonCursor): boolean {
  return isNext(c, nulls[0]!);
}

export function attemptNull(c: JsonCursor): null {
  if (!isNextNull(c)) c.odd = true;
  return null;
}

/** @param pieces the JSON texts of `values`; null stands in the table for reserved ordinals */
export function attemptLiteral<T>(
  c: JsonCursor,
  values: readonly (T | null)[],
  pieces: readonly JsonPiece[],
): T {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== null && isNext(c, pieces[i]!)) return value as T;
  }
  return attemptFailed(c);
}
