// The kinds of MessagePack values, by their first byte.

export const integerKind = 2;
export const floatKind = 3;
export const strKind = 4;
export const binKind = 5;
export const extKind = 6;
export const arrayKind = 7;
export const mapKind = 8;

/** In the words of errors, by kind. */
const names = "nil,bool,integer,float,str,bin,ext,array,map";

/**
 * A character for each sixteen bytes, and then for each byte from c0 on. The four low bits of its code are the kind. The
 * bits above say how many bytes of a number, the value itself or a length, follow the first byte: 3 stands for none, 4
 * for one, 5 for two, 6 for four, 7 for eight.
 */
const formats = "2222222287440022" + "0011EUeFVfcsBRbrBRbr66666DTdWgXh";

export function formatOf(tag: number): number {
  return formats.charCodeAt(tag < 0xc0 || tag > 0xdf ? tag >> 4 : tag - 0xb0);
}

/** What kind of value begins with this byte; c1, which begins none, counts as nil. */
export function kindOf(tag: number): number {
  return formatOf(tag) & 15;
}

export function kindName(tag: number): string {
  return names.split(",")[kindOf(tag)]!;
}
