// Bigints in: 64-bit formats, every shorter integer format, and for the format without a width the ext.
import { extBigint, readExtHeader } from "./ext.ts";
import { bigintBytesMax } from "./limits.ts";
import { readAnyInteger } from "./read-integers.ts";
import { fail, outOfRange, type Reader } from "./reader.ts";
import { loadHalves, signed64, unsigned64 } from "./scratch.ts";

export function readI64(r: Reader): bigint {
  if (takeLong(r, 0xd3)) return signed64[0]!;
  const at = r.offset;
  const value = readAnyBigint(r, "i64");
  if (BigInt.asIntN(64, value) === value) return value;
  throw outOfRange(r, at, "i64");
}

export function readU64(r: Reader): bigint {
  if (takeLong(r, 0xcf)) return unsigned64[0]!;
  const at = r.offset;
  const value = readAnyBigint(r, "u64");
  if (value >= 0n) return value;
  throw outOfRange(r, at, "u64");
}

/** Consumes a 64-bit integer, into the scratch, if it stands here whole under this tag. */
function takeLong(r: Reader, tag: number): boolean {
  const p = r.offset;
  if (p + 8 >= r.end || r.bytes[p] !== tag) return false;
  loadHalves(r.bytes, p + 1);
  r.offset = p + 9;
  return true;
}

/** A bigint of up to 16384 bits. */
export function readBigint(r: Reader): bigint {
  const tag = r.offset < r.end ? r.bytes[r.offset]! : 0;
  return tag >= 0xc7 && tag <= 0xd8 && (tag < 0xca || tag > 0xd3) ? readLong(r) : readAnyBigint(r, "bigint");
}

/** One of each bigint from -256 to 255 is enough: those take no more than two bytes of a message, and 24 of the heap. */
const small: readonly bigint[] = /* @__PURE__ */ Array.from({ length: 512 }, (_, i) => BigInt(i - 256));

/** An integer in any format. */
function readAnyBigint(r: Reader, name: string): bigint {
  if (takeLong(r, 0xd3)) return signed64[0]!;
  if (takeLong(r, 0xcf)) return unsigned64[0]!;
  const n = readAnyInteger(r, name);
  return n >= -256 && n < 256 ? smallBigint(n) : BigInt(n);
}

/** @param n an integer from -256 to 255 */
export function smallBigint(n: number): bigint {
  return small[n + 256]!;
}

function readLong(r: Reader): bigint {
  const at = r.offset;
  const length = readExtHeader(r, extBigint, "bigint");
  if (length > bigintBytesMax) throw fail(r, "tooManyDigits", "a bigint of more than 16384 bits", at);
  if (length === 0) throw fail(r, "wrongLength", "a bigint without bytes", at);
  let digits = "0x";
  for (let i = 0; i < length; i++) digits += hex(r.bytes[r.offset + i]!);
  r.offset += length;
  return BigInt.asIntN(length * 8, BigInt(digits));
}

function hex(byte: number): string {
  return (byte < 16 ? "0" : "") + byte.toString(16);
}
