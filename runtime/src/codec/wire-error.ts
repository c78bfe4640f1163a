// What the errors of encoding and decoding share: they are made deep inside a message and learn their path on the
// way out, one segment at each level.
import { pathSegment, prepend } from "./error-path.ts";

/** Base of `DecodeError` and `EncodeError`. */
export abstract class WireError extends Error {
  /** The type that was at work and the way from it to the value: `Order.items[3].qty`. Safe to print. */
  path: string;
  readonly #detail: string;
  readonly #keys: (string | number)[] = [];
  #root: string;
  #tail = "";

  constructor(root: string, detail: string) {
    // An own message, as native errors have it, which consoles do not list among the properties.
    super("");
    this.path = root;
    this.#root = root;
    this.#detail = detail;
  }

  /** The way from the value out to the root, innermost key first, each key as the message has it: not for display. */
  keysOutwards(): readonly (string | number)[] {
    return this.#keys;
  }

  /** Names the type at the top of the path, where the error was made without knowing it. */
  enterRoot(root: string): void {
    this.#root = root;
    this.describe();
  }

  /** Puts one more segment between the root and what the path has so far. */
  enter(key: string | number): void {
    this.#keys.push(key);
    this.#tail = prepend(pathSegment(key), this.#tail);
    this.describe();
  }

  /** The message for a path and what is wrong there. */
  protected abstract sentence(path: string, detail: string): string;

  protected describe(): void {
    this.path = this.#root + this.#tail;
    this.message = this.sentence(this.path, this.#detail);
  }
}

/**
 * Adds one segment to the path of an error on its way out of a message, and returns it to be thrown again. Errors
 * that are not ours pass unchanged.
 */
export function within(error: unknown, key: string | number): unknown {
  if (error instanceof WireError) error.enter(key);
  return error;
}
