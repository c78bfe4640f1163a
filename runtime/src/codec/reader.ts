// Where decoding stands in the bytes, and how it ends when they do not fit the declared type.
import { DecodeError, type DecodeErrorCode } from "./decode-error.ts";
import { isBytes } from "./is-bytes.ts";
import { kindName } from "./kinds.ts";
import { heapBudget } from "./limits.ts";
import { chosenHeap, type DecodeOptions, type RefPorts } from "./options.ts";

/** The state of one decoding. Emitted code hands it on and reads `offset` and `end`. */
export interface Reader {
  readonly bytes: Uint8Array;
  /** The next byte to be read. */
  offset: number;
  readonly end: number;
  /**
   * How many more elements may be announced. Each takes at least one byte, so all headers of a message together
   * can announce no more than it has bytes, and memory set aside for them stays in proportion.
   */
  elements: number;
  /** Bytes of heap that decoded values may still take, by the estimates in heap.ts. */
  heap: number;
  /** Over the same memory as `bytes`; made where an array is so long that it pays. */
  view: DataView | null;
  /** A stretch of the message as text, byte for unit, which short strings are cut from; the portable build has none. */
  window: string;
  /** Where in `bytes` the window begins. */
  windowStart: number;
  /** The type at the top, for errors. */
  readonly root: string;
  /** Where the handles in the message lead; without it they are bound to nothing. */
  refs: RefPorts | undefined;
}

/**
 * Begins to decode a message of the type called `root`.
 * @throws DecodeError `wrongInput` when `bytes` is no Uint8Array
 */
export function beginDecode(root: string, bytes: Uint8Array, options?: DecodeOptions): Reader {
  if (!isBytes(bytes)) throw new DecodeError("wrongInput", root, 0, "expected Uint8Array");
  const end = bytes.length;
  const budget = heapBudget(end);
  return {
    bytes,
    offset: 0,
    end,
    elements: end,
    heap: chosenHeap(options, budget),
    view: null,
    window: "",
    windowStart: 0,
    root,
    refs: options?.refs,
  };
}

/** Ends a message; throws DecodeError `trailingBytes` when it did not use up its bytes. */
export function endDecode(r: Reader): void {
  if (r.offset !== r.end) throw fail(r, "trailingBytes");
}

/**
 * An error at the reader's offset, or at one that it has gone beyond. Without `detail` the code itself says what is
 * wrong.
 */
export function fail(r: Reader, code: DecodeErrorCode, detail?: string, at: number = r.offset): DecodeError {
  return new DecodeError(code, r.root, at, detail);
}

/** The value at `at` needs more bytes than there are. */
export function truncated(r: Reader, at: number = r.offset): DecodeError {
  return fail(r, "truncated", undefined, at);
}

/** What stands at the reader's offset is not `expected`: it may also be the end of the bytes, or no value at all. */
export function wrongType(r: Reader, expected: string): DecodeError {
  if (r.offset >= r.end) return truncated(r);
  const tag = r.bytes[r.offset]!;
  return tag === 0xc1
    ? fail(r, "reservedByte")
    : fail(r, "wrongType", "expected " + expected + ", found " + kindName(tag));
}

/** The integer at `at` is of the right kind, but not one of the format called `expected`. */
export function outOfRange(r: Reader, at: number, expected: string): DecodeError {
  return fail(r, "outOfRange", "expected " + expected + ", found an integer beyond it", at);
}
