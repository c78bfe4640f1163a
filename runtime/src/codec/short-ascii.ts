// Short ASCII text in one call: for the names and keys that messages are full of, a call into the engine's decoder
// costs more than all else.

/** The longest text that {@link shortAscii} reads. */
export const shortAsciiMax = 16;

/**
 * The text of `n` bytes from `p` on, at most {@link shortAsciiMax}; `undefined` if it is not all ASCII. A ladder,
 * because one call with a fixed number of characters makes the text without anything in between.
 */
export function shortAscii(b: Uint8Array, p: number, n: number): string | undefined {
  const text = String.fromCharCode;
  if (n === 0) return "";
  const c0 = b[p]!;
  if (c0 > 0x7f) return undefined;
  if (n === 1) return text(c0);
  const c1 = b[p + 1]!;
  if (c1 > 0x7f) return undefined;
  if (n === 2) return text(c0, c1);
  const c2 = b[p + 2]!;
  if (c2 > 0x7f) return undefined;
  if (n === 3) return text(c0, c1, c2);
  const c3 = b[p + 3]!;
  if (c3 > 0x7f) return undefined;
  if (n === 4) return text(c0, c1, c2, c3);
  const c4 = b[p + 4]!;
  if (c4 > 0x7f) return undefined;
  if (n === 5) return text(c0, c1, c2, c3, c4);
  const c5 = b[p + 5]!;
  if (c5 > 0x7f) return undefined;
  if (n === 6) return text(c0, c1, c2, c3, c4, c5);
  const c6 = b[p + 6]!;
  if (c6 > 0x7f) return undefined;
  if (n === 7) return text(c0, c1, c2, c3, c4, c5, c6);
  const c7 = b[p + 7]!;
  if (c7 > 0x7f) return undefined;
  if (n === 8) return text(c0, c1, c2, c3, c4, c5, c6, c7);
  const c8 = b[p + 8]!;
  if (c8 > 0x7f) return undefined;
  if (n === 9) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8);
  const c9 = b[p + 9]!;
  if (c9 > 0x7f) return undefined;
  if (n === 10) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9);
  const c10 = b[p + 10]!;
  if (c10 > 0x7f) return undefined;
  if (n === 11) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10);
  const c11 = b[p + 11]!;
  if (c11 > 0x7f) return undefined;
  if (n === 12) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11);
  const c12 = b[p + 12]!;
  if (c12 > 0x7f) return undefined;
  if (n === 13) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12);
  const c13 = b[p + 13]!;
  if (c13 > 0x7f) return undefined;
  if (n === 14) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13);
  const c14 = b[p + 14]!;
  if (c14 > 0x7f) return undefined;
  if (n === 15) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14);
  const c15 = b[p + 15]!;
  if (c15 > 0x7f) return undefined;
  if (n === 16) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15);
  return undefined;
}
