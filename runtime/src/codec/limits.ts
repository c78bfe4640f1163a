// Every bound of the codec, with its reason.

/**
 * How many values of a recursive named type may stand in one another unless the caller says otherwise. Keeps it off the end
 * of the stack.
 */
export const depthMax = 128;

/** What callers may raise the depth to: some hundred bytes of stack a level, where engines have about a megabyte. */
export const depthCeiling = 1000;

/** Bits of the longest `bigint`, sign included: parsing digits takes quadratic time, so they must be bounded. */
export const bigintBitsMax = 16_384;

/** Bytes of the longest `bigint`. */
export const bigintBytesMax = 2048;

/** Decimal digits of the longest `bigint`: those of 2^16383. */
export const bigintDigitsMax = 4932;

/** Bytes of a slab: many small messages share one allocation; none of them is ever overwritten. */
export const slabBytes = 65_536;

/** Bytes of a writer's first slab. Programs that encode little, and nested encodes, pay for no more. */
export const firstSlabBytes = 8192;

/** A buffer longer than this, made for one large message, is not kept for the messages after it. */
export const keptBytesMax = 1_048_576;

/**
 * Bytes of a message that are made into one text, which short strings are cut from: V8 does not copy strings of 13
 * characters and more, but has them point into that text, and one that is kept keeps so many bytes.
 */
export const windowBytes = 1024;

/** Longest key, in UTF-16 units, that an error's path shows in full. */
export const pathKeyMax = 64;

/** Longest path, in UTF-16 units, that an error shows in full; beyond it the middle is left out. */
export const pathTextMax = 400;

/**
 * Heap that a message may be charged for when it is decoded, for each of its bytes: an empty map takes 184 for one. With
 * the 8 for each byte that go uncharged (the most is a string of two letters: 24 for 3) it is 64.
 */
const heapPerByte = 56;

/**
 * Heap for each byte still to be read that is kept back for structs, which are subtracted without a check. The most is
 * `{ readonly a: u8; readonly next?: this }`, 72 for 2 bytes.
 */
export const heapReserve = 36;

/** Heap that every message may take, however short it is: so much that nothing but a hostile one gets near it. */
const heapFloor = 1_048_576;

/**
 * Heap that a JSON text may be charged for, for each of its UTF-16 units. What goes uncharged takes at most 28 for one, a
 * record with one key: both together are 64.
 */
const heapPerUnit = 36;

/** Bytes of heap that the values of a JSON text of so many UTF-16 units may be charged for. */
export function jsonHeapBudget(units: number): number {
  return Math.max(heapFloor, heapPerUnit * units);
}

/** Bytes of heap that a message of so many bytes may take when it is decoded. */
export function heapBudget(bytes: number): number {
  // Runs for each message, and V8 makes Math.max a comparison of floats, with conversions.
  const budget = heapPerByte * bytes;
  return budget < heapFloor ? heapFloor : budget;
}
