// The end of the stack, which values of recursive types can reach before their depth does: through a raised `depthMax`,
// or through many containers without names at each level. Only the functions that such types are entered by look for it.
import { encodeError } from "./encode-error.ts";
import { jsonFail } from "./json-error.ts";
import { depthMax } from "./limits.ts";
import { type Mismatch, mismatch } from "./mismatch.ts";
import { chosenDepth, type DecodeOptions, type EncodeOptions } from "./options.ts";
import { fail, type Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

const detail = "the value nests deeper than the stack of this engine allows";

/**
 * V8 and JavaScriptCore throw a RangeError, SpiderMonkey an InternalError; other such errors have other messages. V8's
 * regular expressions throw a SyntaxError.
 */
function isStackEnd(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === "RangeError" || error.name === "InternalError" || error.name === "SyntaxError") &&
    /^(?:Maximum call stack size exceeded|too much recursion)|: Stack overflow$/.test(error.message)
  );
}

/** What is to be thrown for an error of an encoding: `tooDeep` for the end of the stack, else the error itself. */
export function encodeFailure(error: unknown): unknown {
  return isStackEnd(error) ? encodeError("tooDeep", detail) : error;
}

/** What is to be thrown for an error of a decoding: `tooDeep` for the end of the stack, else the error itself. */
export function decodeFailure(r: Reader, error: unknown): unknown {
  return isStackEnd(error) ? fail(r, "tooDeep", detail) : error;
}

/**
 * Has `write` write a whole message.
 * @throws EncodeError `tooDeep` where the stack ends
 */
export function writeBounded<T>(
  w: Writer,
  write: (w: Writer, p: number, value: T, depth: number) => number,
  value: T,
  options?: EncodeOptions,
): number {
  try {
    return write(w, w.start, value, chosenDepth(options));
  } catch (error) {
    throw encodeFailure(error);
  }
}

/**
 * Has `read` read a whole message.
 * @throws DecodeError `tooDeep` where the stack ends
 */
export function readBounded<T>(r: Reader, read: (r: Reader, depth: number) => T, options?: DecodeOptions): T {
  try {
    return read(r, chosenDepth(options));
  } catch (error) {
    throw decodeFailure(r, error);
  }
}

/** A function that writes JSON or copies, and throws an EncodeError `tooDeep` where the stack ends. */
export function encodeBounded<T, U>(run: (value: T, depth: number) => U): (value: T, depth: number) => U {
  return (value, depth) => {
    try {
      return run(value, depth);
    } catch (error) {
      throw encodeFailure(error);
    }
  };
}

/** A function that reads JSON, and throws a DecodeError `tooDeep` where the stack ends. */
export function fromJsonBounded<T>(
  read: (value: unknown, depth: number) => T,
): (value: unknown, depth: number) => T {
  return (value, depth) => {
    try {
      return read(value, depth);
    } catch (error) {
      throw isStackEnd(error) ? jsonFail("tooDeep", detail) : error;
    }
  };
}

/** What `find` finds in `value`; where the stack ends, that it should nest less. */
export function mismatchBounded(
  find: (value: unknown, depth: number) => Mismatch | undefined,
  value: unknown,
): Mismatch | undefined {
  try {
    return find(value, depthMax);
  } catch (error) {
    if (isStackEnd(error)) return mismatch("less nesting");
    throw error;
  }
}
