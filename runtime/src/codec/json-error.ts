// The errors of reading JSON values. Where they stand in the text is found out afterwards, from their path.
import { DecodeError, type DecodeErrorCode } from "./decode-error.ts";
import { quoted } from "./error-path.ts";
import { valueText } from "./value-text.ts";

/** An error at the value that is being read; without `detail` the code itself, in words, says what is wrong. */
export function jsonFail(code: DecodeErrorCode, detail?: string): DecodeError {
  return new DecodeError(
    code,
    "",
    0,
    detail ?? code.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase()),
  );
}

export function jsonWrongType(expected: string, value: unknown): DecodeError {
  return jsonFail("wrongType", "expected " + expected + ", found " + valueText(value));
}

export function jsonOutOfRange(expected: string, value: unknown): DecodeError {
  return jsonFail("outOfRange", "expected " + expected + ", found " + valueText(value));
}

/** A required property is absent from the object that is being read. */
export function jsonMissingField(name: string): DecodeError {
  return jsonAt(jsonFail("missingField", "the field is missing"), name);
}

/** @param discriminant the property that tells the variants apart; `value` what it holds */
export function jsonUnknownVariant(discriminant: string, value: unknown): DecodeError {
  return jsonAt(jsonFail("unknownVariant", "no variant has " + literalText(value)), discriminant);
}

function literalText(value: unknown): string {
  return typeof value === "string" ? quoted(value) : valueText(value);
}

function jsonAt(error: DecodeError, key: string): DecodeError {
  error.enter(key);
  return error;
}

/** A recursive type nests deeper than the limit. */
export function jsonTooDeep(): never {
  throw jsonFail("tooDeep", "the value nests deeper than the limit");
}
