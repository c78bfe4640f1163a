// Eight bytes in which a number changes its form: between a float or a bigint and two 32-bit halves. Typed arrays,
// because storing halves in them is cheaper than in a DataView; they lie in the machine's byte order, hence the two
// positions. Nothing stays in them between two calls.

/** Position of the more significant half in {@link halves}. */
export const high: number = /* @__PURE__ */ (() => new Uint8Array(new Uint16Array([1]).buffer)[0]!)();

/** Position of the less significant half in {@link halves}. */
export const low: number = /* @__PURE__ */ (() => 1 - high)();

export const halves: Int32Array = /* @__PURE__ */ new Int32Array(2);

/** Both halves as a 64-bit float. */
export const float64: Float64Array = /* @__PURE__ */ (() => new Float64Array(halves.buffer))();

/** The half at position 0 as a 32-bit float. */
export const float32: Float32Array = /* @__PURE__ */ (() => new Float32Array(halves.buffer))();

/** Both halves as an integer. */
const view: DataView = /* @__PURE__ */ (() => new DataView(halves.buffer))();

/** Both halves as a signed integer. */
export function signed(): bigint {
  return view.getBigInt64(0, high === 1);
}

/** Both halves as an unsigned integer. */
export function unsigned(): bigint {
  return view.getBigUint64(0, high === 1);
}

/** Takes an integer apart into halves; bits beyond the 64th are lost. */
export function split(v: bigint): void {
  view.setBigInt64(0, v, high === 1);
}

/** Fills the halves with the eight bytes from `p` on. */
export function loadHalves(b: Uint8Array, p: number): void {
  halves[high] = (b[p]! << 24) | (b[p + 1]! << 16) | (b[p + 2]! << 8) | b[p + 3]!;
  halves[low] = (b[p + 4]! << 24) | (b[p + 5]! << 16) | (b[p + 6]! << 8) | b[p + 7]!;
}

/** Writes `tag` and the two halves of a 64-bit number; returns what follows. */
export function putHalves(b: Uint8Array, p: number, tag: number, upper: number, lower: number): number {
  b[p] = tag;
  b[p + 1] = upper >> 24;
  b[p + 2] = upper >> 16;
  b[p + 3] = upper >> 8;
  b[p + 4] = upper;
  b[p + 5] = lower >> 24;
  b[p + 6] = lower >> 16;
  b[p + 7] = lower >> 8;
  b[p + 8] = lower;
  return p + 9;
}
