// Strings in: any str header, then strictly valid UTF-8.
import { readUtf8 } from "#text";
import { failAt, type Reader, truncated, wrongType } from "./reader.ts";
import { shortAscii, shortAsciiMax } from "./short-ascii.ts";

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
  return readText(r);
}

/** Any text with any header. */
function readText(r: Reader): string {
  const at = r.offset;
  const tag = at < r.end ? r.bytes[at]! : 0xc0;
  const isShort = (tag & 0xe0) === 0xa0;
  const length = isShort ? tag & 31 : longLength(r, at, tag);
  const start = isShort ? at + 1 : at + 1 + (1 << (tag - 0xd9));
  const end = start + length;
  if (end > r.end) throw truncated(r, at);
  const text = length > engineMax ? undefined : readUtf8(r.bytes, start, end);
  if (text === undefined) throw refused(r, at, length);
  r.offset = end;
  return text;
}

/** The length in a str 8, 16 or 32 header. */
function longLength(r: Reader, at: number, tag: number): number {
  if (tag < 0xd9 || tag > 0xdb) throw wrongType(r, "string");
  const width = 1 << (tag - 0xd9);
  if (at + width >= r.end) throw truncated(r, at);
  let length = 0;
  for (let i = 1; i <= width; i++) length = length * 0x100 + r.bytes[at + i]!;
  return length;
}

function refused(r: Reader, at: number, length: number): Error {
  if (length > engineMax) return failAt(r, at, "tooLong", "a string longer than this engine allows");
  return failAt(r, at, "invalidUtf8", "expected UTF-8, found bytes that are not");
}
