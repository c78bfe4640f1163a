// Strict UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF, nothing cut short.

/** Whether the bytes from `start` to `end` are valid UTF-8. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let p = start;
  while (p < end) {
    const length = sequenceLength(bytes, p, end);
    if (length === 0) return false;
    p += length;
  }
  return true;
}

/** Bytes of the character at `p`; 0 if there is no valid one. */
function sequenceLength(b: Uint8Array, p: number, end: number): number {
  const lead = b[p]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (p + length > end) return 0;
  const second = b[p + 1]!;
  if (second < leastSecond(lead) || second > mostSecond(lead)) return 0;
  for (let i = 2; i < length; i++) if ((b[p + i]! & 0xc0) !== 0x80) return 0;
  return length;
}

function leastSecond(lead: number): number {
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
}

function mostSecond(lead: number): number {
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
}
