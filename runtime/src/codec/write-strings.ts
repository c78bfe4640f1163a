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
  const start = p + 1;
  if (length > loopMax || putAscii(w.bytes, w.view, start, v) > 0x7f) return putText(w, p, v);
  w.bytes[p] = 0xa0 | length;
  return start + length;
}

/** Any text; written as if it were ASCII, and moved where it needs a longer header. */
function putText(w: Writer, from: number, v: string): number {
  const p = room(w, from, 5 + 3 * v.length);
  const guess = headerSize(v.length);
  const size = writeUtf8(w.bytes, p + guess, v);
  if (size < 0) throw encodeError("loneSurrogate");
  const b = w.bytes;
  const header = headerSize(size);
  if (header !== guess) b.copyWithin(p + header, p + guess, p + guess + size);
  if (header === 1) b[p] = 0xa0 | size;
  else putTagged(b, p, 0xd9 + (widthOf(size) >> 1), widthOf(size), size);
  return p + header + size;
}

function headerSize(size: number): number {
  return size < 32 ? 1 : 1 + widthOf(size);
}
