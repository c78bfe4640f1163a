// Keeps hostile sets and maps from taking quadratic time. V8 hashes numbers and bigints without a secret, so anybody can
// choose thousands whose hashes end alike, and each would be compared with all of them. So they are counted by the ends
// of the hashes that V8 gives them. Strings are hashed with a secret, objects by what they are: those need no count.

/** How many elements have a hash with the same end, for each end; null for few elements, which need no count. */
export type HashCounts = Uint8Array | null;

/** So many elements are compared with each other in little time. */
const uncountedMax = 64;

/**
 * How many elements may have hashes that end alike, where 4 to 8 are to be expected. Of all regular patterns tried the
 * worst comes to 93, multiples of 2^46, and most others to less than 30.
 */
const alikeMax = 128;

/** The bits of the number at hand. */
const bits: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** Counts for a set or map of `n` elements. */
export function hashCounts(n: number): HashCounts {
  return n > uncountedMax ? new Uint8Array(1 << (29 - Math.clz32(n))) : null;
}

/** Counts one more element; whether there are too many like it now. */
export function isFlood(counts: HashCounts, value: unknown): boolean {
  if (counts === null) return false;
  if (typeof value !== "number" && typeof value !== "bigint") return false;
  const end = hashOf(value) & (counts.length - 1);
  const alike = counts[end]! + 1;
  counts[end] = alike;
  return alike > alikeMax;
}

export const floodText = "so many numbers have hashes that end alike that they must have been chosen for it";

/** As V8 has it: of a bigint the sign counts for nothing, and neither does what is beyond 64 bits. */
function hashOf(value: number | bigint): number {
  if (typeof value === "bigint") return hashOfBigint(value);
  if ((value | 0) === value) return hashOfInteger(value);
  bits.setFloat64(0, value);
  return hashOfHalves(bits.getInt32(0), bits.getInt32(4));
}

function hashOfBigint(value: bigint): number {
  bits.setBigInt64(0, value);
  const upper = bits.getInt32(0);
  const lower = bits.getInt32(4);
  if (value >= 0n) return hashOfHalves(upper, lower);
  return hashOfHalves(lower === 0 ? -upper : ~upper, -lower | 0);
}

/** Of 32 bits, after Thomas Wang. */
function hashOfInteger(key: number): number {
  let hash = (~key + (key << 15)) | 0;
  hash ^= hash >>> 12;
  hash = (hash + (hash << 2)) | 0;
  hash ^= hash >>> 4;
  hash = Math.imul(hash, 2057);
  return hash ^ (hash >>> 16);
}

/** Of 64 bits, after Thomas Wang: each step on both halves, with the carry from the lower one. */
function hashOfHalves(keyHigh: number, keyLow: number): number {
  let lower = ((keyLow << 18) + ~keyLow) | 0;
  let upper = (((keyHigh << 18) | (keyLow >>> 14)) + ~keyHigh + carry(lower, ~keyLow)) | 0;
  lower ^= (upper << 1) | (lower >>> 31);
  upper ^= upper >>> 31;
  upper =
    (Math.imul(upper, 21) + ((Math.imul(lower >>> 16, 21) + (Math.imul(lower & 0xffff, 21) >>> 16)) >>> 16)) |
    0;
  lower = Math.imul(lower, 21);
  lower ^= (lower >>> 11) | (upper << 21);
  upper ^= upper >>> 11;
  const addend = lower << 6;
  upper = (upper + ((upper << 6) | (lower >>> 26))) | 0;
  lower = (lower + addend) | 0;
  upper += carry(lower, addend);
  return lower ^ ((lower >>> 22) | (upper << 10));
}

/** What was carried when `addend` was added to something and `sum` came out, in 32 bits. */
function carry(sum: number, addend: number): number {
  return sum >>> 0 < addend >>> 0 ? 1 : 0;
}
