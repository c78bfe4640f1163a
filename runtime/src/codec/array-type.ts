// What kind of typed array a value is, also one of another realm: by what only a typed array has, its hidden kind.

/** A constructor such as `Int16Array`. */
export interface ArrayType<T> {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (memory: ArrayBuffer): T;
}

/** The same typed array in memory that no other thread can share: `Int16Array<ArrayBuffer>`, where compilers know it. */
export type OwnArray<T extends { slice(): unknown }> = ReturnType<T["slice"]>;

/** The getter of `%TypedArray%.prototype[Symbol.toStringTag]`, which answers whatever the value's prototype is. */
const kindOf: (this: unknown) => unknown = /* @__PURE__ */ (() => {
  const shared = Object.getPrototypeOf(Int8Array.prototype);
  return Object.getOwnPropertyDescriptor(shared, Symbol.toStringTag)!.get!;
})();

/** A view on the memory of another. Memory that has been given away cannot be looked at, and counts as none. */
export function bytesOfView(v: ArrayBufferView): Uint8Array {
  return v.byteLength === 0 ? new Uint8Array(0) : new Uint8Array(v.buffer, v.byteOffset, v.byteLength);
}

/** Whether `value` is a typed array of this type or of a subclass of it. */
export function isArrayOf(type: ArrayType<unknown>, value: unknown): value is ArrayBufferView {
  return kindOf.call(value) === type.name;
}
