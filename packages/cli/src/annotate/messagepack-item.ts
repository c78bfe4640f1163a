// One MessagePack item: which format its first byte names, how long it is, what it holds. Knows nothing of types.

export type ItemKind =
  | "nil"
  | "boolean"
  | "integer"
  | "float"
  | "string"
  | "bytes"
  | "array"
  | "map"
  | "ext"
  | "reserved";

export interface Item {
  readonly kind: ItemKind;
  /** The format's name in the MessagePack specification, with its length or count where it has one. */
  readonly format: string;
  /** Of arrays and maps the header alone, of all others everything. */
  readonly bytes: number;
  /** Items that follow and belong to this one: the elements of an array, the keys and values of a map. */
  readonly children: number;
  readonly value: boolean | number | bigint | string | Uint8Array | undefined;
}

/** The bytes end within an item. */
export class TruncatedItem extends Error {}

/** How a length or count follows the first byte: in 1, 2 or 4 bytes. */
interface Sized {
  readonly kind: "string" | "bytes" | "array" | "map" | "ext";
  readonly name: string;
  readonly lengthBytes: number;
}

interface Scalar {
  readonly kind: "integer" | "float";
  readonly name: string;
  readonly bytes: number;
  readonly read: (view: DataView) => number | bigint;
}

const sized: Readonly<Record<number, Sized>> = {
  0xc4: { kind: "bytes", name: "bin 8", lengthBytes: 1 },
  0xc5: { kind: "bytes", name: "bin 16", lengthBytes: 2 },
  0xc6: { kind: "bytes", name: "bin 32", lengthBytes: 4 },
  0xc7: { kind: "ext", name: "ext 8", lengthBytes: 1 },
  0xc8: { kind: "ext", name: "ext 16", lengthBytes: 2 },
  0xc9: { kind: "ext", name: "ext 32", lengthBytes: 4 },
  0xd9: { kind: "string", name: "str 8", lengthBytes: 1 },
  0xda: { kind: "string", name: "str 16", lengthBytes: 2 },
  0xdb: { kind: "string", name: "str 32", lengthBytes: 4 },
  0xdc: { kind: "array", name: "array 16", lengthBytes: 2 },
  0xdd: { kind: "array", name: "array 32", lengthBytes: 4 },
  0xde: { kind: "map", name: "map 16", lengthBytes: 2 },
  0xdf: { kind: "map", name: "map 32", lengthBytes: 4 },
};

const scalars: Readonly<Record<number, Scalar>> = {
  0xca: { kind: "float", name: "float 32", bytes: 4, read: (view) => view.getFloat32(0) },
  0xcb: { kind: "float", name: "float 64", bytes: 8, read: (view) => view.getFloat64(0) },
  0xcc: { kind: "integer", name: "uint 8", bytes: 1, read: (view) => view.getUint8(0) },
  0xcd: { kind: "integer", name: "uint 16", bytes: 2, read: (view) => view.getUint16(0) },
  0xce: { kind: "integer", name: "uint 32", bytes: 4, read: (view) => view.getUint32(0) },
  0xcf: { kind: "integer", name: "uint 64", bytes: 8, read: (view) => view.getBigUint64(0) },
  0xd0: { kind: "integer", name: "int 8", bytes: 1, read: (view) => view.getInt8(0) },
  0xd1: { kind: "integer", name: "int 16", bytes: 2, read: (view) => view.getInt16(0) },
  0xd2: { kind: "integer", name: "int 32", bytes: 4, read: (view) => view.getInt32(0) },
  0xd3: { kind: "integer", name: "int 64", bytes: 8, read: (view) => view.getBigInt64(0) },
};

/** The item at `offset`. Throws a {@link TruncatedItem} where it is not all there. */
export function readItem(bytes: Uint8Array, offset: number): Item {
  const tag = part(bytes, offset, 1)[0]!;
  if (tag <= 0x7f) return leaf("integer", "positive fixint", 1, tag);
  if (tag >= 0xe0) return leaf("integer", "negative fixint", 1, tag - 256);
  if (tag <= 0x8f) return container("map", "fixmap", 1, tag & 0x0f);
  if (tag <= 0x9f) return container("array", "fixarray", 1, tag & 0x0f);
  if (tag <= 0xbf) return payload(bytes, offset, { kind: "string", name: "fixstr" }, 1, tag & 0x1f);
  if (tag === 0xc0) return leaf("nil", "nil", 1, undefined);
  if (tag === 0xc1) return leaf("reserved", "(never used)", 1, undefined);
  if (tag <= 0xc3) return leaf("boolean", tag === 0xc3 ? "true" : "false", 1, tag === 0xc3);
  if (tag >= 0xd4 && tag <= 0xd8) return fixedExt(bytes, offset, 2 ** (tag - 0xd4));
  const scalar = scalars[tag];
  if (scalar !== undefined) {
    const data = part(bytes, offset + 1, scalar.bytes);
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    return leaf(scalar.kind, scalar.name, 1 + scalar.bytes, scalar.read(view));
  }
  return withLength(bytes, offset, sized[tag]!);
}

function withLength(bytes: Uint8Array, offset: number, format: Sized): Item {
  const { kind, name, lengthBytes } = format;
  const length = part(bytes, offset + 1, lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  const head = 1 + lengthBytes;
  if (kind === "array" || kind === "map") return container(kind, name, head, length);
  if (kind !== "ext") return payload(bytes, offset, { kind, name }, head, length);
  const type = ((part(bytes, offset + head, 1)[0]! << 24) >> 24).toString();
  return payload(bytes, offset, { kind, name: `${name}, type ${type}` }, head + 1, length);
}

function fixedExt(bytes: Uint8Array, offset: number, length: number): Item {
  const type = (part(bytes, offset + 1, 1)[0]! << 24) >> 24;
  return payload(bytes, offset, { kind: "ext", name: `fixext ${length}, type ${type}` }, 2, length);
}

function payload(
  bytes: Uint8Array,
  offset: number,
  { kind, name }: { kind: "string" | "bytes" | "ext"; name: string },
  head: number,
  length: number,
): Item {
  const data = part(bytes, offset + head, length);
  const format = name.startsWith("fixext") ? name : `${name}, ${length} ${length === 1 ? "byte" : "bytes"}`;
  return leaf(kind, format, head + length, kind === "string" ? new TextDecoder().decode(data) : data);
}

function container(kind: "array" | "map", name: string, bytes: number, count: number): Item {
  const children = kind === "map" ? 2 * count : count;
  return { kind, format: `${name}, ${count}`, bytes, children, value: undefined };
}

function leaf(kind: ItemKind, format: string, bytes: number, value: Item["value"]): Item {
  return { kind, format, bytes, children: 0, value };
}

function part(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset + length > bytes.length) throw new TruncatedItem(`the bytes end at ${bytes.length}`);
  return bytes.subarray(offset, offset + length);
}
