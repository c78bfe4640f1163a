// The name of the type that is being encoded. Most functions that refuse a value are given nothing but the value,
// so that the ones that accept it stay small; the error takes its root from here.
import { EncodeError, type EncodeErrorCode } from "./encode-error.ts";

let current = "";

/** The type whose encoding the current one began within, in a getter; what follows a failure. */
let outer = "";

/** Names the type that is being encoded from now on; returns the name to be restored afterwards. */
export function enterEncoding(root: string): string {
  outer = current;
  current = root;
  return outer;
}

/** Restores what {@link enterEncoding} returned. */
export function leaveEncoding(before: string): void {
  current = before;
}

/** The name of the type that is being encoded. */
export function encodingRoot(): string {
  return current;
}

/** An error at the top of the type that is being encoded, whose encoding ends with it. */
export function encodeError(code: EncodeErrorCode, detail?: string): EncodeError {
  const root = current;
  // Nothing else would restore the name: an encoder that fails does not come to its end.
  current = outer;
  return new EncodeError(code, root, undefined, detail);
}

/** `wrongType` with the name of what was expected: for values that are not even of the right kind. */
export function badValue(expected: string): EncodeError {
  return encodeError("wrongType", "expected " + expected);
}
