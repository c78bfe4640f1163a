// Bytes in JSON: base64 with the standard alphabet and padding, in exactly one spelling for each value.
import { readUtf8 } from "#text";
import type { OwnBytes } from "./bytes.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const padding = 61;

export function toBase64(bytes: Uint8Array): string {
  const length = bytes.length;
  const text = new Uint8Array(4 * Math.ceil(length / 3));
  for (let i = 0, q = 0; i < length; i += 3, q += 4) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text[q] = alphabet.charCodeAt(group >> 18);
    text[q + 1] = alphabet.charCodeAt((group >> 12) & 63);
    text[q + 2] = i + 1 < length ? alphabet.charCodeAt((group >> 6) & 63) : padding;
    text[q + 3] = i + 2 < length ? alphabet.charCodeAt(group & 63) : padding;
  }
  return readUtf8(text, 0, text.length)!;
}

/** `undefined` for anything but what {@link toBase64} returns. */
export function fromBase64(text: string): OwnBytes | undefined {
  const units = text.length;
  if (units % 4 !== 0) return undefined;
  const pads = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((units / 4) * 3 - pads);
  let group = 0;
  for (let i = 0, q = 0; i < units; i++) {
    const digit = i < units - pads ? sextet(text.charCodeAt(i)) : 0;
    if (digit < 0) return undefined;
    group = (group << 6) | digit;
    if (i % 4 !== 3) continue;
    // Beyond the end of the array these have no effect.
    bytes[q++] = group >> 16;
    bytes[q++] = group >> 8;
    bytes[q++] = group;
  }
  const unused = pads === 2 ? group & 0xffff : pads === 1 ? group & 0xff : 0;
  return unused === 0 ? bytes : undefined;
}

/** The six bits that a character stands for; -1 for one that is not of the alphabet. */
function sextet(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 71;
  if (unit >= 65 && unit <= 90) return unit - 65;
  if (unit >= 48 && unit <= 57) return unit + 4;
  if (unit === 43) return 62;
  return unit === 47 ? 63 : -1;
}
