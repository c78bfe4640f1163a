// What the errors of encoding and decoding share: they are made deep inside a message and learn their path on the
// way out, one segment at each level.
import { pathSegment } from "./error-path.ts";
import { prepend } from "./path-text.ts";

/** Base of `DecodeError` and `EncodeError`. */
export abstract class WireError<Code extends string = string> extends Error {
  readonly code: Code;
  declare offset?: number;
  /** The type that was at work and the way from it to the value: `Order.items[3].qty`. Safe to print. */
  path = "";
  readonly #detail: string;
  #root = "";
  #tail = "";

  /**
   * @param offset in what was decoded
   * @param detail what is wrong, as the end of a sentence that begins with the path; else the code itself says it
   */
  constructor(code: Code, root: string, offset: number | undefined, detail: string = wordsOf(code)) {
    // An own message, as native errors have it, which consoles do not list among the properties.
    super("");
    this.code = code;
    this.#detail = detail;
    this.locate(root, offset);
  }

  /** Puts one more segment between the root and what the path has so far; `key` is what the message has there. */
  enter(_key: string | number, segment: string): void {
    this.#tail = prepend(segment, this.#tail);
    this.locate(this.#root, this.offset);
  }

  /** Says anew where the error is: for one that was made without sight of the whole input. */
  locate(root: string, offset?: number): void {
    this.#root = root;
    this.path = root + this.#tail;
    this.message = "Cannot " + this.name.slice(0, 6).toLowerCase() + " " + this.path + ": " + this.#detail;
    if (offset === undefined) return;
    this.offset = offset;
    this.message += " at offset " + offset;
  }
}

/** A code of several words, `missingField`, as words. */
function wordsOf(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase());
}

/**
 * Adds one segment to the path of an error on its way out of a message, and returns it to be thrown again. Errors
 * that are not ours pass unchanged.
 */
export function within(error: unknown, key: string | number): unknown {
  // Others are not even looked at: behind one from the end of the stack there is no room to make a segment.
  if (error instanceof WireError) error.enter(key, pathSegment(key));
  return error;
}

/** As {@link within}, for a property whose name is an identifier: nothing of it has to be quoted. */
export function withinField(error: unknown, name: string): unknown {
  if (error instanceof WireError) error.enter(name, "." + name);
  return error;
}
