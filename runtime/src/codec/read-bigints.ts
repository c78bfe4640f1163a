// Bigints in: 64-bit formats, every shorter integer format, and for the format without a width the ext.
import { extBigint, readExtHeader } from "./ext.ts";
import { bigintBytesMax } from "./limits.ts";
import { readAnyInteger } from "./read-integers.ts";
import { failAt, type Reader } from "./reader.ts";
import { scratch } from "./scratch.ts";

export function readI64(r: Reader): bigint {
  const at = r.offset;
  if (stands(r, 0xd3)) return readSigned(r);
  const value = readAnyBigint(r, "i64");
  if (BigInt.asIntN(64, value) === value) return value;
  throw failAt(r, at, "outOfRange", "expected i64, found an integer beyond it");
}

export function readU64(r: Reader): bigint {
  const at = r.offset;
  if (stands(r, 0xcf)) return readUnsigned(r);
  const value = readAnyBigint(r, "u64");
  if (value >= 0n) return value;
  throw failAt(r, at, "outOfRange", "expected u64, found an integer beyond it");
}

/** A bigint of up to 16384 bits. */
export function readBigint(r: Reader): bigint {
  const tag = r.offset < r.end ? r.bytes[r.offset]! : 0;
  return tag >= 0xc7 && tag <= 0xd8 && (tag < 0xca || tag > 0xd3) ? readLong(r) : readAnyBigint(r, "bigint");
}

/** Whether a 64-bit format with this tag stands here, whole. */
function stands(r: Reader, tag: number): boolean {
  return r.offset + 8 < r.end && r.bytes[r.offset] === tag;
}

/** An integer in any format. */
function readAnyBigint(r: Reader, name: string): bigint {
  if (stands(r, 0xd3)) return readSigned(r);
  if (stands(r, 0xcf)) return readUnsigned(r);
  return BigInt(readAnyInteger(r, name));
}

function readSigned(r: Reader): bigint {
  fillScratch(r);
  return scratch.getBigInt64(0);
}

function readUnsigned(r: Reader): bigint {
  fillScratch(r);
  return scratch.getBigUint64(0);
}

/** Consumes a tag and eight bytes, into the scratch. */
function fillScratch(r: Reader): void {
  const b = r.bytes;
  const p = r.offset;
  scratch.setInt32(0, (b[p + 1]! << 24) | (b[p + 2]! << 16) | (b[p + 3]! << 8) | b[p + 4]!);
  scratch.setInt32(4, (b[p + 5]! << 24) | (b[p + 6]! << 16) | (b[p + 7]! << 8) | b[p + 8]!);
  r.offset = p + 9;
}

function readLong(r: Reader): bigint {
  const at = r.offset;
  const length = readExtHeader(r, extBigint, "bigint");
  if (length > bigintBytesMax) throw failAt(r, at, "tooManyDigits", "a bigint of more than 16384 bits");
  if (length === 0) throw failAt(r, at, "wrongLength", "a bigint without bytes");
  let digits = "0x";
  for (let i = 0; i < length; i++) digits += hex(r.bytes[r.offset + i]!);
  r.offset += length;
  return BigInt.asIntN(length * 8, BigInt(digits));
}

function hex(byte: number): string {
  return (byte < 16 ? "0" : "") + byte.toString(16);
}
