// Floats of an attempt at a JSON text, rounded as JSON.parse rounds them. The engine reads numbers only from texts,
// which would have to be made first: so digits are divided by their power of ten here, in twice the precision of a
// float. Exponents and what that leaves in doubt are for JSON.parse.
import type { JsonCursor } from "./json-attempt.ts";

const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;

/** The powers of ten that a float holds exactly. */
const powers: readonly number[] = /* @__PURE__ */ Array.from({ length: 23 }, (_, n) => Number("1e" + n));

/** Below this an integer can take one more digit and is held exactly. */
const exactMax = 9e14;

/** So many digits may follow behind those. */
const lowerDigitsMax = 6;

export function attemptNumber(c: JsonCursor): number {
  return attemptF64(c);
}

export function attemptF32(c: JsonCursor): number {
  const value = Math.fround(attemptF64(c));
  if (value - value !== 0) c.odd = true;
  return value;
}

export function attemptF64(c: JsonCursor): number {
  const b = c.units;
  const isNegative = b[c.offset] === minus;
  const first = isNegative ? c.offset + 1 : c.offset;
  let p = first;
  let n = 0;
  let lower = 0;
  let lowerDigits = 0;
  for (let digit = b[p]! - zero; digit >= 0 && digit <= 9; digit = b[++p]! - zero) n = n * 10 + digit;
  if (p === first || (b[first] === zero && p > first + 1)) c.odd = true;
  if (n > Number.MAX_SAFE_INTEGER) c.odd = true;
  let decimals = 0;
  if (b[p] === dot) {
    const fraction = ++p;
    for (let digit = b[p]! - zero; digit >= 0 && digit <= 9; digit = b[++p]! - zero) {
      if (n < exactMax) n = n * 10 + digit;
      else {
        lower = lower * 10 + digit;
        lowerDigits++;
      }
    }
    decimals = p - fraction;
    if (decimals === 0) c.odd = true;
  }
  c.offset = p;
  if (decimals >= powers.length || lowerDigits > lowerDigitsMax) c.odd = true;
  const divisor = powers[decimals]!;
  const value = lowerDigits === 0 ? n / divisor : quotient(n, powers[lowerDigits]!, lower, divisor);
  if (Number.isNaN(value)) c.odd = true;
  return isNegative ? -value : value;
}

/**
 * (upper * scale + lower) / divisor, rounded once (Dekker, A Floating-Point Technique for Extending the Available
 * Precision); NaN for what lies so close to the middle between two floats that this precision does not tell.
 */
function quotient(upper: number, scale: number, lower: number, divisor: number): number {
  const product = upper * scale;
  const dividend = product + lower;
  const rest = lower - (dividend - product) + lost(upper, scale, product);
  const rough = dividend / divisor;
  const back = rough * divisor;
  const missing = (dividend - back - lost(rough, divisor, back) + rest) / divisor;
  const value = rough + missing * (1 + doubt);
  return value === rough + missing * (1 - doubt) ? value : Number.NaN;
}

/** More than what is still lost, as a share of what is added last. */
const doubt = 2 ** -40;

/** What rounding has taken from the product of `a` and `b`. */
function lost(a: number, b: number, product: number): number {
  const a1 = leading(a);
  const b1 = leading(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2;
}

/** The upper half of a float's digits: products of two halves are exact. */
function leading(a: number): number {
  const shifted = a * 134_217_729;
  return shifted - (shifted - a);
}
