// What emitted code throws about the shape of structs and unions, and about depth.
import type { DecodeError } from "./decode-error.ts";
import type { EncodeError } from "./encode-error.ts";
import { encodeError } from "./encoding-root.ts";
import { jsonFail } from "./json-error.ts";
import { fail, type Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

const tooDeep = "the value nests deeper than the limit";

/** A required field is nil, or cut off at the tail. */
export function missingField(r: Reader, name: string): DecodeError {
  const error = fail(r, "missingField", "the field is missing");
  error.enter(name);
  return error;
}

/** @param discriminant the property that tells the variants apart */
export function unknownVariant(r: Reader, discriminant: string, ordinal: number): DecodeError {
  const error = fail(r, "unknownVariant", "no variant has the ordinal " + ordinal);
  error.enter(discriminant);
  return error;
}

/** A recursive type nests deeper than the limit, or a value contains itself. */
export function encodeTooDeep(_w: Writer): EncodeError {
  return encodeError("tooDeep", tooDeep);
}

/** A recursive type nests deeper than the limit. */
export function decodeTooDeep(r: Reader): DecodeError {
  return fail(r, "tooDeep", tooDeep);
}

/** As {@link encodeTooDeep}, for JSON. */
export function jsonTooDeep(): EncodeError {
  return encodeError("tooDeep", tooDeep);
}

/** As {@link decodeTooDeep}, for JSON. */
export function fromJsonTooDeep(): DecodeError {
  return jsonFail("tooDeep", tooDeep);
}
