// Dates in: MessagePack's timestamp in any of its three forms. A Date counts milliseconds: what it could not hold
// exactly is refused rather than rounded.
import { timeMax } from "./date-time.ts";
import { extTimestamp, readExtHeader } from "./ext.ts";
import { dateHeap } from "./heap.ts";
import { fail, type Reader } from "./reader.ts";

const unitsOf32Bits = 0x1_0000_0000;
const nanosecondsMax = 999_999_999;

/**
 * @throws DecodeError `outOfRange` for a time that is no whole number of milliseconds or lies outside of what a Date
 *   holds, `wrongLength` for an extension of another length than 4, 8 or 12 bytes
 */
export function readDate(r: Reader): Date {
  const at = r.offset;
  const length = readExtHeader(r, extTimestamp, "date");
  const p = r.offset;
  if (length === 4) return dateOf(r, at, 4, bits(r, p), 0);
  if (length === 8) {
    const head = bits(r, p);
    return dateOf(r, at, 8, (head & 3) * unitsOf32Bits + bits(r, p + 4), head >>> 2);
  }
  if (length !== 12) throw fail(r, "wrongLength", "a timestamp has 4, 8 or 12 bytes", at);
  // Beyond 2^53 these seconds are rounded, but then they are far out of range.
  return dateOf(r, at, 12, (bits(r, p + 4) | 0) * unitsOf32Bits + bits(r, p + 8), bits(r, p));
}

function dateOf(r: Reader, at: number, length: number, seconds: number, nanoseconds: number): Date {
  const time = seconds * 1000 + nanoseconds / 1_000_000;
  if (nanoseconds > nanosecondsMax || nanoseconds % 1_000_000 !== 0) {
    throw fail(r, "outOfRange", "expected a date of whole milliseconds, found a fraction of one", at);
  }
  if (Math.abs(time) > timeMax) {
    throw fail(r, "outOfRange", "expected date, found a time beyond what a Date holds", at);
  }
  r.offset += length;
  r.heap -= dateHeap;
  return new Date(time);
}

/** 32 bits, big-endian, as an unsigned integer. */
function bits(r: Reader, p: number): number {
  const b = r.bytes;
  return ((b[p]! << 24) | (b[p + 1]! << 16) | (b[p + 2]! << 8) | b[p + 3]!) >>> 0;
}
