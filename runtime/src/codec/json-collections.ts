// Taking apart the arrays and objects that JSON.parse has made, and filling sets and maps with what is in them.
import { countText } from "./containers.ts";
import { jsonFail, jsonWrongType } from "./json-error.ts";
import { isWellFormed } from "./surrogates.ts";

export function fromJsonArray(v: unknown): readonly unknown[] {
  if (!Array.isArray(v)) throw jsonWrongType("array", v);
  return v;
}

/** @throws DecodeError `wrongLength` for fewer than `required` or more than `most` elements */
export function fromJsonTuple(v: unknown, required: number, most: number): readonly unknown[] {
  const array = fromJsonArray(v);
  if (array.length >= required && array.length <= most) return array;
  throw jsonFail("wrongLength", "expected " + countText(required, most) + " elements, found " + array.length);
}

/** An object, not an array and not null. */
export function fromJsonObject(v: unknown): Readonly<Record<string, unknown>> {
  if (typeof v !== "object" || v === null || Array.isArray(v)) throw jsonWrongType("object", v);
  return v as Readonly<Record<string, unknown>>;
}

/**
 * The keys of a record or of a map with string keys.
 * @throws DecodeError `unsafeKey` for a key `__proto__`, `loneSurrogate` for one that is no well-formed text
 */
export function fromJsonKeys(object: Readonly<Record<string, unknown>>): string[] {
  const keys = Object.keys(object);
  for (const key of keys) {
    if (key === "__proto__") throw jsonFail("unsafeKey", "a record must not have the key __proto__");
    if (!isWellFormed(key)) throw jsonFail("loneSurrogate", "a key has a lone surrogate");
  }
  return keys;
}

/** @throws DecodeError `duplicateElement` when the set has `value` already */
export function fromJsonAddElement<T>(set: Set<T>, value: T): void {
  const size = set.size;
  set.add(value);
  if (set.size === size) throw jsonFail("duplicateElement", "the element occurs twice, the second time");
}

/** @throws DecodeError `duplicateKey` when the map has `key` already */
export function fromJsonAddEntry<K, V>(map: Map<K, V>, key: K, value: V): void {
  const size = map.size;
  map.set(key, value);
  if (map.size === size) throw jsonFail("duplicateKey", "the key occurs twice, the second time");
}
