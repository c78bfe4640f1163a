// What decoded values take of the heap, as an estimate: in JavaScript an empty container of one byte takes up to 184.
// Readers charge for what can take more than 64 times its bytes; the rest stays below without being counted.
import { fail, type Reader } from "./reader.ts";

/** A JavaScript array. Structs are not charged: one that has its fields stays well below 64 times its bytes. */
export const arrayHeap = 32;
/** An element of an array, where the array has grown beyond what it holds. */
export const elementHeap = 12;
export const setHeap = 152;
/** As many elements and entries fit into an empty set or map. */
export const roomy = 4;
/** A further element of a set, beyond {@link elementHeap}. */
export const memberHeap = 28;
export const mapHeap = 184;
export const entryHeap = 62;
export const recordHeap = 60;
/** A property whose key no other object may have. */
export const propertyHeap = 120;
/** A field of a struct that holds undefined although the message has nothing for it. */
const fieldHeap = 8;
/** A typed array with its buffer. */
export const bytesHeap = 224;

/**
 * Takes bytes of heap from what the message may use.
 * @throws DecodeError `overBudget` when so much is not left
 */
export function charge(r: Reader, bytes: number): void {
  r.heap -= bytes;
  if (r.heap < 0) throw overBudget(r);
}

/** The message would take more heap than its length entitles it to. */
export function overBudget(r: Reader): Error {
  return fail(r, "overBudget", "the values would take far more memory than the message has bytes");
}

/**
 * Charges for `n` fields that get a property although the message ends before them: hundreds can come of one byte.
 * @throws DecodeError `overBudget`
 */
export function absentFields(r: Reader, n: number): void {
  charge(r, n * fieldHeap);
}
