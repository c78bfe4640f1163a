// Bigints of an attempt at a JSON text: digits alone where they are safe, else between quotes. BigInt would read them
// from a text of their own, which takes several times as long.
import type { JsonCursor } from "./json-attempt.ts";
import { attemptInt } from "./json-attempt-values.ts";
import { halves, high, low, unsigned64 } from "./scratch.ts";

const quote = 0x22;
const minus = 0x2d;
const zero = 0x30;

/** So many digits are taken as one number, twice: more than 64 bits have. */
const digitsMax = 10;

const half = 0x1_0000_0000;
const quarter = 0x1_0000;

/** Longer ones are left to the engine. */
export function attemptBigint(c: JsonCursor): bigint {
  return signed(c, half);
}

export function attemptI64(c: JsonCursor): bigint {
  return signed(c, half / 2);
}

export function attemptU64(c: JsonCursor): bigint {
  if (c.units[c.offset] !== quote) return BigInt(attemptNatural(c));
  return magnitude(c, c.offset + 1, half);
}

function attemptNatural(c: JsonCursor): number {
  if (c.units[c.offset] === minus) c.odd = true;
  return attemptInt(c);
}

/** @param limit what the upper half of the magnitude stays below */
function signed(c: JsonCursor, limit: number): bigint {
  if (c.units[c.offset] !== quote) return BigInt(attemptInt(c));
  if (c.units[c.offset + 1] === minus) return -magnitude(c, c.offset + 2, limit);
  return magnitude(c, c.offset + 1, limit);
}

function magnitude(c: JsonCursor, first: number, limit: number): bigint {
  const b = c.units;
  let p = first;
  let leading = 0;
  let trailing = 0;
  let scale = 1;
  for (let digit = b[p]! - zero; digit >= 0 && digit <= 9; digit = b[++p]! - zero) {
    if (p - first < digitsMax) leading = leading * 10 + digit;
    else {
      trailing = trailing * 10 + digit;
      scale *= 10;
    }
  }
  const n = p - first;
  if (b[p] !== quote || n === 0 || n > 2 * digitsMax || b[first] === zero) c.odd = true;
  c.offset = p + 1;
  // leading * scale + trailing, in parts that stay exact.
  const upper = Math.floor(leading / quarter) * scale;
  const lower = (leading % quarter) * scale + trailing + (upper % quarter) * quarter;
  const carried = Math.floor(upper / quarter) + Math.floor(lower / half);
  if (carried >= limit) c.odd = true;
  halves[high] = carried;
  halves[low] = lower;
  return unsigned64[0]!;
}
