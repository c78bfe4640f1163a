// The body of a message frame: the index of its type in the sender's catalogue, then its value.

import { readOrdinal } from "../codec/choice.ts";
import { heapBudget } from "../codec/limits.ts";
import type { Reader } from "../codec/reader.ts";

/** A reader that is moved from message to message, so that none of them costs one. */
export type MovableReader = { -readonly [K in keyof Reader]: Reader[K] };

const nothing = new Uint8Array(0);
/** From here on a first byte is no index by itself. */
const noIndex = 0x80;

export function movableReader(): MovableReader {
  return {
    bytes: nothing,
    offset: 0,
    end: 0,
    elements: 0,
    heap: 0,
    view: null,
    window: "",
    windowStart: 0,
    root: "",
    refs: undefined,
  };
}

/** Puts the reader over a window of a chunk: a message is decoded where it arrived. */
export function moveReader(reader: MovableReader, bytes: Uint8Array, start: number, end: number): void {
  if (reader.bytes !== bytes) {
    reader.bytes = bytes;
    reader.view = null;
  }
  if (reader.window !== "") reader.window = "";
  reader.offset = start;
  reader.end = end;
  reader.elements = end - start;
  reader.heap = heapBudget(end - start);
}

/** Lets go of the chunk, and of whoever sent it. */
export function releaseReader(reader: MovableReader): void {
  moveReader(reader, nothing, 0, 0);
  reader.refs = undefined;
}

/** The index of the message's type; leaves the reader at its value. -1 where there is none. */
export function readTypeIndex(reader: Reader): number {
  const { offset } = reader;
  const first = offset < reader.end ? reader.bytes[offset]! : noIndex;
  if (first >= noIndex) return readLongIndex(reader);
  reader.offset = offset + 1;
  return first;
}

/** One that takes more than a byte. */
function readLongIndex(reader: Reader): number {
  try {
    return readOrdinal(reader);
  } catch {
    return -1;
  }
}
