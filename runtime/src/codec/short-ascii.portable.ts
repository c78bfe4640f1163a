// Short ASCII text where a bundle's size counts: not a rung for each length, as in short-ascii.ts, but pieces of twelve,
// eight, four and less. Half as long compressed; decoding takes a tenth longer for it, where there are long names more.

/** The longest text that {@link shortAscii} is asked for without another reason: what a fixstr holds. */
export const shortAsciiMax = 31;

/** The text of `n` bytes from `p` on; `undefined` if it is not all ASCII. */
export function shortAscii(b: Uint8Array, p: number, n: number): string | undefined {
  for (let i = 0; i < n; i++) if (b[p + i]! > 0x7f) return undefined;
  return inPieces(b, p, n);
}

function inPieces(b: Uint8Array, p: number, n: number): string {
  const text = String.fromCharCode;
  if (n > 11) {
    const first = text(
      b[p]!,
      b[p + 1]!,
      b[p + 2]!,
      b[p + 3]!,
      b[p + 4]!,
      b[p + 5]!,
      b[p + 6]!,
      b[p + 7]!,
      b[p + 8]!,
      b[p + 9]!,
      b[p + 10]!,
      b[p + 11]!,
    );
    return n > 12 ? first + inPieces(b, p + 12, n - 12) : first;
  }
  if (n > 7) {
    const first = text(b[p]!, b[p + 1]!, b[p + 2]!, b[p + 3]!, b[p + 4]!, b[p + 5]!, b[p + 6]!, b[p + 7]!);
    return n > 8 ? first + inPieces(b, p + 8, n - 8) : first;
  }
  if (n > 3) {
    const first = text(b[p]!, b[p + 1]!, b[p + 2]!, b[p + 3]!);
    return n > 4 ? first + inPieces(b, p + 4, n - 4) : first;
  }
  if (n > 1) return n > 2 ? text(b[p]!, b[p + 1]!, b[p + 2]!) : text(b[p]!, b[p + 1]!);
  return n > 0 ? text(b[p]!) : "";
}
