// Bigints out: one byte if possible, else 64 bits; beyond that, for the format without a width, an ext of big-endian
// two's complement bytes.
import { extBigint, putExtHeader } from "./ext.ts";
import { bigintBitsMax } from "./limits.ts";
import { room, type Writer } from "./writer.ts";
import { wrongNumber, wrongValue } from "./wrong-value.ts";

export function putI64(w: Writer, p: number, v: bigint): number {
  if (!isI64(v)) throw wrongNumber("i64", v, "bigint");
  return putSigned(w, room(w, p, 9), v);
}

export function putU64(w: Writer, p: number, v: bigint): number {
  if (!isU64(v)) throw wrongNumber("u64", v, "bigint");
  return putUnsigned(w, room(w, p, 9), v);
}

/** Comparing is faster than BigInt.asIntN. */
export function isI64(v: unknown): v is bigint {
  return typeof v === "bigint" && v >= -0x8000_0000_0000_0000n && v <= 0x7fff_ffff_ffff_ffffn;
}

export function isU64(v: unknown): v is bigint {
  return typeof v === "bigint" && v >= 0n && v <= 0xffff_ffff_ffff_ffffn;
}

/** As {@link putI64}, for what is known to be one and has its room. */
export function putSigned(w: Writer, p: number, v: bigint): number {
  if (v >= -32n && v < 0x80n) {
    w.bytes[p] = Number(v);
    return p + 1;
  }
  w.bytes[p] = 0xd3;
  w.view.setBigInt64(p + 1, v);
  return p + 9;
}

/** As {@link putU64}, for what is known to be one and has its room. */
export function putUnsigned(w: Writer, p: number, v: bigint): number {
  if (v < 0x80n) {
    w.bytes[p] = Number(v);
    return p + 1;
  }
  w.bytes[p] = 0xcf;
  w.view.setBigUint64(p + 1, v);
  return p + 9;
}

/** A bigint of up to 16384 bits. Makes its own room. */
export function putBigint(w: Writer, p: number, v: bigint): number {
  if (typeof v !== "bigint") throw wrongNumber("bigint", v, "bigint");
  if (BigInt.asIntN(64, v) === v) return putI64(w, p, v);
  if (BigInt.asUintN(64, v) === v) return putU64(w, p, v);
  return putLong(w, p, v);
}

function putLong(w: Writer, p: number, v: bigint): number {
  if (BigInt.asIntN(bigintBitsMax, v) !== v)
    throw wrongValue("a bigint of at most 16384 bits", v, "tooManyDigits");
  // In hexadecimal the conversion takes linear time. For a negative number ~v has the complement of its bits.
  const digits = (v < 0n ? ~v : v).toString(16);
  const flip = v < 0n ? 0xff : 0;
  const signNibble = digits.length % 2 === 0 && Number.parseInt(digits[0]!, 16) > 7 ? "00" : "";
  const padded = digits.length % 2 === 0 ? signNibble + digits : "0" + digits;
  const length = padded.length / 2;
  let q = putExtHeader(w, room(w, p, 6 + length), extBigint, length);
  for (let i = 0; i < padded.length; i += 2)
    w.bytes[q++] = Number.parseInt(padded.slice(i, i + 2), 16) ^ flip;
  return q;
}
