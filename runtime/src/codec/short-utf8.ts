// Short text to UTF-8 in a loop: for a word or a name the call into the engine's encoder costs more.

/**
 * Writes `text` from `p` on and returns the number of bytes; -1 if it has a lone surrogate. The caller has made sure
 * of three bytes for each UTF-16 unit.
 */
export function writeShortUtf8(b: Uint8Array, p: number, text: string): number {
  let q = p;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) b[q++] = unit;
    else if (unit < 0x800) {
      b[q++] = 0xc0 | (unit >> 6);
      b[q++] = 0x80 | (unit & 0x3f);
    } else {
      const point = text.codePointAt(i)!;
      if (point >= 0xd800 && point <= 0xdfff) return -1;
      if (point > 0xffff) i++;
      q = putPoint(b, q, point);
    }
  }
  return q - p;
}

/** Three bytes, or four beyond the basic plane. */
function putPoint(b: Uint8Array, p: number, point: number): number {
  let q = p;
  if (point > 0xffff) {
    b[q++] = 0xf0 | (point >> 18);
    b[q++] = 0x80 | ((point >> 12) & 0x3f);
  } else {
    b[q++] = 0xe0 | (point >> 12);
  }
  b[q++] = 0x80 | ((point >> 6) & 0x3f);
  b[q++] = 0x80 | (point & 0x3f);
  return q;
}
