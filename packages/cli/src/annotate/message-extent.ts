// Where a message ends, or how much of it is missing, by its structure alone: no type, no recursion, no values.

export type MessageExtent =
  | { readonly is: "whole"; readonly end: number }
  /** The bytes end first. `missing`: how many are lacking at the least; a damaged length can make it absurd. */
  | { readonly is: "truncated"; readonly missing: number }
  /** The byte c1, with which no value begins. */
  | { readonly is: "reserved"; readonly at: number };

/** For the tags from c0 on: bytes of the length that follows the tag. */
const lengthBytes = [
  0, 0, 0, 0, 1, 2, 4, 1, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4,
];
/** For the tags from c0 on: bytes of payload that come on top of the length. */
const payloadBytes = [
  0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17, 0, 0, 0, 0, 0, 0, 0,
];

/** The extent of the message that begins at `offset`. */
export function messageExtent(bytes: Uint8Array, offset: number): MessageExtent {
  let at = offset;
  // Items announced that have not begun; each takes at least a byte.
  let left = 1;
  while (left > 0) {
    if (at >= bytes.length) return { is: "truncated", missing: left };
    if (bytes[at] === 0xc1) return { is: "reserved", at };
    const item = itemSize(bytes, at);
    left += item.children - 1;
    at += item.bytes;
    if (at > bytes.length) return { is: "truncated", missing: at - bytes.length + left };
  }
  return { is: "whole", end: at };
}

interface ItemSize {
  /** Of arrays and maps without what is in them. */
  readonly bytes: number;
  readonly children: number;
}

function itemSize(bytes: Uint8Array, at: number): ItemSize {
  const tag = bytes[at]!;
  if (tag < 0x80 || tag >= 0xe0) return { bytes: 1, children: 0 };
  if (tag < 0x90) return { bytes: 1, children: 2 * (tag & 15) };
  if (tag < 0xa0) return { bytes: 1, children: tag & 15 };
  if (tag < 0xc0) return { bytes: 1 + (tag & 31), children: 0 };
  const width = lengthBytes[tag - 0xc0]!;
  const isCut = at + width >= bytes.length;
  let length = 0;
  for (let i = 1; i <= width && !isCut; i++) length = length * 256 + bytes[at + i]!;
  if (tag >= 0xdc) return { bytes: 1 + width, children: tag < 0xde ? length : 2 * length };
  return { bytes: 1 + width + length + payloadBytes[tag - 0xc0]!, children: 0 };
}
