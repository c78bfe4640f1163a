// Taking apart the arrays and objects that JSON.parse has made, and filling sets and maps with what is in them.
import { countText } from "./containers.ts";
import type { DecodeErrorCode } from "./decode-error.ts";
import { isObject } from "./expect.ts";
import { floodText, type HashCounts, isFlood } from "./hash-flooding.ts";
import { jsonFail, jsonWrongType } from "./json-error.ts";
import { chargeJsonMap, chargeJsonSet } from "./json-heap.ts";
import { addKey } from "./record-key.ts";
import { isWellFormed } from "./surrogates.ts";
import { within } from "./wire-error.ts";

export function fromJsonArray(v: unknown): readonly unknown[] {
  if (!Array.isArray(v)) throw jsonWrongType("array", v);
  return v;
}

/** The elements of a set. */
export function fromJsonElements(v: unknown): readonly unknown[] {
  const array = fromJsonArray(v);
  chargeJsonSet(array.length);
  return array;
}

/** The entries of a map, as pairs. */
export function fromJsonEntries(v: unknown): readonly unknown[] {
  const array = fromJsonArray(v);
  chargeJsonMap(array.length);
  return array;
}

/** @throws DecodeError `wrongLength` for fewer than `required` or more than `most` elements */
export function fromJsonTuple(v: unknown, required: number, most: number): readonly unknown[] {
  const array = fromJsonArray(v);
  if (array.length >= required && array.length <= most) return array;
  throw jsonFail("wrongLength", "expected " + countText(required, most) + " elements, found " + array.length);
}

/** An object, not an array and not null. */
export function fromJsonObject(v: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(v)) throw jsonWrongType("object", v);
  return v;
}

/**
 * The keys of a record. An error's path ends in the key: the caller adds no segment for it.
 * @throws DecodeError `unsafeKey` for a key `__proto__`, `loneSurrogate` for one that is no well-formed text
 */
export function fromJsonKeys(object: Readonly<Record<string, unknown>>): string[] {
  const keys = wellFormedKeys(object);
  if (keys.includes("__proto__")) throw refused("__proto__", "unsafeKey", "a record must not have this key");
  return keys;
}

/**
 * The keys of a map with string keys, `__proto__` among them: JSON.parse makes it a property like any other. An error's
 * path ends in the key: the caller adds no segment for it.
 * @throws DecodeError `loneSurrogate` for a key that is no well-formed text, `overBudget`
 */
export function fromJsonMapKeys(object: Readonly<Record<string, unknown>>): string[] {
  const keys = wellFormedKeys(object);
  chargeJsonMap(keys.length);
  return keys;
}

function wellFormedKeys(object: Readonly<Record<string, unknown>>): string[] {
  const keys = Object.keys(object);
  for (const key of keys) {
    if (!isWellFormed(key)) throw refused(key, "loneSurrogate", "the key has a lone surrogate");
  }
  return keys;
}

function refused(key: string, code: DecodeErrorCode, detail: string): unknown {
  return within(jsonFail(code, detail), key);
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

/**
 * {@link fromJsonAddElement} to a set that may have numbers and bigints.
 * @throws DecodeError `hashFlooding`, too
 */
export function fromJsonAddHashed<T>(set: Set<T>, counts: HashCounts, value: T): void {
  if (isFlood(counts, value)) throw jsonFail("hashFlooding", floodText);
  fromJsonAddElement(set, value);
}

/**
 * {@link fromJsonAddEntry} to a map whose keys may be numbers and bigints.
 * @throws DecodeError `hashFlooding`, too
 */
export function fromJsonAddHashedEntry<K, V>(map: Map<K, V>, counts: HashCounts, key: K, value: V): void {
  if (isFlood(counts, key)) throw jsonFail("hashFlooding", floodText);
  fromJsonAddEntry(map, key, value);
}

/** Sets a property that the record does not have yet. */
export function fromJsonSetKey<V>(record: Record<string, V>, key: string, value: V): void {
  addKey(record, key, value);
}
