// Tells a Uint8Array, also one of another realm such as a worker's or a test's context.

/** Whether `value` is a Uint8Array or a subclass of it; an object that merely inherits from one has no bytes. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === "Uint8Array";
}
