// What the values of a JSON text take of the heap beyond what each text may: containers and byte strings, of which three
// characters make some hundred bytes. Types without them are parsed without a count.
import { bytesHeap, entryHeap, mapHeap, memberHeap, roomy, setHeap } from "./heap.ts";
import { parseJson } from "./json.ts";
import { jsonFail } from "./json-error.ts";
import { jsonHeapBudget } from "./limits.ts";
import { chosenHeap, type DecodeOptions } from "./options.ts";

/** Of the text that is being parsed. */
let left = Number.POSITIVE_INFINITY;

/**
 * {@link parseJson} of a type whose values are charged for.
 * @throws DecodeError `overBudget`, too
 */
export function parseJsonCounted<T>(
  root: string,
  text: string,
  read: (value: unknown, depth: number) => T,
  options?: DecodeOptions,
): T {
  const outer = left;
  left = chosenHeap(options, jsonHeapBudget(typeof text === "string" ? text.length : 0));
  try {
    return parseJson(root, text, read, options);
  } finally {
    left = outer;
  }
}

/**
 * Takes bytes of heap from what the text may use.
 * @throws DecodeError `overBudget` when so much is not left
 */
export function fromJsonCharge(bytes: number): void {
  left -= bytes;
  if (left < 0)
    throw jsonFail(
      "overBudget",
      "the values would take more memory than is allowed for a text of this length",
    );
}

export function chargeJsonBytes(): void {
  fromJsonCharge(bytesHeap);
}

export function chargeJsonSet(size: number): void {
  fromJsonCharge(setHeap + Math.max(0, size - roomy) * memberHeap);
}

export function chargeJsonMap(size: number): void {
  fromJsonCharge(mapHeap + Math.max(0, size - roomy) * entryHeap);
}
