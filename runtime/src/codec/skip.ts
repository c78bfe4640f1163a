// Passes over values that the reader's type does not know, of any kind and any depth, without recursion.
import { readTagged } from "./big-endian.ts";
import { type Reader, truncated, wrongType } from "./reader.ts";

/** For the tags from c0 on: bytes of the length that follows the tag. */
const lengthBytes = "00001241240000000000000001242424";

/** For the tags from c0 on: bytes of payload, or what comes on top of the length; base 36. */
const payloadBytes = "000000011148124812482359h0000000";

/**
 * Passes over `n` values. Text in them is not checked.
 * @throws DecodeError when they are cut short or hold the reserved byte
 */
export function skip(r: Reader, n = 1): void {
  // Values still to pass over; those inside of a container count once its header has been read.
  let left = n;
  while (left > 0) left += skipHead(r) - 1;
}

/** Passes over a value without what it contains; returns how many values that is. */
function skipHead(r: Reader): number {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : 0xc1;
  if (tag === 0xc1) throw wrongType(r, "a value");
  if (tag < 0x80 || tag >= 0xe0) return advance(r, 1, 0);
  if (tag < 0xa0) return advance(r, 1, tag < 0x90 ? 2 * (tag & 15) : tag & 15);
  if (tag < 0xc0) return advance(r, 1 + (tag & 31), 0);
  const width = Number(lengthBytes[tag - 0xc0]);
  const length = width === 0 ? 0 : readTagged(r, at, width);
  if (tag >= 0xdc) return advance(r, 1 + width, tag < 0xde ? length : 2 * length);
  return advance(r, 1 + width + length + Number.parseInt(payloadBytes[tag - 0xc0]!, 36), 0);
}

/** Goes on by so many bytes, behind which there must be at least one for each value. */
function advance(r: Reader, bytes: number, values: number): number {
  if (bytes + values > r.end - r.offset) throw truncated(r);
  r.offset += bytes;
  return values;
}
