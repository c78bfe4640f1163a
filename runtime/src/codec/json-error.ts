// The errors of reading JSON values. Where they stand in the text is found out afterwards, from their path.
import { DecodeError, type DecodeErrorCode } from "./decode-error.ts";
import { quoted } from "./error-path.ts";
import { valueText } from "./value-text.ts";
import { within } from "./wire-error.ts";

/** An error at the value that is being read. */
export function jsonFail(code: DecodeErrorCode, detail?: string): DecodeError {
  return new JsonError(code, "", 0, detail);
}

/** Remembers on its way out which values of the text it has passed, so that they can be found in it. */
export class JsonError extends DecodeError {
  /** To everybody else it is a DecodeError like any other. */
  static override readonly name = "DecodeError";
  readonly #keys: (string | number)[] = [];

  /** The way from the value out to the root, innermost key first, each key as the message has it: not for display. */
  keysOutwards(): readonly (string | number)[] {
    return this.#keys;
  }

  override enter(key: string | number, segment: string): void {
    this.#keys.push(key);
    super.enter(key, segment);
  }
}

/** JSON has no undefined: where it is found, a property is missing. */
export function jsonWrongType(expected: string, value: unknown): DecodeError {
  if (value === undefined) return missing();
  return jsonFail("wrongType", "expected " + expected + ", found " + valueText(value));
}

function missing(): DecodeError {
  return jsonFail("missingField");
}

export function jsonOutOfRange(expected: string, value: unknown): DecodeError {
  return jsonFail("outOfRange", "expected " + expected + ", found " + valueText(value));
}

/** @param discriminant the property that tells the variants apart; `value` what it holds */
export function fromJsonUnknownVariant(discriminant: string, value: unknown): unknown {
  const isMissing = value === undefined;
  const error = isMissing ? missing() : jsonFail("unknownVariant", "no variant has " + literalText(value));
  return within(error, discriminant);
}

function literalText(value: unknown): string {
  return typeof value === "string" ? quoted(value) : valueText(value);
}
