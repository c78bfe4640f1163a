// Tells a Uint8Array, also one of another realm such as a worker's or a test's context.

/** Whether `value` is a Uint8Array or a subclass of it. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || isForeignBytes(value);
}

function isForeignBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]";
}
