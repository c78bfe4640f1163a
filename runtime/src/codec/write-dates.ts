// Dates out: MessagePack's timestamp, in the shortest of its three forms that holds the time.
import { encodableTime } from "./date-time.ts";
import { extTimestamp, putExtHeader } from "./ext.ts";
import type { Writer } from "./writer.ts";

const unitsOf32Bits = 0x1_0000_0000;

/**
 * At most 15 bytes.
 * @throws EncodeError when `v` is no Date, or an invalid one
 */
export function putDate(w: Writer, p: number, v: Date): number {
  const time = encodableTime(v);
  const seconds = Math.floor(time / 1000);
  const nanoseconds = (time - seconds * 1000) * 1_000_000;
  const upper = Math.floor(seconds / unitsOf32Bits);
  // 34 bits of seconds stand behind 30 of nanoseconds.
  if (upper >= 0 && upper < 4) {
    const head = nanoseconds * 4 + upper;
    if (head === 0) return putBits(w, putExtHeader(w, p, extTimestamp, 4), seconds);
    return putBits(w, putBits(w, putExtHeader(w, p, extTimestamp, 8), head), seconds);
  }
  const q = putBits(w, putExtHeader(w, p, extTimestamp, 12), nanoseconds);
  return putBits(w, putBits(w, q, upper), seconds);
}

/** The lower 32 bits of an integer, big-endian; returns what follows. */
function putBits(w: Writer, p: number, n: number): number {
  const b = w.bytes;
  b[p] = n >> 24;
  b[p + 1] = n >> 16;
  b[p + 2] = n >> 8;
  b[p + 3] = n;
  return p + 4;
}
