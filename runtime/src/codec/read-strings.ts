// Strings in: any str header, then strictly valid UTF-8.
import { readText, shortAscii, shortAsciiMax } from "#text";
import { readHead } from "./head.ts";
import { strKind } from "./kinds.ts";
import { fail, type Reader, truncated } from "./reader.ts";

/** No engine has strings longer than this; asking for one would end in an error of its own. */
const engineMax = 0x1fff_ffe8;

export function readString(r: Reader): string {
  const p = r.offset;
  if (p < r.end) {
    const n = r.bytes[p]! - 0xa0;
    if (n >= 0 && n <= shortAsciiMax && p + n < r.end) {
      const text = shortAscii(r.bytes, p + 1, n);
      if (text !== undefined) {
        r.offset = p + 1 + n;
        return text;
      }
    }
  }
  return readLong(r);
}

/** Any text with any header. */
function readLong(r: Reader): string {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : 0;
  const isShort = (tag & 0xe0) === 0xa0;
  if (isShort) r.offset = at + 1;
  const length = isShort ? tag & 31 : readHead(r, strKind, "string");
  const start = r.offset;
  r.offset += length;
  if (r.offset > r.end) throw truncated(r, at);
  const text = length > engineMax ? undefined : readText(r, r.bytes, start, r.offset, r.end);
  if (text === undefined) throw fail(r, length > engineMax ? "tooLong" : "invalidUtf8", undefined, at);
  return text;
}
