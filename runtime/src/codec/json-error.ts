// The errors of reading JSON values. Where they stand in the text is found out afterwards, from their path.
import { DecodeError, type DecodeErrorCode } from "./decode-error.ts";
import { quoted } from "./error-path.ts";
import { valueText } from "./value-text.ts";

/** An error at the value that is being read. */
export function jsonFail(code: DecodeErrorCode, detail: string): DecodeError {
  return new DecodeError(code, "", 0, detail);
}

/** JSON has no undefined: where it is found, a property is missing. */
export function jsonWrongType(expected: string, value: unknown): DecodeError {
  if (value === undefined) return missing();
  return jsonFail("wrongType", "expected " + expected + ", found " + valueText(value));
}

function missing(): DecodeError {
  return jsonFail("missingField", "the field is missing");
}

export function jsonOutOfRange(expected: string, value: unknown): DecodeError {
  return jsonFail("outOfRange", "expected " + expected + ", found " + valueText(value));
}

/** @param discriminant the property that tells the variants apart; `value` what it holds */
export function fromJsonUnknownVariant(discriminant: string, value: unknown): DecodeError {
  const error =
    value === undefined ? missing() : jsonFail("unknownVariant", "no variant has " + literalText(value));
  error.enter(discriminant);
  return error;
}

function literalText(value: unknown): string {
  return typeof value === "string" ? quoted(value) : valueText(value);
}
