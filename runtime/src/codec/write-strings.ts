// Strings out: the shortest str header, then UTF-8.
import { putAscii, writeUtf8 } from "#text";
import { putTagged, widthOf } from "./big-endian.ts";
import { encodeError } from "./encode-error.ts";
import { room, type Writer } from "./writer.ts";
import { wrongValue } from "./wrong-value.ts";

/** Up to this length a loop over the characters beats the call into the engine. */
const loopMax = 24;

/** Room that a string may need: three bytes for each UTF-16 unit and a header. */
export function stringRoom(v: string | null | undefined): number {
  return typeof v === "string" ? 5 + 3 * v.length : 3;
}

/** @throws EncodeError when `v` is no string or has a lone surrogate */
export function putString(w: Writer, p: number, v: string): number {
  if (typeof v !== "string") throw wrongValue("string", v);
  const length = v.length;
  if (length <= loopMax && putAscii(w.bytes, w.view, p + 1, v) <= 0x7f) {
    w.bytes[p] = 0xa0 | length;
    return p + 1 + length;
  }
  const end = putLong(w, room(w, p, 5 + 3 * length), v);
  if (end < 0) throw encodeError("loneSurrogate");
  return end;
}

/**
 * As {@link putString}, for what is known to be a string and has its room.
 * @returns -1 for a string with a lone surrogate
 */
export function putText(w: Writer, p: number, v: string): number {
  const length = v.length;
  if (length <= loopMax && putAscii(w.bytes, w.view, p + 1, v) <= 0x7f) {
    w.bytes[p] = 0xa0 | length;
    return p + 1 + length;
  }
  return putLong(w, p, v);
}

/** Any text; written as if it were ASCII, and moved where it needs a longer header. */
function putLong(w: Writer, p: number, v: string): number {
  const guess = widthOfSize(v.length);
  const start = p + 1 + guess;
  const b = w.bytes;
  const size = writeUtf8(b, start, v);
  if (size < 0) return size;
  const width = widthOfSize(size);
  if (width !== guess) b.copyWithin(p + 1 + width, start, start + size);
  return putTagged(b, p, width > 0 ? 0xd9 + (width >> 1) : 0xa0 | size, width, size) + size;
}

/** Bytes of a size that stand behind the tag; up to 31 it stands in the tag. */
function widthOfSize(size: number): number {
  return size < 32 ? 0 : widthOf(size);
}
