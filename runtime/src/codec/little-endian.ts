// The bytes of typed arrays, little-endian on every machine.
import { bytesOfView } from "./array-type.ts";

/** Whether this machine keeps the least significant byte first. Almost every machine does. */
const isLittleEndian: boolean = /* @__PURE__ */ (() =>
  new Uint8Array(new Uint16Array([1]).buffer)[0] === 1)();

/** The bytes of `v` as the wire has them: a view on them, or where the machine keeps them otherwise a copy. */
export function littleEndian(v: ArrayBufferView, width: number): Uint8Array {
  const bytes = bytesOfView(v);
  return isLittleEndian ? bytes : reversed(bytes.slice(), width);
}

/** The same bytes, which stand in their own memory, as the machine has them. */
export function native<B extends Uint8Array>(bytes: B, width: number): B {
  return isLittleEndian ? bytes : reversed(bytes, width);
}

/** Turns each run of `width` bytes around, in place. */
export function reversed<B extends Uint8Array>(bytes: B, width: number): B {
  for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse();
  return bytes;
}
