// Reading a whole message as our own writer puts it, before anything is set up for errors: no reader, no names of
// properties, one position for all. Whatever else stands there is not judged here: the position becomes `odd`, where
// nothing more is read, and the reader that knows every format, limit and error begins again. Only what that reader
// accepts is read here, and as the same values.
import { readText, shortAscii, shortAsciiMax } from "#text";
import { int32At } from "./big-endian.ts";
import { isBytes } from "./is-bytes.ts";
import type { DecodeOptions } from "./options.ts";
import { smallBigint } from "./read-bigints.ts";
import { float32, float64, halves, loadHalves, signed64, unsigned64 } from "./scratch.ts";

/** Beyond every message that is tried, so that a look at the end of the bytes refuses it without one more. */
const odd = 0x3fff_ffff;

/** From this many elements on a view pays, see `readListHeader`. */
const viewWorthwhile = 64;

// In variables of the module and not in an object for each message: that makes a third of the difference. Nothing that
// is called here comes back to decode another message.
let at = 0;
let view: DataView | null = null;

/** Strings of a few dozen bytes are cut from it. */
const cut: { window: string; windowStart: number } = { window: "", windowStart: 0 };

/** Whether the message is worth a try: callers that choose something get the reader that knows of choices. */
export function beginTry(b: Uint8Array, options: DecodeOptions | undefined): boolean {
  if (options !== undefined || !isBytes(b) || b.length >= odd) return false;
  at = 0;
  cut.window = "";
  return true;
}

/** Whether all was as expected, to the last byte: else what was read means nothing. */
export function endTry(b: Uint8Array): boolean {
  return at === b.length;
}

/** Nothing that was expected stands here. What is returned means nothing. */
export function tryFailed(): never {
  at = odd;
  return undefined as never;
}

function failedNumber(): number {
  at = odd;
  return 0;
}

/** The header of a struct of exactly `n` fields, at most 15. */
export function tryFields(b: Uint8Array, n: number): void {
  const p = at;
  at = p < b.length && b[p] === (0x90 | n) ? p + 1 : odd;
}

/** The header of a struct that may end before its last field: how many there are. */
export function trySomeFields(b: Uint8Array, least: number, most: number): number {
  const p = at;
  const n = p < b.length ? b[p]! - 0x90 : -1;
  if (n < least || n > most) return failedNumber();
  at = p + 1;
  return n;
}

/** The header of a union: the number of fields in the upper byte, the ordinal of the variant in the lower; or -1. */
export function tryVariant(b: Uint8Array): number {
  const p = at;
  if (p + 1 >= b.length) return -1;
  const n = b[p]! - 0x91;
  const ordinal = b[p + 1]!;
  if (n < 0 || n > 14 || ordinal > 0x7f) return -1;
  at = p + 2;
  return (n << 8) | ordinal;
}

/** @param item reads an element */
export function tryArray<T>(b: Uint8Array, item: (b: Uint8Array) => T): T[] {
  const n = tryLength(b);
  if (n >= viewWorthwhile && view === null) return tryLongArray(b, n, item);
  return tryItems(b, n, item);
}

/** The number of elements of an array, never more than there are bytes for. */
function tryLength(b: Uint8Array): number {
  const p = at;
  const tag = p < b.length ? b[p]! : 0;
  const isShort = (tag & 0xf0) === 0x90;
  if (!isShort && (tag !== 0xdc || p + 2 >= b.length)) return failedNumber();
  at = isShort ? p + 1 : p + 3;
  const n = isShort ? tag & 15 : (b[p + 1]! << 8) | b[p + 2]!;
  return n > b.length - at ? failedNumber() : n;
}

/** Leaves no view behind, whatever is thrown: it is of this message alone, and would keep it in memory. */
function tryLongArray<T>(b: Uint8Array, n: number, item: (b: Uint8Array) => T): T[] {
  view = new DataView(b.buffer, b.byteOffset, b.length);
  try {
    return tryItems(b, n, item);
  } finally {
    view = null;
  }
}

function tryItems<T>(b: Uint8Array, n: number, item: (b: Uint8Array) => T): T[] {
  const items: T[] = new Array(n);
  for (let i = 0; i < n && at !== odd; i++) items[i] = item(b);
  return items;
}

export function tryString(b: Uint8Array): string {
  const p = at;
  if (p < b.length) {
    const n = b[p]! - 0xa0;
    if (n >= 0 && n <= shortAsciiMax && p + n < b.length) {
      const text = shortAscii(b, p + 1, n);
      if (text !== undefined) {
        at = p + 1 + n;
        return text;
      }
    }
  }
  return tryLongString(b);
}

/** Text of any kind, up to what two bytes of length say. */
function tryLongString(b: Uint8Array): string {
  const p = at;
  const tag = p + 2 < b.length ? b[p]! : 0;
  let start = p + 1;
  let n = tag - 0xa0;
  if (tag === 0xd9) n = b[start++]!;
  else if (tag === 0xda) n = (b[start++]! << 8) | b[start++]!;
  else if (n < 0 || n > 31) return tryFailed();
  const end = start + n;
  const text = end > b.length ? undefined : readText(cut, b, start, end, b.length);
  if (text === undefined) return tryFailed();
  at = end;
  return text;
}

export function tryNil(b: Uint8Array): boolean {
  const p = at;
  if (p >= b.length || b[p] !== 0xc0) return false;
  at = p + 1;
  return true;
}

export function tryNull(b: Uint8Array): null {
  return tryNil(b) ? null : tryFailed();
}

export function tryBoolean(b: Uint8Array): boolean {
  const p = at;
  const tag = p < b.length ? b[p]! : 0;
  at = (tag & 0xfe) === 0xc2 ? p + 1 : odd;
  return tag === 0xc3;
}

/** Reads an ordinal and returns its member of the table. */
export function tryMember<T>(b: Uint8Array, values: readonly (T | null)[]): T {
  const p = at;
  const ordinal = p < b.length ? b[p]! : 0x80;
  const value = ordinal < 0x80 && ordinal < values.length ? values[ordinal] : null;
  if (value === null || value === undefined) return tryFailed();
  at = p + 1;
  return value;
}

export function tryI8(b: Uint8Array): number {
  const p = at;
  if (p + 1 < b.length && b[p] === 0xd0) {
    at = p + 2;
    return (b[p + 1]! << 24) >> 24;
  }
  return trySigned(b);
}

export function tryI16(b: Uint8Array): number {
  const p = at;
  if (p + 2 < b.length && b[p] === 0xd1) {
    at = p + 3;
    return ((b[p + 1]! << 24) >> 16) | b[p + 2]!;
  }
  return trySigned(b);
}

export function tryI32(b: Uint8Array): number {
  const p = at;
  if (p + 4 < b.length && b[p] === 0xd2) {
    at = p + 5;
    return int32At(b, p + 1);
  }
  return trySigned(b);
}

/** An integer of one byte. */
function trySigned(b: Uint8Array): number {
  const p = at;
  const tag = p < b.length ? b[p]! : 0x80;
  if (tag >= 0x80 && tag < 0xe0) return failedNumber();
  at = p + 1;
  return (tag << 24) >> 24;
}

export function tryU8(b: Uint8Array): number {
  const p = at;
  if (p + 1 < b.length && b[p] === 0xcc) {
    at = p + 2;
    return b[p + 1]!;
  }
  return tryUnsigned(b);
}

export function tryU16(b: Uint8Array): number {
  const p = at;
  if (p + 2 < b.length && b[p] === 0xcd) {
    at = p + 3;
    return (b[p + 1]! << 8) | b[p + 2]!;
  }
  return tryUnsigned(b);
}

export function tryU32(b: Uint8Array): number {
  const p = at;
  if (p + 4 < b.length && b[p] === 0xce) {
    at = p + 5;
    return int32At(b, p + 1) >>> 0;
  }
  return tryUnsigned(b);
}

function tryUnsigned(b: Uint8Array): number {
  const p = at;
  const tag = p < b.length ? b[p]! : 0x80;
  if (tag >= 0x80) return failedNumber();
  at = p + 1;
  return tag;
}

/** A safe integer. */
export function tryInt(b: Uint8Array): number {
  const p = at;
  if (p + 8 >= b.length || b[p] !== 0xd3) return tryI32(b);
  const upper = view === null ? int32At(b, p + 1) : view.getInt32(p + 1);
  const value = upper * 0x1_0000_0000 + lowerHalf(b, p);
  if (!Number.isSafeInteger(value)) return failedNumber();
  at = p + 9;
  return value;
}

/** Of the 64-bit integer whose tag is at `p`. */
function lowerHalf(b: Uint8Array, p: number): number {
  return view === null ? int32At(b, p + 5) >>> 0 : view.getUint32(p + 5);
}

/** A safe integer of no sign under a tag of 64 bits. */
function tryWide(b: Uint8Array): number {
  const p = at;
  if (p + 8 >= b.length) return failedNumber();
  const value = (int32At(b, p + 1) >>> 0) * 0x1_0000_0000 + lowerHalf(b, p);
  if (!Number.isSafeInteger(value)) return failedNumber();
  at = p + 9;
  return value;
}

export function tryF64(b: Uint8Array): number {
  const p = at;
  if (p + 8 >= b.length || b[p] !== 0xcb) return failedNumber();
  at = p + 9;
  return view === null ? doubleAt(b, p + 1) : view.getFloat64(p + 1);
}

function doubleAt(b: Uint8Array, p: number): number {
  loadHalves(b, p);
  return float64[0]!;
}

export function tryF32(b: Uint8Array): number {
  const p = at;
  if (p + 4 >= b.length || b[p] !== 0xca) return failedNumber();
  at = p + 5;
  halves[0] = int32At(b, p + 1);
  return float32[0]!;
}

/** A number of no declared format: the shortest of all that hold it. */
export function tryNumber(b: Uint8Array): number {
  const p = at;
  const tag = p < b.length ? b[p]! : 0;
  switch (tag) {
    case 0xcb:
      return tryF64(b);
    case 0xcc:
      return tryU8(b);
    case 0xcd:
      return tryU16(b);
    case 0xce:
      return tryU32(b);
    case 0xcf:
      return tryWide(b);
    case 0xd0:
      return tryI8(b);
    case 0xd1:
      return tryI16(b);
    default:
      return tryInt(b);
  }
}

export function tryI64(b: Uint8Array): bigint {
  return tryLongBigint(b, 0xd3) ? signed64[0]! : smallBigint(trySigned(b));
}

export function tryU64(b: Uint8Array): bigint {
  return tryLongBigint(b, 0xcf) ? unsigned64[0]! : smallBigint(tryUnsigned(b));
}

/** A bigint of no declared format, up to 64 bits. */
export function tryBigint(b: Uint8Array): bigint {
  return tryLongBigint(b, 0xcf) ? unsigned64[0]! : tryI64(b);
}

/** Consumes a 64-bit integer, into the scratch, if it stands here whole under this tag. */
function tryLongBigint(b: Uint8Array, tag: number): boolean {
  const p = at;
  if (p + 8 >= b.length || b[p] !== tag) return false;
  loadHalves(b, p + 1);
  at = p + 9;
  return true;
}
