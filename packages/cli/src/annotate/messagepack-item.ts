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
  /** Of an extension: its type, from -128 to 127. */
  readonly extType?: number;
  /** A string whose bytes are not UTF-8; in its value U+FFFD stands for them. */
  readonly invalidUtf8?: true;
}

/** The bytes end within an item. */
export class TruncatedItem extends Error {
  /** Bytes that the item lacks, as far as what is there tells. */
  readonly missingBytes: number;

  constructor(missingBytes: number) {
    super(`${missingBytes} bytes are missing`);
    this.missingBytes = missingBytes;
  }
}

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
  if (tag <= 0xbf) return text(sizedName("fixstr", tag & 0x1f), 1, part(bytes, offset + 1, tag & 0x1f));
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
  if (kind === "ext") return extension(bytes, offset, head, { name, length });
  const data = part(bytes, offset + head, length);
  return kind === "string"
    ? text(sizedName(name, length), head, data)
    : leaf(kind, sizedName(name, length), head + length, data);
}

function fixedExt(bytes: Uint8Array, offset: number, length: number): Item {
  return extension(bytes, offset, 1, { name: `fixext ${length}`, length });
}

/** @param head bytes in front of the type */
function extension(
  bytes: Uint8Array,
  offset: number,
  head: number,
  { name, length }: { readonly name: string; readonly length: number },
): Item {
  const data = part(bytes, offset + head, 1 + length);
  const extType = (data[0]! << 24) >> 24;
  const typed = `${name}, type ${extType}`;
  const format = name.startsWith("fixext") ? typed : sizedName(typed, length);
  return { ...leaf("ext", format, head + 1 + length, data.subarray(1)), extType };
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function text(format: string, head: number, data: Uint8Array): Item {
  const bytes = head + data.length;
  try {
    return leaf("string", format, bytes, strictUtf8.decode(data));
  } catch {
    return { ...leaf("string", format, bytes, lenientUtf8.decode(data)), invalidUtf8: true };
  }
}

function sizedName(name: string, length: number): string {
  return `${name}, ${length} ${length === 1 ? "byte" : "bytes"}`;
}

function container(kind: "array" | "map", name: string, bytes: number, count: number): Item {
  const children = kind === "map" ? 2 * count : count;
  return { kind, format: `${name}, ${count}`, bytes, children, value: undefined };
}

function leaf(kind: ItemKind, format: string, bytes: number, value: Item["value"]): Item {
  return { kind, format, bytes, children: 0, value };
}

function part(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  const missing = offset + length - bytes.length;
  if (missing > 0) throw new TruncatedItem(missing);
  return bytes.subarray(offset, offset + length);
}
