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
 * Writes `text` from `p` on and returns the number of bytes; -1 if it has a lone surrogate. The caller has made sure of
 * three bytes for each UTF-16 unit.
 */
export function writeUtf8(bytes: Uint8Array, p: number, text: string): number {
  const size = encoder.encodeInto(text, bytes.subarray(p)).written;
  return size === text.length || isWellFormed(text) ? size : -1;
}

/** Memory for messages. */
export function newBytes(size: number): Uint8Array {
  return new Uint8Array(size);
}

/**
 * Writes short text as if it were ASCII, one byte for each unit; `view` is over `bytes`.
 * @returns more than 127 if it is not ASCII: then what was written means nothing
 */
export function putAscii(bytes: Uint8Array, _view: DataView, p: number, text: string): number {
  let any = 0;
  for (let i = 0; i < text.length; i++) any |= bytes[p + i] = text.charCodeAt(i);
  return any;
}

/** The text in `bytes` from `start` to `end`; `undefined` if that is not valid UTF-8. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  const short = end - start <= asciiMax ? shortAscii(bytes, start, end - start) : undefined;
  if (short !== undefined) return short;
  const part = bytes.subarray(start, end);
  // Browsers refuse to decode from memory that threads share: then a copy has to do.
  return decoded(part) ?? decoded(new Uint8Array(part));
}

/** As {@link readUtf8}, for one of the texts of a message: the other build has a use for the window. */
export function readText(
  _window: object,
  bytes: Uint8Array,
  start: number,
  end: number,
  _messageEnd: number,
): string | undefined {
  return readUtf8(bytes, start, end);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text in `bytes` from `start` to `end`, which are known to be UTF-8. */
export function textOfUtf8(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** Puts the UTF-16 units of `text` at the beginning; the caller has made sure of the room. */
export function putUnits(units: Uint16Array, text: string): void {
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
}

/** A string of its own with the units from `start` to `end`. */
export function textOfUnits(units: Uint16Array, start: number, end: number): string {
  return String.fromCharCode.apply(undefined, units.subarray(start, end) as unknown as number[]);
}
