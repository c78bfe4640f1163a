// Integers of up to 32 bits as emitted code handles them itself: most are small, and for one byte a call costs more
// than the work (measured on structs of many small integers: 1.4 times in writing, 1.9 times in reading).
import type { Type } from "@hewn/schema";

/** How the writer puts one kind of integers; what is beyond a single byte has a tag and the declared width. */
export interface ShortInteger {
  readonly signed: boolean;
  /** The tag of the declared width. */
  readonly tag: number;
  /** Bytes behind the tag. */
  readonly width: 1 | 2 | 4;
}

const formats: Readonly<Record<string, ShortInteger>> = {
  i8: { signed: true, tag: 0xd0, width: 1 },
  i16: { signed: true, tag: 0xd1, width: 2 },
  i32: { signed: true, tag: 0xd2, width: 4 },
  u8: { signed: false, tag: 0xcc, width: 1 },
  u16: { signed: false, tag: 0xcd, width: 2 },
  u32: { signed: false, tag: 0xce, width: 4 },
};

export function shortInteger(type: Type): ShortInteger | undefined {
  return type.kind === "integer" ? formats[type.format] : undefined;
}

/**
 * A test whether the writer puts `value` as a single byte; it holds for nothing but such integers. Values of other
 * types are kept from the operators, which throw on some of them.
 */
export function isSingleByte({ signed }: ShortInteger, value: string): string {
  const test = signed
    ? `${value} >= -32 && ${value} <= 127 && (${value} | 0) === ${value}`
    : `(${value} & 0x7f) === ${value}`;
  return `typeof ${value} === "number" && ${test}`;
}

/** The value of the bytes behind the tag, with `p` moved beyond them. */
export function tail({ signed, width }: ShortInteger): string {
  const next = "b[p++]!";
  if (width === 1) return signed ? `(${next} << 24) >> 24` : next;
  if (width === 2) return signed ? `((${next} << 24) >> 16) | ${next}` : `(${next} << 8) | ${next}`;
  const all = `(${next} << 24) | (${next} << 16) | (${next} << 8) | ${next}`;
  return signed ? all : `(${all}) >>> 0`;
}
