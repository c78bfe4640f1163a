// What emitted code throws about the shape of structs and unions, and about depth.
import type { DecodeError } from "./decode-error.ts";
import { encodeError } from "./encoding-root.ts";
import { fail, type Reader } from "./reader.ts";

/** A required field is nil, or cut off at the tail. */
export function missingField(r: Reader, name: string): DecodeError {
  const error = fail(r, "missingField", "the field is missing");
  error.enter(name);
  return error;
}

export function unknownVariant(r: Reader, ordinal: number): DecodeError {
  return fail(r, "unknownVariant", "no variant has the ordinal " + ordinal);
}

/** @throws EncodeError `tooDeep`, always */
export function encodeTooDeep(): never {
  throw encodeError("tooDeep", "the value nests deeper than the limit");
}

/** @throws DecodeError `tooDeep`, always */
export function decodeTooDeep(r: Reader): never {
  throw fail(r, "tooDeep", "the value nests deeper than the limit");
}
