// The elements of a typed array, which stand on the wire as a byte string.
import { type TypedArrayName, typedArrayWidths } from "@hewn/schema";

/** How many elements are shown. */
const shownMax = 8;

type Read = (view: DataView, offset: number) => number | bigint;

const readers: Readonly<Record<TypedArrayName, Read>> = {
  Int8Array: (view, offset) => view.getInt8(offset),
  Uint8ClampedArray: (view, offset) => view.getUint8(offset),
  Int16Array: (view, offset) => view.getInt16(offset, true),
  Uint16Array: (view, offset) => view.getUint16(offset, true),
  Int32Array: (view, offset) => view.getInt32(offset, true),
  Uint32Array: (view, offset) => view.getUint32(offset, true),
  Float32Array: (view, offset) => view.getFloat32(offset, true),
  Float64Array: (view, offset) => view.getFloat64(offset, true),
  BigInt64Array: (view, offset) => view.getBigInt64(offset, true),
  BigUint64Array: (view, offset) => view.getBigUint64(offset, true),
};

/** `3 elements: 1, -2, 3`; of a long array the first. Undefined where the bytes are no whole number of elements. */
export function elementsText(array: TypedArrayName, bytes: Uint8Array): string | undefined {
  const width = typedArrayWidths[array];
  const count = bytes.length / width;
  if (!Number.isInteger(count)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const shown = Array.from({ length: Math.min(count, shownMax) }, (_, i) => {
    const element = readers[array](view, i * width);
    return Object.is(element, -0) ? "-0" : String(element);
  });
  const text = [...shown, ...(count > shownMax ? ["…"] : [])].join(", ");
  return `${count} ${count === 1 ? "element" : "elements"}${text === "" ? "" : `: ${text}`}`;
}
