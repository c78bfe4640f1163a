// Copies of values that are to be sent while their owner goes on changing them.
import type { Immutable } from "./immutable.ts";

/**
 * A copy that shares nothing with `value` that could be changed: for messages to actors, where the value itself is
 * handed over. Of an instance of a class its own properties are copied, as they would arrive on another node. What has
 * no copy (functions, handles, what is open) is handed on as it is. A value that contains itself is a RangeError.
 */
export function copyOf<T>(value: T): Immutable<T> {
  return copied(value) as Immutable<T>;
}

function copied(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Date) return new Date(value);
  if (value instanceof Map) return new Map(Array.from(value, ([key, item]) => [copied(key), copied(item)]));
  if (value instanceof Set) return new Set(Array.from(value, copied));
  if (ArrayBuffer.isView(value)) return copiedView(value);
  // Handles are known by a symbol; they lead to the same actor for everybody.
  if (Object.getOwnPropertySymbols(value).length > 0) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    Object.defineProperty(copy, key, {
      value: copied(item),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}

function copiedView(view: ArrayBufferView): unknown {
  const { constructor } = view as { readonly constructor: { from?: (items: ArrayBufferView) => unknown } };
  return constructor.from ? constructor.from(view) : view;
}
