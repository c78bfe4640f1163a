// Passes over values that the reader's type does not know, of any kind and any depth, without recursion.
import { type Reader, truncated, wrongType } from "./reader.ts";

/**
 * Passes over `n` values. Text in them is not checked.
 * @throws DecodeError when they are cut short or hold the reserved byte
 */
export function skip(r: Reader, n = 1): void {
  // Values still to pass over; those inside of a container count once its header has been read.
  let left = n;
  while (left > 0) {
    left += skipHead(r) - 1;
    if (left > r.end - r.offset) throw truncated(r, r.offset);
  }
}

/** Passes over a value without what it contains; returns how many values that is. */
function skipHead(r: Reader): number {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : 0xc1;
  if (tag < 0x80 || tag >= 0xe0) return advance(r, 1, 0);
  if (tag < 0x90) return advance(r, 1, 2 * (tag & 15));
  if (tag < 0xa0) return advance(r, 1, tag & 15);
  if (tag < 0xc0) return advance(r, 1 + (tag & 31), 0);
  if (tag === 0xc1) throw wrongType(r, "a value");
  if (tag <= 0xc3) return advance(r, 1, 0);
  return skipLong(r, at, tag);
}

/** The formats c4 to df, whose tag says how many bytes of length or payload follow. */
function skipLong(r: Reader, at: number, tag: number): number {
  if (tag <= 0xc6) return advance(r, lengthAt(r, at, 1 << (tag - 0xc4)), 0);
  if (tag <= 0xc9) return advance(r, lengthAt(r, at, 1 << (tag - 0xc7)) + 1, 0);
  if (tag <= 0xcb) return advance(r, tag === 0xca ? 5 : 9, 0);
  if (tag <= 0xd3) return advance(r, 1 + (1 << (tag & 3)), 0);
  if (tag <= 0xd8) return advance(r, 2 + (1 << (tag - 0xd4)), 0);
  if (tag <= 0xdb) return advance(r, lengthAt(r, at, 1 << (tag - 0xd9)), 0);
  const width = 2 << (tag & 1);
  const values = lengthAt(r, at, width) - 1 - width;
  return advance(r, 1 + width, tag <= 0xdd ? values : 2 * values);
}

/** The tag, a length of `width` bytes, and the length itself. */
function lengthAt(r: Reader, at: number, width: number): number {
  if (at + width >= r.end) throw truncated(r, at);
  let length = 0;
  for (let i = 1; i <= width; i++) length = length * 0x100 + r.bytes[at + i]!;
  return 1 + width + length;
}

function advance(r: Reader, bytes: number, values: number): number {
  if (bytes > r.end - r.offset) throw truncated(r, r.offset);
  r.offset += bytes;
  return values;
}
