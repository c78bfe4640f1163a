// Why bytes or a text were refused. The codes are a closed list: callers may branch on them.
import { WireError } from "./wire-error.ts";

/** Every code of {@link DecodeError}, with a sentence for people. */
export const decodeErrorCodes = {
  wrongInput: "The input is no Uint8Array, or for JSON no string.",
  badJson: "The text is not JSON.",
  truncated: "The bytes end before the value does, or a length claims more than the bytes that are left.",
  trailingBytes: "Bytes follow after the end of the message.",
  reservedByte: "The byte c1, which MessagePack reserves, stands where a value should begin.",
  wrongType: "The value is of another type than the declared one.",
  outOfRange: "The number does not fit its declared format, or the format cannot hold it exactly.",
  tooManyDigits: "A bigint is longer than 16384 bits.",
  tooLong: "A string is longer than this JavaScript engine allows.",
  invalidUtf8: "The bytes of a string, or of a JSON text, are not valid UTF-8.",
  loneSurrogate: "A string of a JSON text has half of a surrogate pair.",
  invalidBase64: "A string that should be bytes is not canonical base64 with padding.",
  invalidDate: "A string that should be a date is no RFC 3339 date-time of whole milliseconds.",
  wrongLength: "The number of elements or bytes is not one that the type can have.",
  missingField: "A required field is absent.",
  unknownVariant: "The discriminant names no variant of the union.",
  unknownMember: "The value is no member of the union of literals, of the enum or of the template.",
  duplicateKey: "A key occurs twice in a map or record.",
  duplicateElement: "An element occurs twice in a set.",
  unsafeKey: "A key is __proto__, which must never become a property.",
  overBudget: "The values would take more memory than is allowed for so short a message.",
  hashFlooding: "Elements of a set or keys of a map were chosen to collide, which would take long.",
  tooDeep: "A recursive type nests deeper than the limit.",
} as const;

export type DecodeErrorCode = keyof typeof decodeErrorCodes;

/** What decoding and parsing throw, for any input that does not fit the declared type. */
export class DecodeError extends WireError<DecodeErrorCode> {
  /** Where the refused value begins: a byte offset, in a JSON text an offset in UTF-16 units. */
  declare offset: number;

  override get name(): string {
    return "DecodeError";
  }
}
