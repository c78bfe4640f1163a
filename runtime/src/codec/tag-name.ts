// The kinds of MessagePack values, in the words of errors.

/** From c0 on. */
const names =
  "nil,the reserved byte c1,bool,bool,bin,bin,bin,ext,ext,ext,f32,f64,u8,u16,u32,u64,i8,i16,i32,i64," +
  "ext,ext,ext,ext,ext,str,str,str,array,array,map,map";

/** What kind of value begins with this byte; -1 stands for the end of the bytes. */
export function tagName(tag: number): string {
  if (tag < 0) return "the end";
  if (tag < 0x80 || tag >= 0xe0) return "integer";
  if (tag < 0xc0) return tag < 0x90 ? "map" : tag < 0xa0 ? "array" : "str";
  return names.split(",")[tag - 0xc0]!;
}
