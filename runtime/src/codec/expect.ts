// What encoders ask of a value before they look inside it.

import { countText } from "./containers.ts";
import { type EncodeError, encodeError } from "./encode-error.ts";
import { isMap, isRecord, isSet } from "./is-collection.ts";
import { within, withinField } from "./wire-error.ts";
import { wrongValue } from "./wrong-value.ts";

/** Whether `v` can stand for a struct, or in JSON for a record: an object, not an array and not null. */
export function isObject(v: unknown): v is Readonly<Record<string, unknown>> {
  return typeof v === "object" && v !== null && !Array.isArray(v);
}

export function expectObject(v: unknown): void {
  if (!isObject(v)) throw wrongValue("object", v);
}

/** A property that its type excludes: it would be lost. */
export function expectAbsent(v: unknown, key: string): void {
  if (v !== undefined) throw within(wrongValue("undefined", v), key);
}

export function expectArray(v: unknown): void {
  if (!Array.isArray(v)) throw wrongValue("array", v);
}

/** A tuple of at least `required` and at most `most` elements: what is behind them would be lost. Returns how many. */
export function expectTuple(v: unknown, required: number, most: number): number {
  expectArray(v);
  const { length } = v as readonly unknown[];
  if (length >= required && length <= most) return length;
  throw encodeError("wrongLength", "expected " + countText(required, most) + " elements, found " + length);
}

export function expectSet(v: unknown): void {
  if (!isSet(v)) throw wrongValue("Set", v);
}

export function expectMap(v: unknown): void {
  if (!isMap(v)) throw wrongValue("Map", v);
}

/**
 * A number beside an arm whose JSON is a string: there the words for NaN and the infinities would be taken for that arm.
 * @throws EncodeError `notFinite`
 */
export function expectFinite(v: number): number {
  if (typeof v !== "number" || v - v === 0) return v;
  throw encodeError(
    "notFinite",
    "expected a finite number, for JSON has no other beside strings, found " + v,
  );
}

/**
 * A property that the object itself has; `undefined` for one that it inherits. The result has the type that the
 * property was declared with, like any access to it; what checks the value checks for `undefined` too.
 */
export function own<T extends object, K extends keyof T>(object: T, name: K): T[K] {
  return (Object.hasOwn(object, name) ? object[name] : undefined) as T[K];
}

/**
 * The own enumerable string keys of a record.
 * @throws EncodeError `wrongType` for an instance of a class, of which all but the keys would be lost, and for what is
 * no object; `unsafeKey` for a key `__proto__`
 */
export function recordKeys(record: unknown): string[] {
  if (!isRecord(record)) throw wrongValue("record", record);
  const keys = Object.keys(record);
  if (!keys.includes("__proto__")) return keys;
  throw withinField(encodeError("unsafeKey", "a record must not have the key __proto__"), "__proto__");
}

/** The discriminant of a union names none of its variants. */
export function unknownTag(): EncodeError {
  return encodeError("notAMember", "no variant has this value");
}
