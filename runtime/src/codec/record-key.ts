// Records are filled with keys that others choose. Keys like 999 are taken by engines for indexes of an array: for a
// single one V8 sets aside 12 KB, for three up to 40 KB. Such records are made to keep a hash table instead.
import { defineOwn } from "./define-own.ts";

/** Engines set little aside for indexes up to here. */
const harmless = 4;

/** Sets a property that the record itself does not have yet, also one that it inherits. */
export function addKey<V>(record: Record<string, V>, key: string, value: V): void {
  if (key in record) defineOwn(record, key, value);
  else if (isSparseKey(record, key)) setSparseKey(record, key, value);
  else record[key] = value;
}

/** Whether `key` is an index that leaves a gap in `record`: those without a gap cost what they hold. */
function isSparseKey(record: object, key: string): boolean {
  const unit = key.charCodeAt(0);
  if (!(unit >= 0x30 && unit <= 0x39)) return false;
  const index = Number(key);
  return index >= harmless && !Object.hasOwn(record, index - 1);
}

function setSparseKey<V>(record: Record<string, V>, key: string, value: V): void {
  // A property that is not enumerable has no place in an array's elements: from now on the record has a hash table.
  Object.defineProperty(record, key, {
    __proto__: null,
    value,
    writable: true,
    configurable: true,
  } as object);
  Object.defineProperty(record, key, { __proto__: null, enumerable: true } as object);
}
