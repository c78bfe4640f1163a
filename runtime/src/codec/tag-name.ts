// The kinds of MessagePack values, in the words of errors.

const upper = [
  "nil",
  "c1",
  "bool",
  "bool",
  "bin",
  "bin",
  "bin",
  "ext",
  "ext",
  "ext",
  "f32",
  "f64",
  "u8",
  "u16",
  "u32",
  "u64",
  "i8",
  "i16",
  "i32",
  "i64",
  "ext",
  "ext",
  "ext",
  "ext",
  "ext",
  "str",
  "str",
  "str",
  "array",
  "array",
  "map",
  "map",
];

/** What kind of value begins with this byte. */
export function tagName(tag: number): string {
  if (tag < 0x80 || tag >= 0xe0) return "integer";
  if (tag < 0x90) return "map";
  if (tag < 0xa0) return "array";
  return tag < 0xc0 ? "str" : upper[tag - 0xc0]!;
}
