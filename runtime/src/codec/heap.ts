// What decoded values take of the heap: in JavaScript an empty container of one byte takes up to 184. Readers charge
// for each value what it takes at most; only strings and numbers, which take at most 8 times their bytes, go uncharged.
// heap.test.ts holds these figures against what the engine takes.
import { heapReserve } from "./limits.ts";
import { fail, type Reader } from "./reader.ts";

/** A packed array, and each of its elements. */
export const arrayHeap = 48;
export const elementHeap = 8;
/** A tuple that has grown by an optional element, as engines leave room for more. */
export const grownHeap = 160;
export const setHeap = 152;
/** So many elements and entries fit into an empty set or map, and are not charged. */
export const roomy = 3;
export const memberHeap = 40;
export const mapHeap = 184;
export const entryHeap = 56;
export const recordHeap = 56;
/** What the first key of a record takes, beside what every key takes: keys are of the record's own. */
export const firstKeyHeap = 48;
export const propertyHeap = 100;
/** A field of a struct that holds undefined although the message has nothing for it. */
export const fieldHeap = 8;
/** A typed array with its buffer. */
export const bytesHeap = 224;
export const dateHeap = 96;

/**
 * Takes bytes of heap from what the message may use, keeping back what the bytes that are left may take unasked.
 * @throws DecodeError `overBudget` when so much is not left
 */
export function charge(r: Reader, bytes: number): void {
  r.heap -= bytes;
  if (r.heap < heapReserve * (r.end - r.offset)) throw overBudget(r);
}

/** The message would take more heap than its length entitles it to. */
export function overBudget(r: Reader): Error {
  return fail(
    r,
    "overBudget",
    "the values would take more memory than is allowed for a message of this length",
  );
}

/**
 * Charges for `n` fields that get a property although the message ends before them: hundreds can come of one byte. Also
 * for a struct that may be empty, with 1: chains of those take more than is kept back for structs.
 * @throws DecodeError `overBudget`
 */
export function absentFields(r: Reader, n: number): void {
  charge(r, n * fieldHeap);
}
