// Why a value was refused. The codes are a closed list: callers may branch on them.
import { WireError } from "./wire-error.ts";

/** Every code of {@link EncodeError}, with a sentence for people. */
export const encodeErrorCodes = {
  wrongType: "The value is of another type than the declared one.",
  outOfRange:
    "The number does not fit its declared format, or is no integer as declared; or the Date is invalid.",
  notFinite: "A number that is not finite has no JSON where the union has strings too.",
  tooManyDigits: "A bigint is longer than 16384 bits.",
  loneSurrogate: "A string has half of a surrogate pair, which UTF-8 cannot express.",
  notAMember:
    "The value is no member of the union of literals, enum or template, or no variant of the union.",
  wrongLength: "The number of elements is not one that the type can have.",
  unsafeKey: "A key is __proto__, which must never become a property.",
  tooDeep: "A recursive type nests deeper than the limit, or a value contains itself.",
  tooLarge: "The message is longer than this JavaScript engine or the format allows.",
  noRoom: "The message does not fit into the target from the given offset on.",
  changed: "The value changed while it was encoded.",
} as const;

export type EncodeErrorCode = keyof typeof encodeErrorCodes;

/** What encoding and stringifying throw, for any value that does not fit the declared type. */
export class EncodeError extends WireError<EncodeErrorCode> {
  /** Its encoding has ended: where it goes from there says nothing of its place. */
  #hasLeft = false;

  override get name(): string {
    return "EncodeError";
  }

  override enter(key: string | number, segment: string): void {
    if (!this.#hasLeft) super.enter(key, segment);
  }

  /** Puts the name of the type that was encoded at the top of the path. */
  leave(root: string): void {
    if (!this.#hasLeft) this.locate(root);
    this.#hasLeft = true;
  }
}

/**
 * An error at the value at hand. Functions that refuse a value are given nothing but the value, so that they stay small:
 * the path is added on the way out.
 */
export function encodeError(code: EncodeErrorCode, detail?: string): EncodeError {
  return new EncodeError(code, "", undefined, detail);
}

/** `wrongType` with the name of what was expected: for values that are not even of the right kind. */
export function badValue(expected: string): EncodeError {
  return encodeError("wrongType", "expected " + expected);
}

/** Adds the name of the type at the top to the path of an error that leaves its encoding, and returns it to be thrown again. */
export function withinType(error: unknown, root: string): unknown {
  if (error instanceof EncodeError) error.leave(root);
  return error;
}
