// Short ASCII text where a bundle's size counts: the ladder of short-ascii.ts with fewer rungs and one look at the bytes
// before, in 150 B less of a compressed bundle. Decoding SensorReading takes a tenth longer for it.

/** The longest text that {@link shortAscii} is asked for without another reason: what a fixstr holds. */
export const shortAsciiMax = 31;

/** The text of `n` bytes from `p` on; `undefined` if it is not all ASCII. */
export function shortAscii(b: Uint8Array, p: number, n: number): string | undefined {
  for (let i = 0; i < n; i++) if (b[p + i]! > 0x7f) return undefined;
  const text = String.fromCharCode;
  if (n === 0) return "";
  const c0 = b[p]!;
  if (n === 1) return text(c0);
  const c1 = b[p + 1]!;
  if (n === 2) return text(c0, c1);
  const c2 = b[p + 2]!;
  if (n === 3) return text(c0, c1, c2);
  const c3 = b[p + 3]!;
  if (n === 4) return text(c0, c1, c2, c3);
  const c4 = b[p + 4]!;
  if (n === 5) return text(c0, c1, c2, c3, c4);
  const c5 = b[p + 5]!;
  if (n === 6) return text(c0, c1, c2, c3, c4, c5);
  const c6 = b[p + 6]!;
  if (n === 7) return text(c0, c1, c2, c3, c4, c5, c6);
  const c7 = b[p + 7]!;
  if (n === 8) return text(c0, c1, c2, c3, c4, c5, c6, c7);
  const c8 = b[p + 8]!;
  if (n === 9) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8);
  const c9 = b[p + 9]!;
  if (n === 10) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9);
  const c10 = b[p + 10]!;
  if (n === 11) return text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10);
  const c11 = b[p + 11]!;
  const first = text(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11);
  return n === 12 ? first : first + shortAscii(b, p + 12, n - 12)!;
}
