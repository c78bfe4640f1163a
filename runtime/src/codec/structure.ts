// What emitted code throws about the shape of structs and unions, and about depth.
import type { DecodeError } from "./decode-error.ts";
import { type EncodeError, encodeError } from "./encode-error.ts";
import { jsonFail } from "./json-error.ts";
import { fail, type Reader } from "./reader.ts";

/** A required field is nil, or cut off at the tail. */
export function missingField(r: Reader): DecodeError {
  return fail(r, "missingField");
}

/** The discriminant of a union names none of its variants. */
export function unknownVariant(r: Reader, ordinal: number): DecodeError {
  return fail(r, "unknownVariant", "no variant has the ordinal " + ordinal);
}

/** A recursive type nests deeper than the limit, or a value contains itself. */
export function encodeTooDeep(): EncodeError {
  return encodeError("tooDeep");
}

/** A recursive type nests deeper than the limit. */
export function decodeTooDeep(r: Reader): DecodeError {
  return fail(r, "tooDeep");
}

/** As {@link decodeTooDeep}, for JSON. */
export function fromJsonTooDeep(): DecodeError {
  return jsonFail("tooDeep");
}
