// Literals, enums and the discriminants of unions: a small unsigned number for each member.
import { putTagged, widthOf } from "./big-endian.ts";
import { encodeError } from "./encode-error.ts";
import { membersText } from "./members-text.ts";
import { readWithin } from "./read-integers.ts";
import { fail, type Reader } from "./reader.ts";
import { valueText } from "./value-text.ts";
import type { Writer } from "./writer.ts";

/** One byte for ordinals below 128, the shortest unsigned format beyond; at most five bytes. */
export function putOrdinal(w: Writer, p: number, n: number): number {
  if (n > 127) return putTagged(w.bytes, p, 0xcc + (widthOf(n) >> 1), widthOf(n), n);
  w.bytes[p] = n;
  return p + 1;
}

export function readOrdinal(r: Reader): number {
  const p = r.offset;
  const tag = p < r.end ? r.bytes[p]! : 0xc0;
  if (tag > 0x7f) return readWithin(r, "ordinal", 0, 0xffff_ffff);
  r.offset = p + 1;
  return tag;
}

/**
 * The ordinal of `v` in a table of members; null stands for ordinals that are reserved.
 * @throws EncodeError `notAMember` when `v` is none of them
 */
export function indexOfLiteral(values: readonly unknown[], v: unknown): number {
  const index = v === null ? -1 : values.indexOf(v);
  if (index >= 0) return index;
  throw encodeError("notAMember", "expected " + membersText(values) + ", found " + valueText(v));
}

/** Reads an ordinal and returns its member of the table; null stands for ordinals that are reserved. */
export function readMember<T>(r: Reader, values: readonly (T | null)[]): T {
  const at = r.offset;
  const ordinal = readOrdinal(r);
  const value = ordinal < values.length ? values[ordinal] : null;
  if (value !== null && value !== undefined) return value;
  throw fail(r, "unknownMember", "no member has the ordinal " + ordinal, at);
}
