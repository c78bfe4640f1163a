// Typed arrays in JSON: base64 of their elements, little-endian.
import { type ArrayType, isArrayOf } from "./array-type.ts";
import { toBase64 } from "./base64.ts";
import { jsonFail } from "./json-error.ts";
import { fromJsonBytes } from "./json-value.ts";
import { littleEndian, native } from "./little-endian.ts";
import { wrongValue } from "./wrong-value.ts";

/** @throws EncodeError when `v` is no typed array of this type */
export function jsonTypedArray(v: ArrayBufferView, type: ArrayType<unknown>): string {
  if (!isArrayOf(type, v)) throw wrongValue(type.name, v);
  return '"' + toBase64(littleEndian(v, type.BYTES_PER_ELEMENT)) + '"';
}

/** @throws DecodeError `wrongLength` when the bytes are no whole number of elements */
export function fromJsonTypedArray<T>(v: unknown, type: ArrayType<T>): T {
  const width = type.BYTES_PER_ELEMENT;
  const bytes = fromJsonBytes(v);
  if (bytes.length % width !== 0) throw jsonFail("wrongLength", "the bytes are no whole number of elements");
  return new type(native(bytes, width).buffer);
}
