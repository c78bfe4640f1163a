// A whole JSON text, in and out: the type's name for errors, the depth, and where in a text an error stands.
import { DecodeError } from "./decode-error.ts";
import { withinType } from "./encode-error.ts";
import { JsonError } from "./json-error.ts";
import { offsetOf } from "./json-offset.ts";
import { syntaxErrorOffset } from "./json-syntax.ts";
import { chosenDepth, type DecodeOptions, type EncodeOptions } from "./options.ts";

/**
 * The JSON text of `value`, made by `write`.
 * @throws EncodeError with `root` at the top of its path
 */
export function stringifyJson<T>(
  root: string,
  write: (value: T, depth: number) => string,
  value: T,
  options?: EncodeOptions,
): string {
  try {
    return write(value, chosenDepth(options));
  } catch (error) {
    throw withinType(error, root);
  }
}

/**
 * Parses `text` and has `read` check it and turn it into the declared type.
 * @throws DecodeError with `root` at the top of its path and the offset in `text`
 */
export function parseJson<T>(
  root: string,
  text: string,
  read: (value: unknown, depth: number) => T,
  options?: DecodeOptions,
): T {
  const value = parsed(root, text);
  try {
    return read(value, chosenDepth(options));
  } catch (error) {
    if (error instanceof JsonError) error.locate(root, offsetOf(text, error.keysOutwards()));
    throw error;
  }
}

function parsed(root: string, text: string): unknown {
  if (typeof text !== "string") throw new DecodeError("wrongInput", root, 0, "expected a string of JSON");
  try {
    return JSON.parse(text);
  } catch {
    throw new DecodeError("badJson", root, syntaxErrorOffset(text));
  }
}
