// Which numbers a format can carry and which it takes in: what it means that one numeric type is wider than another.
import type { BigintFormat, FloatFormat, IntegerFormat } from "./schema.ts";

export type NumericFormat = IntegerFormat | FloatFormat | BigintFormat;

interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
}

const range = (min: bigint, max: bigint): IntegerRange => ({ min, max });

/** The integers of each integer format, and those that each float format holds without a gap. */
const integers: Readonly<Record<NumericFormat, IntegerRange | undefined>> = {
  i8: range(-(2n ** 7n), 2n ** 7n - 1n),
  i16: range(-(2n ** 15n), 2n ** 15n - 1n),
  i32: range(-(2n ** 31n), 2n ** 31n - 1n),
  u8: range(0n, 2n ** 8n - 1n),
  u16: range(0n, 2n ** 16n - 1n),
  u32: range(0n, 2n ** 32n - 1n),
  int: range(-(2n ** 53n) + 1n, 2n ** 53n - 1n),
  i64: range(-(2n ** 63n), 2n ** 63n - 1n),
  u64: range(0n, 2n ** 64n - 1n),
  bigint: undefined,
  f32: range(-(2n ** 24n), 2n ** 24n),
  f64: range(-(2n ** 53n), 2n ** 53n),
  number: range(-(2n ** 53n), 2n ** 53n),
};

const floats: ReadonlySet<NumericFormat> = new Set<NumericFormat>(["f32", "f64", "number"]);

/** Whether a reader of one format takes every value that a writer of the other sends, as the same number. */
export function takesAll(reader: NumericFormat, writer: NumericFormat): boolean {
  if (reader === writer) return true;
  if (floats.has(writer)) return floats.has(reader) && (reader !== "f32" || writer === "f32");
  if (reader === "bigint") return true;
  const [sent, taken] = [integers[writer], integers[reader]];
  if (sent === undefined || taken === undefined) return false;
  return taken.min <= sent.min && sent.max <= taken.max;
}
