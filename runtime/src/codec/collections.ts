// Filling sets, maps and records that are being decoded from MessagePack: nothing may come twice.
import { fail, type Reader } from "./reader.ts";

/** @throws DecodeError `duplicateElement` when the set has `value` already */
export function addElement<T>(r: Reader, set: Set<T>, value: T): void {
  const size = set.size;
  set.add(value);
  if (set.size === size) throw fail(r, "duplicateElement", "an element occurs twice, the second time");
}

/** @throws DecodeError `duplicateKey` when the map has `key` already */
export function addEntry<K, V>(r: Reader, map: Map<K, V>, key: K, value: V): void {
  const size = map.size;
  map.set(key, value);
  if (map.size === size) throw fail(r, "duplicateKey", "a key occurs twice, the second time");
}

/** @throws DecodeError `duplicateKey` when the record has `key` already, `unsafeKey` for `__proto__` */
export function setKey<V>(r: Reader, record: Record<string, V>, key: string, value: V): void {
  if (key === "__proto__") throw fail(r, "unsafeKey", "a record must not have this key");
  if (Object.hasOwn(record, key)) throw fail(r, "duplicateKey", "a key occurs twice, the second time");
  record[key] = value;
}
