// Texts of a few dozen bytes, many of which follow each other in most messages: a stretch of the message is made into
// one text, of which each string is a part. A call into the engine for every string would take three times as long.
import { windowBytes } from "./limits.ts";
import type { Reader } from "./reader.ts";
import { shortAsciiMax } from "./short-ascii.ts";

/** Longer text is worth a call of its own; shorter text that comes here is not ASCII. */
const textMax = 64;
const textMin = shortAsciiMax + 1;

/** With fewer bytes behind a text there is hardly another one to come. */
const restMin = 32;

interface TextMethods {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
}

const latin1Slice = /* @__PURE__ */ (() => (Buffer.prototype as unknown as TextMethods).latin1Slice)();

/** The text from `start` to `end` of the reader's message if it is ASCII and worth the window; else undefined. */
export function fromWindow(r: Reader, start: number, end: number): string | undefined {
  const length = end - start;
  if (length < textMin || length > textMax) return undefined;
  const isInside = start >= r.windowStart && end <= r.windowStart + r.window.length;
  if (!isInside && r.end - end < restMin) return undefined;
  if (!isAscii(r.bytes, start, end)) return undefined;
  if (!isInside) openWindow(r, start);
  const at = start - r.windowStart;
  return r.window.substring(at, at + length);
}

function openWindow(r: Reader, start: number): void {
  r.window = latin1Slice.call(r.bytes, start, Math.min(r.end, start + windowBytes));
  r.windowStart = start;
}

function isAscii(b: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (b[p]! > 0x7f) return false;
  return true;
}
