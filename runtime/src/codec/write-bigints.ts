// Bigints out: one byte if possible, else 64 bits; beyond that, for the format without a width, an ext of big-endian
// two's complement bytes.
import { extBigint, putExtHeader } from "./ext.ts";
import { bigintBitsMax } from "./limits.ts";
import { halves, high, low, putHalves, signed64, unsigned64 } from "./scratch.ts";
import { room, type Writer } from "./writer.ts";
import { wrongNumber, wrongValue } from "./wrong-value.ts";

export function putI64(w: Writer, p: number, v: bigint): number {
  if (typeof v !== "bigint" || v < -0x8000_0000_0000_0000n || v > 0x7fff_ffff_ffff_ffffn) {
    throw wrongNumber("i64", v, "bigint");
  }
  signed64[0] = v;
  return putShortest(w.bytes, p, 0xd3, -32);
}

export function putU64(w: Writer, p: number, v: bigint): number {
  if (typeof v !== "bigint" || v < 0n || v > 0xffff_ffff_ffff_ffffn) throw wrongNumber("u64", v, "bigint");
  unsigned64[0] = v;
  return putShortest(w.bytes, p, 0xcf, 0);
}

/** What is in the scratch: one byte from `least` to 127, else 64 bits under `tag`. */
function putShortest(b: Uint8Array, p: number, tag: number, least: number): number {
  const upper = halves[high]!;
  const lower = halves[low]!;
  if (upper !== lower >> 31 || lower < least || lower > 127) return putHalves(b, p, tag, upper, lower);
  b[p] = lower;
  return p + 1;
}

/** A bigint of up to 16384 bits. Makes its own room. */
export function putBigint(w: Writer, p: number, v: bigint): number {
  if (typeof v !== "bigint") throw wrongNumber("bigint", v, "bigint");
  if (BigInt.asIntN(64, v) === v) return putI64(w, room(w, p, 9), v);
  if (BigInt.asUintN(64, v) === v) return putU64(w, room(w, p, 9), v);
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
