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
