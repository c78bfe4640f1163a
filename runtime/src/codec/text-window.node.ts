// Texts of a few dozen bytes, many of which follow each other in most messages: a stretch of the message is made into
// one text, of which each string is a part. A call into the engine for every string would take three times as long.
import { windowBytes } from "./limits.ts";
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

/** Whoever reads a message keeps the stretch that was made into a text last; at first it is empty. */
export interface TextWindow {
  window: string;
  windowStart: number;
}

/** The text from `start` to `end` of the message in `b` if it is ASCII and worth the window; else undefined. */
export function fromWindow(
  w: TextWindow,
  b: Uint8Array,
  start: number,
  end: number,
  messageEnd: number,
): string | undefined {
  const length = end - start;
  if (length < textMin || length > textMax) return undefined;
  const isInside = start >= w.windowStart && end <= w.windowStart + w.window.length;
  if (!isInside && messageEnd - end < restMin) return undefined;
  if (!isAscii(b, start, end)) return undefined;
  if (!isInside) {
    w.window = latin1Slice.call(b, start, Math.min(messageEnd, start + windowBytes));
    w.windowStart = start;
  }
  const at = start - w.windowStart;
  return w.window.substring(at, at + length);
}

function isAscii(b: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (b[p]! > 0x7f) return false;
  return true;
}
