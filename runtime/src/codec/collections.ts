// Filling sets, maps and records that are being decoded from MessagePack: nothing may come twice. `at` is where the
// element or key begins, for errors: `r.offset` is behind it by then.
import { floodText, type HashCounts, isFlood } from "./hash-flooding.ts";
import { charge, entryHeap, memberHeap, propertyHeap, roomy } from "./heap.ts";
import { fail, type Reader } from "./reader.ts";
import { addKey } from "./record-key.ts";

/** @throws DecodeError `duplicateElement` when the set has `value` already */
export function addElement<T>(r: Reader, set: Set<T>, value: T, at = r.offset): void {
  const size = set.size;
  set.add(value);
  if (set.size === size) throw fail(r, "duplicateElement", "an element occurs twice, the second time", at);
  if (size >= roomy) charge(r, memberHeap);
}

/** @throws DecodeError `duplicateKey` when the map has `key` already */
export function addEntry<K, V>(r: Reader, map: Map<K, V>, key: K, value: V, at = r.offset): void {
  const size = map.size;
  map.set(key, value);
  if (map.size === size) throw fail(r, "duplicateKey", "a key occurs twice, the second time", at);
  if (size >= roomy) charge(r, entryHeap);
}

/**
 * {@link addElement} to a set that may have numbers and bigints.
 * @throws DecodeError `hashFlooding`, too
 */
export function addHashed<T>(r: Reader, set: Set<T>, counts: HashCounts, value: T, at = r.offset): void {
  if (isFlood(counts, value)) throw fail(r, "hashFlooding", floodText, at);
  addElement(r, set, value, at);
}

/**
 * {@link addEntry} to a map whose keys may be numbers and bigints.
 * @throws DecodeError `hashFlooding`, too
 */
export function addHashedEntry<K, V>(
  r: Reader,
  map: Map<K, V>,
  counts: HashCounts,
  key: K,
  value: V,
  at = r.offset,
): void {
  if (isFlood(counts, key)) throw fail(r, "hashFlooding", floodText, at);
  addEntry(r, map, key, value, at);
}

/** @throws DecodeError `duplicateKey` when the record has `key` already, `unsafeKey` for `__proto__` */
export function setKey<V>(r: Reader, record: Record<string, V>, key: string, value: V, at = r.offset): void {
  if (key === "__proto__") throw fail(r, "unsafeKey", "a record must not have this key", at);
  charge(r, propertyHeap);
  if (Object.hasOwn(record, key)) throw fail(r, "duplicateKey", "a key occurs twice, the second time", at);
  addKey(record, key, value);
}
