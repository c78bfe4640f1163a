// The head of any value: its first byte, and the number that follows it in formats that have one. What readers fall
// back on where a value does not come in the format that our own writer uses.
import { readTagged } from "./big-endian.ts";
import { formatOf, integerKind, kindOf } from "./kinds.ts";
import { type Reader, wrongType } from "./reader.ts";

/**
 * Consumes the head of a value of the given kind.
 * @returns an integer's value, rounded beyond 2^53; for all else that has one, the length
 * @throws DecodeError when a value of another kind stands there, or none; `expected` says what was declared
 */
export function readHead(r: Reader, kind: number, expected: string): number {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : 0xc1;
  const format = formatOf(tag);
  if (tag === 0xc1 || (format & 15) !== kind) throw wrongType(r, expected);
  const width = (1 << (format >> 4)) >> 4;
  const isSigned = kind === integerKind && tag >= 0xd0;
  const n = width > 0 ? readTagged(r, at, width, isSigned) : numberWithin(tag);
  r.offset = at + 1 + width;
  return n;
}

/** What kind of value stands here, as `readHead` calls it; at the end of the bytes any that it will refuse. */
export function kindHere(r: Reader): number {
  return kindOf(r.offset < r.end ? r.bytes[r.offset]! : 0);
}

/** The number that a first byte holds itself. */
function numberWithin(tag: number): number {
  if (tag < 0x80) return tag;
  if (tag >= 0xe0) return tag - 0x100;
  return tag >= 0xd4 ? 1 << (tag - 0xd4) : tag & (tag < 0xa0 ? 15 : 31);
}
