// Unions whose arms differ in kind: each arm as it is, told apart by its first byte, or behind the arm's ordinal.
import { putOrdinal, readOrdinal } from "./choice.ts";
import { putArrayHeader, readTupleHeader } from "./containers.ts";
import type { DecodeError } from "./decode-error.ts";
import { fail, type Reader, truncated } from "./reader.ts";
import { room, type Writer } from "./writer.ts";

/** Begins `[ordinal, arm]`; the arm follows. Makes its own room. */
export function putArm(w: Writer, p: number, ordinal: number): number {
  return putOrdinal(w, putArrayHeader(w, room(w, p, 6), 2), ordinal);
}

/**
 * Consumes what {@link putArm} writes and returns the ordinal.
 * @throws DecodeError `wrongLength` where the array has another length than 2
 */
export function readArm(r: Reader): number {
  readTupleHeader(r, 2, 2);
  return readOrdinal(r);
}

/**
 * The error stands where the ordinal does.
 * @param ordinal what {@link readArm} returned
 * @param at where it began to read
 */
export function unknownArm(r: Reader, ordinal: number, at: number): DecodeError {
  r.offset = at;
  readTupleHeader(r, 2, 2);
  return fail(r, "unknownVariant", "no arm of the union has the ordinal " + ordinal);
}

/**
 * What kind of value stands here, without consuming it: `nil`, `bool`, `number` for every integer and float, `str`,
 * `bin`, `array`, `map`, `ext 1` for an extension of type 1, `none` for the end of the bytes.
 * @throws DecodeError `truncated` where the bytes end before the type of an extension
 */
export function nextKind(r: Reader): string {
  const tag = r.offset < r.end ? r.bytes[r.offset]! : -1;
  if (tag >= 0xe0 || (tag >= 0 && tag < 0x80)) return "number";
  if (tag < 0xc0) return tag < 0 ? "none" : tag < 0x90 ? "map" : tag < 0xa0 ? "array" : "str";
  if (tag < 0xc7) return tag > 0xc3 ? "bin" : tag > 0xc1 ? "bool" : tag === 0xc0 ? "nil" : "none";
  if (tag > 0xd8) return tag < 0xdc ? "str" : tag < 0xde ? "array" : "map";
  return tag > 0xc9 && tag < 0xd4 ? "number" : extKind(r, tag);
}

/** The type of an extension stands behind its length. */
function extKind(r: Reader, tag: number): string {
  const at = r.offset + (tag < 0xd4 ? 1 + (1 << (tag - 0xc7)) : 1);
  if (at >= r.end) throw truncated(r);
  return "ext " + ((r.bytes[at]! << 24) >> 24);
}
