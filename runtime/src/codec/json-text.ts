// JSON out, one function for each primitive: it checks the value as the binary side does and returns its JSON text.
import { toBase64 } from "./base64.ts";
import { encodeError } from "./encode-error.ts";
import { isBytes } from "./is-bytes.ts";
import { bigintBitsMax } from "./limits.ts";
import { membersText } from "./members-text.ts";
import { exactF32, isRounded } from "./rounded.ts";
import { isWellFormed } from "./surrogates.ts";
import { valueText } from "./value-text.ts";
import { wrongNumber, wrongValue } from "./wrong-value.ts";

/** What JSON must escape, or what must be looked at more closely. */
const special = /[\0-\x1f"\\\ud800-\udfff]/;

/** Up to this length a loop over the characters beats the regular expression. */
const loopMax = 40;

export function jsonString(v: string): string {
  if (typeof v !== "string") throw wrongValue("string", v);
  const isPlain = v.length > loopMax ? !special.test(v) : isShortPlain(v);
  return isPlain ? '"' + v + '"' : jsonSpecialString(v);
}

function isShortPlain(v: string): boolean {
  for (let i = 0; i < v.length; i++) {
    const unit = v.charCodeAt(i);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || unit >= 0xd800) return false;
  }
  return true;
}

function jsonSpecialString(v: string): string {
  if (!isWellFormed(v)) throw encodeError("loneSurrogate");
  return JSON.stringify(v);
}

/** A key of an object: any string but `__proto__`, which readers might take for the prototype. */
export function jsonKey(key: string): string {
  if (key === "__proto__") throw encodeError("unsafeKey", "a record must not have the key __proto__");
  return jsonString(key);
}

export function jsonBoolean(v: boolean): string {
  if (typeof v !== "boolean") throw wrongValue("boolean", v);
  return v ? "true" : "false";
}

export function jsonNull(v: null): string {
  if (v !== null) throw wrongValue("null", v);
  return "null";
}

export function jsonI8(v: number): string {
  return jsonInteger(v, "i8", -0x80, 0x7f);
}

export function jsonI16(v: number): string {
  return jsonInteger(v, "i16", -0x8000, 0x7fff);
}

export function jsonI32(v: number): string {
  return jsonInteger(v, "i32", -0x8000_0000, 0x7fff_ffff);
}

export function jsonU8(v: number): string {
  return jsonInteger(v, "u8", 0, 0xff);
}

export function jsonU16(v: number): string {
  return jsonInteger(v, "u16", 0, 0xffff);
}

export function jsonU32(v: number): string {
  return jsonInteger(v, "u32", 0, 0xffff_ffff);
}

export function jsonInt(v: number): string {
  return jsonInteger(v, "int", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

function jsonInteger(v: number, name: string, least: number, most: number): string {
  if (!Number.isInteger(v) || v < least || v > most) throw wrongNumber(name, v);
  return "" + v;
}

export function jsonI64(v: bigint): string {
  return bigintText(checkedI64(v));
}

export function jsonU64(v: bigint): string {
  return bigintText(checkedU64(v));
}

export function checkedI64(v: bigint): bigint {
  if (typeof v !== "bigint" || BigInt.asIntN(64, v) !== v) throw wrongNumber("i64", v, "bigint");
  return v;
}

export function checkedU64(v: bigint): bigint {
  if (typeof v !== "bigint" || BigInt.asUintN(64, v) !== v) throw wrongNumber("u64", v, "bigint");
  return v;
}

export function jsonBigint(v: bigint): string {
  if (typeof v !== "bigint") throw wrongNumber("bigint", v, "bigint");
  if (BigInt.asIntN(bigintBitsMax, v) !== v)
    throw wrongValue("a bigint of at most 16384 bits", v, "tooManyDigits");
  return bigintText(v);
}

/** A JSON number where every JSON reader can hold it exactly, else a string of digits. */
function bigintText(v: bigint): string {
  const rounded = Number(v);
  return Number.isSafeInteger(rounded) ? "" + rounded : '"' + v + '"';
}

export function jsonF32(v: number): string {
  if (typeof v !== "number") throw wrongNumber("f32", v);
  const rounded = Math.fround(v);
  if (Number.isFinite(v) && !Number.isFinite(rounded)) throw wrongNumber("f32", v);
  return floatText(rounded);
}

/** As {@link jsonF32}, for elements of sets and keys of maps: what would be rounded is refused. */
export function jsonF32Exact(v: number): string {
  if (isRounded(v)) throw wrongNumber(exactF32, v);
  return jsonF32(v);
}

export function jsonF64(v: number): string {
  if (typeof v !== "number") throw wrongNumber("f64", v);
  return floatText(v);
}

export function jsonNumber(v: number): string {
  if (typeof v !== "number") throw wrongNumber("number", v);
  return floatText(v);
}

function floatText(v: number): string {
  if (v === 0) return 1 / v < 0 ? "-0" : "0";
  return v - v === 0 ? "" + v : '"' + v + '"';
}

export function jsonBytes(v: Uint8Array): string {
  if (!isBytes(v)) throw wrongValue("bytes", v);
  return '"' + toBase64(v) + '"';
}

/** Unlike other text a literal may have a lone surrogate, which is escaped. */
function literalString(v: string): string {
  return isShortPlain(v) ? '"' + v + '"' : JSON.stringify(v);
}

/** The literal itself; null stands in the table for reserved ordinals. */
export function jsonLiteral(values: readonly unknown[], v: unknown): string {
  if (v !== null && values.includes(v)) return typeof v === "string" ? literalString(v) : String(v);
  throw encodeError("notAMember", "expected " + membersText(values) + ", found " + valueText(v));
}
