// The body of a message frame: the index of its type in the sender's catalogue, then its value.

import { readOrdinal } from "../codec/choice.ts";
import { depthMax } from "../codec/limits.ts";
import type { Reader } from "../codec/reader.ts";

/** A reader over a window of a chunk: a message is decoded where it arrived, without a view of its own. */
export function readerOver(bytes: Uint8Array, start: number, end: number): Reader {
  return { bytes, offset: start, end, elements: end - start, view: null, depthMax, root: "" };
}

/** The index of the message's type; leaves the reader at its value. Undefined where there is none. */
export function readTypeIndex(reader: Reader): number | undefined {
  try {
    return readOrdinal(reader);
  } catch {
    return undefined;
  }
}
