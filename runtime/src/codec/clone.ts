// Copies of values for receivers near by, where an encoded message would be decoded again far away: a whole copy, and
// the parts that have no other parts to be copied. What is not looked at is handed on as it is.
import { type ArrayType, bytesOfView, isArrayOf } from "./array-type.ts";
import type { OwnBytes } from "./bytes.ts";
import { encodableTime } from "./date-time.ts";
import { withinType } from "./encode-error.ts";
import { expectArray, expectMap, expectSet, recordKeys } from "./expect.ts";
import { isBytes } from "./is-bytes.ts";
import { type CloneOptions, chosenDepth } from "./options.ts";
import { addKey } from "./record-key.ts";
import { wrongValue } from "./wrong-value.ts";

/**
 * A copy of `value`, made by `copy`.
 * @throws EncodeError with `root` at the top of its path
 */
export function cloneValue<T>(
  root: string,
  copy: (value: T, depth: number) => T,
  value: T,
  options?: CloneOptions,
): T {
  try {
    return copy(value, chosenDepth(options));
  } catch (error) {
    throw withinType(error, root);
  }
}

/** Bytes in memory of their own, as many as there are: also of a view, or of a Buffer from Node's pool. */
export function copyBytes(v: Uint8Array): OwnBytes {
  if (!isBytes(v)) throw wrongValue("bytes", v);
  // Memory that has been given away counts as none.
  return v.length === 0 ? new Uint8Array(0) : new Uint8Array(v);
}

/** @throws EncodeError when `v` is no Date, or an invalid one */
export function copyDate(v: Date): Date {
  return new Date(encodableTime(v));
}

/** A typed array in memory of its own, as {@link copyBytes} has it. */
export function copyTypedArray<T>(v: ArrayBufferView, type: ArrayType<T>): T {
  if (!isArrayOf(type, v)) throw wrongValue(type.name, v);
  return new type(new Uint8Array(bytesOfView(v)).buffer);
}

/** Elements are shared. */
export function copyArray<T>(v: readonly T[]): T[] {
  expectArray(v);
  // A subclass would make one of its own kind.
  const isPlain = Object.getPrototypeOf(v) === Array.prototype;
  return isPlain ? v.slice() : Array.from({ length: v.length }, (_, i) => v[i]!);
}

/** Elements are shared. */
export function copySet<T>(v: ReadonlySet<T>): Set<T> {
  expectSet(v);
  return new Set(v);
}

/** Keys and values are shared. */
export function copyMap<K, V>(v: ReadonlyMap<K, V>): Map<K, V> {
  expectMap(v);
  return new Map(v);
}

/**
 * Values are shared.
 * @throws EncodeError `unsafeKey` for a key `__proto__`
 */
export function copyRecord<V>(v: Readonly<Record<string, V>>): Record<string, V> {
  const copy: Record<string, V> = {};
  for (const key of recordKeys(v)) putKey(copy, key, v[key]!);
  return copy;
}

/** Sets a key that the record does not have yet and that is not `__proto__`. */
export function putKey<V>(record: Record<string, V>, key: string, value: V): void {
  addKey(record, key, value);
}
