// What a campaign must have seen at least once: a category that never fires tests nothing, however green it is.
import { decodeErrorCodes, encodeErrorCodes } from "@hewn/runtime/codec";

const typeKinds = (
  "boolean null string bytes date template number bigint i8 i16 i32 u8 u16 u32 int f32 f64 i64 u64 choice array set record map tuple " +
  "maybe struct union mixed derived box ref"
)
  .split(" ")
  .concat("typed array");

export const requiredCounts: readonly string[] = [
  ...typeKinds.map((kind) => `type: ${kind}`),
  "type: maybe null",
  "type: maybe undefined",
  "type: absent field",
  ...Object.keys(decodeErrorCodes).map((code) => `decode: ${code}`),
  ...Object.keys(encodeErrorCodes).map((code) => `encode: ${code}`),
  "decode: a value",
  "parse: a value",
  "encode: a value",
  "stringify: a value",
  "encode: the value's own error",
  "heap: measured",
  "heap: more than half of the budget",
];
