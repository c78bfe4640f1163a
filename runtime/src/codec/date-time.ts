// Tells a Date, also one of another realm, by what only a Date has: its time. An object that merely inherits from
// Date.prototype or calls itself a Date has none.
import { encodeError } from "./encode-error.ts";
import { wrongValue } from "./wrong-value.ts";

/** Milliseconds from 1970 to the first and to the last time that a Date can hold. */
export const timeMax = 8_640_000_000_000_000;

/** The time of a Date in milliseconds since 1970, NaN for an invalid one; `undefined` for anything else. */
export function timeOf(value: unknown): number | undefined {
  // Asking anything but an object would cost an exception.
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

/** Whether `value` is a Date, also an invalid one. */
export function isDate(value: unknown): value is Date {
  return timeOf(value) !== undefined;
}

/**
 * The time of a Date that is to be encoded.
 * @throws EncodeError `wrongType` when `v` is no Date, `outOfRange` when it is an invalid one
 */
export function encodableTime(v: Date): number {
  const time = timeOf(v);
  if (time === undefined) throw wrongValue("date", v);
  if (Number.isNaN(time)) throw encodeError("outOfRange", "expected date, found an invalid Date");
  return time;
}
