// Whether a value is of a primitive type, exactly as far as its encoder would accept it: undefined when it is.
import { type ArrayType, isArrayOf } from "./array-type.ts";
import { timeOf } from "./date-time.ts";
import { isBytes } from "./is-bytes.ts";
import { bigintBitsMax } from "./limits.ts";
import { membersText } from "./members-text.ts";
import { type Mismatch, mismatch } from "./mismatch.ts";
import { exactF32, isRounded } from "./rounded.ts";
import { isWellFormed } from "./surrogates.ts";
import { matchesTemplate, type Template, templateText } from "./template.ts";

type Checked = Mismatch | undefined;

export function checkString(v: unknown): Checked {
  if (typeof v !== "string") return mismatch("string");
  return isWellFormed(v) ? undefined : mismatch("string without lone surrogates");
}

export function checkBoolean(v: unknown): Checked {
  return typeof v === "boolean" ? undefined : mismatch("boolean");
}

export function checkNull(v: unknown): Checked {
  return v === null ? undefined : mismatch("null");
}

export function checkI8(v: unknown): Checked {
  return checkInteger(v, "i8", -0x80, 0x7f);
}

export function checkI16(v: unknown): Checked {
  return checkInteger(v, "i16", -0x8000, 0x7fff);
}

export function checkI32(v: unknown): Checked {
  return checkInteger(v, "i32", -0x8000_0000, 0x7fff_ffff);
}

export function checkU8(v: unknown): Checked {
  return checkInteger(v, "u8", 0, 0xff);
}

export function checkU16(v: unknown): Checked {
  return checkInteger(v, "u16", 0, 0xffff);
}

export function checkU32(v: unknown): Checked {
  return checkInteger(v, "u32", 0, 0xffff_ffff);
}

export function checkInt(v: unknown): Checked {
  return checkInteger(v, "int", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

function checkInteger(v: unknown, name: string, least: number, most: number): Checked {
  return typeof v === "number" && Number.isInteger(v) && v >= least && v <= most ? undefined : mismatch(name);
}

export function checkI64(v: unknown): Checked {
  return typeof v === "bigint" && BigInt.asIntN(64, v) === v ? undefined : mismatch("i64");
}

export function checkU64(v: unknown): Checked {
  return typeof v === "bigint" && BigInt.asUintN(64, v) === v ? undefined : mismatch("u64");
}

export function checkBigint(v: unknown): Checked {
  if (typeof v !== "bigint") return mismatch("bigint");
  return BigInt.asIntN(bigintBitsMax, v) === v ? undefined : mismatch("bigint of at most 16384 bits");
}

export function checkF32(v: unknown): Checked {
  if (typeof v !== "number") return mismatch("f32");
  return Number.isFinite(v) && !Number.isFinite(Math.fround(v)) ? mismatch("f32") : undefined;
}

/** An element of a set or a key of a map, where what would be rounded is refused. */
export function checkF32Exact(v: unknown): Checked {
  return isRounded(v) ? mismatch(exactF32) : checkF32(v);
}

export function checkF64(v: unknown): Checked {
  return typeof v === "number" ? undefined : mismatch("f64");
}

export function checkNumber(v: unknown): Checked {
  return typeof v === "number" ? undefined : mismatch("number");
}

export function checkBytes(v: unknown): Checked {
  return isBytes(v) ? undefined : mismatch("bytes");
}

export function checkTemplate(v: unknown, patterns: Template): Checked {
  const found = checkString(v);
  if (found !== undefined) return found;
  return matchesTemplate(patterns, v as string) ? undefined : mismatch(templateText(patterns));
}

export function checkTypedArray(v: unknown, type: ArrayType<unknown>): Checked {
  return isArrayOf(type, v) ? undefined : mismatch(type.name);
}

export function checkDate(v: unknown): Checked {
  const time = timeOf(v);
  if (time === undefined) return mismatch("date");
  return Number.isNaN(time) ? mismatch("valid date") : undefined;
}

/** A member of the table; null stands for reserved ordinals. */
export function checkLiteral(values: readonly unknown[], v: unknown): Checked {
  return v !== null && values.includes(v) ? undefined : mismatch(membersText(values));
}

/** A key of a record: any string that can be encoded, but not `__proto__`. */
export function checkKey(key: string): Checked {
  return key === "__proto__" ? mismatch("a key other than __proto__") : checkString(key);
}
