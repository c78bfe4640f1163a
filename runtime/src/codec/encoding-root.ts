// The name of the type that is being encoded. Most functions that refuse a value are given nothing but the value,
// so that the ones that accept it stay small; the error takes its root from here.
import { EncodeError, type EncodeErrorCode } from "./encode-error.ts";

let current = "";

/** Names the type that is being encoded from now on; returns the name to be restored afterwards. */
export function enterEncoding(root: string): string {
  const outer = current;
  current = root;
  return outer;
}

/** Restores what {@link enterEncoding} returned. */
export function leaveEncoding(outer: string): void {
  current = outer;
}

/** An error at the top of the type that is being encoded. */
export function encodeError(code: EncodeErrorCode, detail: string): EncodeError {
  return new EncodeError(code, current, detail);
}

/** `wrongType` with the name of what was expected: for values that are not even of the right kind. */
export function badValue(expected: string): EncodeError {
  return encodeError("wrongType", "expected " + expected);
}
