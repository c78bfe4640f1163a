// Text to UTF-8 and back with the functions behind Node's Buffer, which also work on a plain Uint8Array.
import { writeShortUtf8 } from "./short-utf8.ts";
import { isWellFormed } from "./surrogates.ts";
import { fromWindow, type TextWindow } from "./text-window.node.ts";
import { isUtf8 } from "./utf8-check.ts";
import { writeWide } from "./wide-text.node.ts";

export { shortAscii, shortAsciiMax } from "./short-ascii.ts";

/** Up to so many UTF-16 units a loop beats the call into the engine. */
const shortMax = 24;

interface TextMethods {
  utf8Write(this: Uint8Array, text: string, offset: number, length: number): number;
  ucs2Write(this: Uint16Array, text: string, offset: number, length: number): number;
  ucs2Slice(this: Uint16Array, start: number, end: number): string;
  utf8Slice(this: Uint8Array, start: number, end: number): string;
}

const utf8Write = /* @__PURE__ */ (() => (Buffer.prototype as unknown as TextMethods).utf8Write)();
const ucs2Write = /* @__PURE__ */ (() => (Buffer.prototype as unknown as TextMethods).ucs2Write)();
const ucs2Slice = /* @__PURE__ */ (() => (Buffer.prototype as unknown as TextMethods).ucs2Slice)();
const utf8Slice = /* @__PURE__ */ (() => (Buffer.prototype as unknown as TextMethods).utf8Slice)();

/**
 * Writes `text` from `p` on and returns the number of bytes; -1 if it has a lone surrogate. The caller has made sure of
 * three bytes for each UTF-16 unit.
 */
export function writeUtf8(bytes: Uint8Array, p: number, text: string): number {
  if (text.length <= shortMax) return writeShortUtf8(bytes, p, text);
  const wide = writeWide(bytes, p, text);
  if (wide >= 0) return wide;
  const size = utf8Write.call(bytes, text, p, bytes.length - p);
  return size === text.length || isWellFormed(text) ? size : -1;
}

/** As {@link readUtf8}, for one of the texts of a message that ends at `messageEnd`. */
export function readText(
  window: TextWindow,
  bytes: Uint8Array,
  start: number,
  end: number,
  messageEnd: number,
): string | undefined {
  return fromWindow(window, bytes, start, end, messageEnd) ?? readUtf8(bytes, start, end);
}

/** Memory that is written before it is read: to have it cleared takes longer than to fill it with messages. */
export function newBytes(size: number): Uint8Array {
  const { buffer } = Buffer.allocUnsafeSlow(size);
  return new Uint8Array(buffer);
}

/**
 * Writes short text as if it were ASCII, one byte for each unit; `view` is over `bytes`.
 * @returns more than 127 if it is not ASCII: then what was written means nothing
 */
export function putAscii(bytes: Uint8Array, view: DataView, p: number, text: string): number {
  // A text that has grown since room was made for it: whoever writes any text makes room anew.
  if (p + text.length > bytes.length) return 0x80;
  let any = 0;
  let i = 0;
  // Four at a time take a tenth less than one by one.
  for (; i + 3 < text.length; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    any = a | b | c | d;
    if (any > 0x7f) return any;
    view.setInt32(p + i, a | (b << 8) | (c << 16) | (d << 24), true);
  }
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    any |= unit;
    bytes[p + i] = unit;
  }
  return any;
}

/** The text in `bytes` from `start` to `end`; `undefined` if that is not valid UTF-8. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  const text = utf8Slice.call(bytes, start, end);
  // Buffer puts U+FFFD for what is invalid; only where there is one do the bytes themselves have to be looked at.
  return text.includes("\ufffd") && !isUtf8(bytes, start, end) ? undefined : text;
}

/** The text in `bytes` from `start` to `end`, which are known to be UTF-8. */
export function textOfUtf8(bytes: Uint8Array, start: number, end: number): string {
  return utf8Slice.call(bytes, start, end);
}

/** Puts the UTF-16 units of `text` at the beginning; the caller has made sure of the room. */
export function putUnits(units: Uint16Array, text: string): void {
  ucs2Write.call(units, text, 0, 2 * text.length);
}

/** A string of its own with the units from `start` to `end`. */
export function textOfUnits(units: Uint16Array, start: number, end: number): string {
  return ucs2Slice.call(units, 2 * start, 2 * end);
}
