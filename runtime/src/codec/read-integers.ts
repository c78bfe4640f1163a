// Integers in. Each reader tries first the two formats that our own writer uses for its type; every other integer
// format whose value is in range is accepted by a common way round.
import { int32At } from "./big-endian.ts";
import { readHead } from "./head.ts";
import { integerKind } from "./kinds.ts";
import { outOfRange, type Reader } from "./reader.ts";

export function readI8(r: Reader): number {
  const p = r.offset;
  if (p < r.end) {
    const tag = r.bytes[p]!;
    if (tag < 0x80 || tag >= 0xe0) {
      r.offset = p + 1;
      return (tag << 24) >> 24;
    }
    if (tag === 0xd0 && p + 1 < r.end) {
      r.offset = p + 2;
      return (r.bytes[p + 1]! << 24) >> 24;
    }
  }
  return readWithin(r, "i8", -0x80, 0x7f);
}

export function readI16(r: Reader): number {
  const p = r.offset;
  if (p < r.end) {
    const b = r.bytes;
    const tag = b[p]!;
    if (tag < 0x80 || tag >= 0xe0) {
      r.offset = p + 1;
      return (tag << 24) >> 24;
    }
    if (tag === 0xd1 && p + 2 < r.end) {
      r.offset = p + 3;
      return ((b[p + 1]! << 24) >> 16) | b[p + 2]!;
    }
  }
  return readWithin(r, "i16", -0x8000, 0x7fff);
}

export function readI32(r: Reader): number {
  const p = r.offset;
  if (p < r.end) {
    const b = r.bytes;
    const tag = b[p]!;
    if (tag < 0x80 || tag >= 0xe0) {
      r.offset = p + 1;
      return (tag << 24) >> 24;
    }
    if (tag === 0xd2 && p + 4 < r.end) {
      r.offset = p + 5;
      return int32At(b, p + 1);
    }
  }
  return readWithin(r, "i32", -0x8000_0000, 0x7fff_ffff);
}

export function readU8(r: Reader): number {
  const p = r.offset;
  if (p < r.end) {
    const tag = r.bytes[p]!;
    if (tag < 0x80) {
      r.offset = p + 1;
      return tag;
    }
    if (tag === 0xcc && p + 1 < r.end) {
      r.offset = p + 2;
      return r.bytes[p + 1]!;
    }
  }
  return readWithin(r, "u8", 0, 0xff);
}

export function readU16(r: Reader): number {
  const p = r.offset;
  if (p < r.end) {
    const b = r.bytes;
    const tag = b[p]!;
    if (tag < 0x80) {
      r.offset = p + 1;
      return tag;
    }
    if (tag === 0xcd && p + 2 < r.end) {
      r.offset = p + 3;
      return (b[p + 1]! << 8) | b[p + 2]!;
    }
  }
  return readWithin(r, "u16", 0, 0xffff);
}

export function readU32(r: Reader): number {
  const p = r.offset;
  if (p < r.end) {
    const b = r.bytes;
    const tag = b[p]!;
    if (tag < 0x80) {
      r.offset = p + 1;
      return tag;
    }
    if (tag === 0xce && p + 4 < r.end) {
      r.offset = p + 5;
      return int32At(b, p + 1) >>> 0;
    }
  }
  return readWithin(r, "u32", 0, 0xffff_ffff);
}

/** A safe integer, in any integer format. */
export function readInt(r: Reader): number {
  const p = r.offset;
  if (p < r.end) {
    const b = r.bytes;
    const tag = b[p]!;
    if (tag < 0x80 || tag >= 0xe0) {
      r.offset = p + 1;
      return (tag << 24) >> 24;
    }
    if (tag === 0xd2 && p + 4 < r.end) {
      r.offset = p + 5;
      return int32At(b, p + 1);
    }
    if (tag === 0xd3 && p + 8 < r.end) return readWide(r, p);
  }
  return readWithin(r, "int", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

/** The 64-bit integer whose tag is at `p`; see {@link Reader.view} for why there are two ways. */
function readWide(r: Reader, p: number): number {
  const { view, bytes } = r;
  const upper = view === null ? int32At(bytes, p + 1) : view.getInt32(p + 1);
  const lower = view === null ? int32At(bytes, p + 5) : view.getInt32(p + 5);
  const value = upper * 0x1_0000_0000 + (lower >>> 0);
  if (!Number.isSafeInteger(value))
    return readWithin(r, "int", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  r.offset = p + 9;
  return value;
}

/** An integer in any format, from `least` to `most`; `name` says in errors what was expected. */
export function readWithin(r: Reader, name: string, least: number, most: number): number {
  const at = r.offset;
  const value = readAnyInteger(r, name);
  if (value >= least && value <= most) return value;
  throw outOfRange(r, at, name);
}

/**
 * An integer in any format. Beyond the safe integers it is rounded, and still not a safe integer.
 * @throws DecodeError when something else stands there; `name` says what was expected
 */
export function readAnyInteger(r: Reader, name: string): number {
  return readHead(r, integerKind, name);
}
