// The error for a value that the encoder of a primitive refuses.
import { type EncodeError, type EncodeErrorCode, encodeError } from "./encode-error.ts";
import { valueText } from "./value-text.ts";

/** `wrongType`: the value is not even of the JavaScript type that stands for what is declared. */
export function wrongValue(
  expected: string,
  value: unknown,
  code: EncodeErrorCode = "wrongType",
): EncodeError {
  return encodeError(code, "expected " + expected + ", found " + valueText(value));
}

/**
 * `outOfRange` for a number that is not one of the format's, `wrongType` for anything else.
 * @param kind of the values that the format is for
 */
export function wrongNumber(
  expected: string,
  value: unknown,
  kind: "number" | "bigint" = "number",
): EncodeError {
  return wrongValue(expected, value, typeof value === kind ? "outOfRange" : "wrongType");
}
