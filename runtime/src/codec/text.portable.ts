// Text to UTF-8 and back with what every JavaScript platform has.
import { shortAscii, shortAsciiMax } from "./short-ascii.portable.ts";
import { isWellFormed } from "./surrogates.ts";

export { shortAscii, shortAsciiMax };

const encoder: InstanceType<typeof TextEncoder> = /* @__PURE__ */ new TextEncoder();
const decoder: InstanceType<typeof TextDecoder> = /* @__PURE__ */ new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true,
});

/** Up to this many bytes of ASCII cost less without a call of the decoder. */
const asciiMax = 48;

/**
 * Writes `text` from `p` on and returns the number of bytes. The caller has made sure of three bytes for each UTF-16
 * unit; a lone surrogate becomes the three bytes of U+FFFD.
 */
export function writeUtf8(bytes: Uint8Array, p: number, text: string): number {
  return encoder.encodeInto(text, bytes.subarray(p)).written;
}

/** As {@link writeUtf8}, for a short text that is not all ASCII; -1 if it has a lone surrogate. */
export function writeShortUtf8(bytes: Uint8Array, p: number, text: string): number {
  return isWellFormed(text) ? writeUtf8(bytes, p, text) : -1;
}

/** The text in `bytes` from `start` to `end`; `undefined` if that is not valid UTF-8. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  const short = end - start <= asciiMax ? shortAscii(bytes, start, end - start) : undefined;
  if (short !== undefined) return short;
  const part = bytes.subarray(start, end);
  // Browsers refuse to decode from memory that threads share: then a copy has to do.
  return decoded(part) ?? decoded(new Uint8Array(part));
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Puts the UTF-16 units of `text` at the beginning; the caller has made sure of the room. */
export function putUnits(units: Uint16Array, text: string): void {
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
}

/** A string of its own with the units from `start` to `end`. */
export function textOfUnits(units: Uint16Array, start: number, end: number): string {
  return String.fromCharCode.apply(undefined, units.subarray(start, end) as unknown as number[]);
}
