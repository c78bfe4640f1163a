// Typed arrays in MessagePack: byte strings of their elements, little-endian. What is decoded owns its memory.
import { type ArrayType, isArrayOf } from "./array-type.ts";
import { putBytes, readBytes } from "./bytes.ts";
import { littleEndian, native } from "./little-endian.ts";
import { fail, type Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";
import { wrongValue } from "./wrong-value.ts";

/**
 * Makes its own room.
 * @throws EncodeError when `v` is no typed array of this type
 */
export function putTypedArray(w: Writer, p: number, v: ArrayBufferView, type: ArrayType<unknown>): number {
  if (!isArrayOf(type, v)) throw wrongValue(type.name, v);
  return putBytes(w, p, littleEndian(v, type.BYTES_PER_ELEMENT));
}

/** @throws DecodeError `wrongLength` when the bytes are no whole number of elements */
export function readTypedArray<T>(r: Reader, type: ArrayType<T>): T {
  const at = r.offset;
  const width = type.BYTES_PER_ELEMENT;
  const bytes = readBytes(r, type.name);
  if (bytes.length % width !== 0)
    throw fail(r, "wrongLength", "the bytes are no whole number of elements", at);
  return new type(native(bytes, width).buffer);
}
