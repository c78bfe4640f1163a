// Strings in: any str header, then strictly valid UTF-8.
import { readText, shortAscii, shortAsciiMax } from "#text";
import { readTagged } from "./big-endian.ts";
import { fail, type Reader, truncated, wrongType } from "./reader.ts";

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
  if (!isShort && (tag < 0xd9 || tag > 0xdb)) throw wrongType(r, "string");
  const width = isShort ? 0 : 1 << (tag - 0xd9);
  const length = isShort ? tag & 31 : readTagged(r, at, width);
  const start = at + 1 + width;
  if (start + length > r.end) throw truncated(r, at);
  if (length > engineMax) throw fail(r, "tooLong");
  const text = readText(r, start, start + length);
  if (text === undefined) throw fail(r, "invalidUtf8");
  r.offset = start + length;
  return text;
}
