// Big-endian numbers of a width that is known only when a message is read or written: lengths, and the formats that
// are not the usual ones.
import { type Reader, truncated } from "./reader.ts";

/** Bytes of the smallest unsigned format for `n`: 1, 2 or 4. */
export function widthOf(n: number): number {
  if (n < 0x100) return 1;
  return n < 0x1_0000 ? 2 : 4;
}

/** Writes `tag` and then `n` in `width` bytes, at most 4; returns what follows. */
export function putTagged(b: Uint8Array, p: number, tag: number, width: number, n: number): number {
  b[p] = tag;
  for (let i = width, rest = n; i > 0; i--, rest >>>= 8) b[p + i] = rest;
  return p + 1 + width;
}

/** The four bytes from `p` on as a signed integer. */
export function int32At(b: Uint8Array, p: number): number {
  return (b[p]! << 24) | (b[p + 1]! << 16) | (b[p + 2]! << 8) | b[p + 3]!;
}

/** The number in the `width` bytes behind the tag at `at`; beyond 2^53 it is rounded. */
export function readTagged(r: Reader, at: number, width: number, signed = false): number {
  if (at + width >= r.end) throw truncated(r, at);
  const b = r.bytes;
  let n = signed ? (b[at + 1]! << 24) >> 24 : b[at + 1]!;
  for (let i = 2; i <= width; i++) n = n * 0x100 + b[at + i]!;
  return n;
}
