// The typed arrays that have a wire format of their own. Uint8Array is not among them: it is `bytes`.

/** The bytes of an element, by the array's name. */
export const typedArrayWidths = {
  Int8Array: 1,
  Uint8ClampedArray: 1,
  Int16Array: 2,
  Uint16Array: 2,
  Int32Array: 4,
  Uint32Array: 4,
  Float32Array: 4,
  Float64Array: 8,
  BigInt64Array: 8,
  BigUint64Array: 8,
} as const;

export type TypedArrayName = keyof typeof typedArrayWidths;

export const typedArrayNames = Object.keys(typedArrayWidths) as readonly TypedArrayName[];
