// Eight bytes in which a number changes its form: between a float or a bigint and two 32-bit halves. Typed arrays,
// because they are cheaper than a DataView; they lie in the machine's byte order, hence the two
// positions. Nothing stays in them between two calls.
import { int32At } from "./big-endian.ts";

/** Position of the more significant half in {@link halves}. */
export const high: number = /* @__PURE__ */ (() => new Uint8Array(new Uint16Array([1]).buffer)[0]!)();

/** Position of the less significant half in {@link halves}. */
export const low: number = /* @__PURE__ */ (() => 1 - high)();

export const halves: Int32Array = /* @__PURE__ */ new Int32Array(2);

/** Both halves as a 64-bit float. */
export const float64: Float64Array = /* @__PURE__ */ (() => new Float64Array(halves.buffer))();

/** The half at position 0 as a 32-bit float. */
export const float32: Float32Array = /* @__PURE__ */ (() => new Float32Array(halves.buffer))();

/** Both halves as a signed integer. */
export const signed64: BigInt64Array = /* @__PURE__ */ (() => new BigInt64Array(halves.buffer))();

/** Both halves as an unsigned integer. */
export const unsigned64: BigUint64Array = /* @__PURE__ */ (() => new BigUint64Array(halves.buffer))();

/** Fills the halves with the eight bytes from `p` on. */
export function loadHalves(b: Uint8Array, p: number): void {
  halves[high] = int32At(b, p);
  halves[low] = int32At(b, p + 4);
}
