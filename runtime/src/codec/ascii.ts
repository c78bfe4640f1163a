// Short ASCII text in one call, without the price of a decoder.

/** The text in `bytes` from `start` to `end`; `undefined` if it is not all ASCII. */
export function asciiAt(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = "";
  for (let p = start; p < end; p++) {
    const byte = bytes[p]!;
    if (byte > 0x7f) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
