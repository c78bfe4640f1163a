// The kinds of MessagePack values, in the words of errors.

const names = "nil,bool,integer,float,str,bin,array,map,ext";

/** Index of the name, for each sixteen bytes, and then for each byte from c0 on. */
const kinds = "2222222276440022" + "0011555888332222222288888444667" + "7";

/** What kind of value begins with this byte; c1 begins none. */
export function tagName(tag: number): string {
  const kind = kinds[tag < 0xc0 || tag > 0xdf ? tag >> 4 : tag - 0xb0];
  return names.split(",")[Number(kind)]!;
}
