// JSON in, one function for each primitive: it takes a value that JSON.parse has made and returns it as the declared
// type, or throws a DecodeError.

import { fromBase64 } from "./base64.ts";
import type { OwnBytes } from "./bytes.ts";
import { jsonFail, jsonOutOfRange, jsonWrongType } from "./json-error.ts";
import { chargeJsonBytes } from "./json-heap.ts";
import { bigintBitsMax, bigintDigitsMax } from "./limits.ts";
import { membersText } from "./members-text.ts";
import { isWellFormed } from "./surrogates.ts";

export function fromJsonString(v: unknown): string {
  if (typeof v !== "string") throw jsonWrongType("string", v);
  if (!isWellFormed(v)) throw jsonFail("loneSurrogate");
  return v;
}

export function fromJsonBoolean(v: unknown): boolean {
  if (typeof v !== "boolean") throw jsonWrongType("boolean", v);
  return v;
}

export function fromJsonNull(v: unknown): null {
  if (v !== null) throw jsonWrongType("null", v);
  return v;
}

export function fromJsonI8(v: unknown): number {
  return integer(v, "i8", -0x80, 0x7f);
}

export function fromJsonI16(v: unknown): number {
  return integer(v, "i16", -0x8000, 0x7fff);
}

export function fromJsonI32(v: unknown): number {
  return integer(v, "i32", -0x8000_0000, 0x7fff_ffff);
}

export function fromJsonU8(v: unknown): number {
  return integer(v, "u8", 0, 0xff);
}

export function fromJsonU16(v: unknown): number {
  return integer(v, "u16", 0, 0xffff);
}

export function fromJsonU32(v: unknown): number {
  return integer(v, "u32", 0, 0xffff_ffff);
}

export function fromJsonInt(v: unknown): number {
  return integer(v, "int", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

function integer(v: unknown, name: string, least: number, most: number): number {
  if (typeof v !== "number") throw jsonWrongType(name, v);
  if (!Number.isInteger(v) || v < least || v > most) throw jsonOutOfRange(name, v);
  // -0 is no integer of its own.
  return v + 0;
}

export function fromJsonI64(v: unknown): bigint {
  const value = bigint(v, "i64");
  if (BigInt.asIntN(64, value) !== value) throw jsonOutOfRange("i64", value);
  return value;
}

export function fromJsonU64(v: unknown): bigint {
  const value = bigint(v, "u64");
  if (BigInt.asUintN(64, value) !== value) throw jsonOutOfRange("u64", value);
  return value;
}

export function fromJsonBigint(v: unknown): bigint {
  const value = bigint(v, "bigint");
  if (BigInt.asIntN(bigintBitsMax, value) !== value) throw tooManyDigits();
  return value;
}

/** A safe integer, or a string of decimal digits: few enough to be parsed without blocking the thread. */
function bigint(v: unknown, name: string): bigint {
  if (typeof v === "number" && Number.isSafeInteger(v)) return BigInt(v);
  if (typeof v === "number")
    throw jsonFail("outOfRange", "expected " + name + ", beyond 2^53 as a string, found " + v);
  if (typeof v !== "string") throw jsonWrongType(name, v);
  if (v.length > bigintDigitsMax + 1) throw tooManyDigits();
  if (!isDecimal(v)) throw jsonFail("wrongType", "expected " + name + ", found a string of something else");
  return BigInt(v);
}

/** Whether a text is an integer as {@link BigInt} writes it: BigInt itself also reads spaces, hexadecimal and nothing. */
function isDecimal(v: string): boolean {
  const start = v.charCodeAt(0) === 0x2d ? 1 : 0;
  for (let i = start; i < v.length; i++) if (v.charCodeAt(i) < 0x30 || v.charCodeAt(i) > 0x39) return false;
  return v.charCodeAt(start) === 0x30 ? v === "0" : v.length > start;
}

function tooManyDigits(): Error {
  return jsonFail("tooManyDigits", "a bigint of more than 16384 bits");
}

/** Rounds to the nearest 32-bit float; finite numbers beyond the format's range are refused. */
export function fromJsonF32(v: unknown): number {
  const value = float(v, "f32");
  const rounded = Math.fround(value);
  if (Number.isFinite(value) && !Number.isFinite(rounded)) throw jsonOutOfRange("f32", v);
  return rounded;
}

export function fromJsonF64(v: unknown): number {
  return float(v, "f64");
}

export function fromJsonNumber(v: unknown): number {
  return float(v, "number");
}

function float(v: unknown, name: string): number {
  if (typeof v === "number" && v - v === 0) return v;
  if (v === "NaN") return Number.NaN;
  if (v === "Infinity") return Number.POSITIVE_INFINITY;
  if (v === "-Infinity") return Number.NEGATIVE_INFINITY;
  throw typeof v === "number" ? jsonOutOfRange(name, v) : jsonWrongType(name, v);
}

export function fromJsonBytes(v: unknown): OwnBytes {
  if (typeof v !== "string") throw jsonWrongType("base64", v);
  chargeJsonBytes();
  const bytes = fromBase64(v);
  if (bytes === undefined) throw jsonFail("invalidBase64", "expected base64, found a string that is not");
  return bytes;
}

/** A member of the table; null stands for reserved ordinals. */
export function fromJsonLiteral<T>(values: readonly (T | null)[], v: unknown): T {
  const index = v === null ? -1 : (values as readonly unknown[]).indexOf(v);
  const member = index < 0 ? null : values[index];
  if (member !== null && member !== undefined) return member;
  if (v === undefined) throw jsonWrongType("a literal", v);
  throw jsonFail("unknownMember", "expected " + membersText(values) + ", found another value");
}
