// MessagePack as a tree that can be read, changed and written back: for oracles and for damage that knows the format.
// It shares nothing with the runtime.

interface Place {
  /** Where the value begins in the bytes that it was read from. */
  readonly start: number;
}

/** One MessagePack value. `wider` is how many steps longer than need be its head is written. */
export type WireTree = Place &
  (
    | { readonly kind: "nil" }
    | { readonly kind: "boolean"; readonly value: boolean }
    | { readonly kind: "integer"; readonly value: bigint; wider?: number }
    | { readonly kind: "float"; readonly value: number; readonly bits: 32 | 64 }
    | { readonly kind: "text" | "bytes"; bytes: Uint8Array; wider?: number }
    | { readonly kind: "array"; items: WireTree[]; wider?: number }
    | { readonly kind: "map"; entries: [WireTree, WireTree][]; wider?: number }
    /** `head` is the format's first byte: `c7` to `c9`, `d4` to `d8`. */
    | { readonly kind: "ext"; readonly head: number; type: number; bytes: Uint8Array }
    /** Bytes that stand for a value and need not be one. */
    | { readonly kind: "raw"; readonly bytes: Uint8Array }
  );

class Broken extends Error {}

class Source {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw new Broken();
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  unsigned(width: number): bigint {
    return this.take(width).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  }

  count(width: number): number {
    return Number(this.unsigned(width));
  }

  float(width: 4 | 8): number {
    this.take(width);
    return width === 4 ? this.#view.getFloat32(this.at - 4) : this.#view.getFloat64(this.at - 8);
  }

  value(): WireTree {
    const start = this.at;
    const tag = this.count(1);
    if (tag < 0x80) return { kind: "integer", value: BigInt(tag), start };
    if (tag < 0x90) return this.#map(tag & 15, start);
    if (tag < 0xa0) return this.#array(tag & 15, start);
    if (tag < 0xc0) return { kind: "text", bytes: this.take(tag & 31), start };
    if (tag >= 0xe0) return { kind: "integer", value: BigInt(tag - 256), start };
    return this.#long(tag, start);
  }

  #long(tag: number, start: number): WireTree {
    if (tag === 0xc0) return { kind: "nil", start };
    if (tag === 0xc1) throw new Broken();
    if (tag < 0xc4) return { kind: "boolean", value: tag === 0xc3, start };
    if (tag < 0xc7) return { kind: "bytes", bytes: this.take(this.count(1 << (tag - 0xc4))), start };
    if (tag < 0xca) return this.#ext(tag, this.count(1 << (tag - 0xc7)), start);
    if (tag === 0xca) return { kind: "float", value: this.float(4), bits: 32, start };
    if (tag === 0xcb) return { kind: "float", value: this.float(8), bits: 64, start };
    if (tag < 0xd4) {
      const bits = 8 << (tag & 3);
      const value = this.unsigned(bits / 8);
      return { kind: "integer", value: tag < 0xd0 ? value : BigInt.asIntN(bits, value), start };
    }
    if (tag < 0xd9) return this.#ext(tag, 1 << (tag - 0xd4), start);
    if (tag < 0xdc) return { kind: "text", bytes: this.take(this.count(1 << (tag - 0xd9))), start };
    const length = this.count(tag % 2 === 0 ? 2 : 4);
    return tag < 0xde ? this.#array(length, start) : this.#map(length, start);
  }

  #ext(head: number, length: number, start: number): WireTree {
    const type = this.count(1);
    return { kind: "ext", head, type, bytes: this.take(length), start };
  }

  #array(length: number, start: number): WireTree {
    if (length > this.left) throw new Broken();
    const items: WireTree[] = [];
    while (items.length < length) items.push(this.value());
    return { kind: "array", items, start };
  }

  #map(length: number, start: number): WireTree {
    if (2 * length > this.left) throw new Broken();
    const entries: [WireTree, WireTree][] = [];
    while (entries.length < length) entries.push([this.value(), this.value()]);
    return { kind: "map", entries, start };
  }
}

/** The tree of bytes that are exactly one value; `undefined` for any others. */
export function readTree(bytes: Uint8Array): WireTree | undefined {
  const source = new Source(bytes);
  try {
    const tree = source.value();
    return source.left === 0 ? tree : undefined;
  } catch (error) {
    if (error instanceof Broken || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The bytes of a tree. */
export function writeTree(tree: WireTree): number[] {
  switch (tree.kind) {
    case "nil":
      return [0xc0];
    case "boolean":
      return [tree.value ? 0xc3 : 0xc2];
    case "integer":
      return integer(tree.value, tree.wider ?? 0);
    case "float":
      return float(tree.value, tree.bits);
    case "text":
      return [...head(tree.bytes.length, [0xa0, 32, 0xd9, 0xda, 0xdb], tree.wider), ...tree.bytes];
    case "bytes":
      return [...head(tree.bytes.length, [0, 0, 0xc4, 0xc5, 0xc6], tree.wider), ...tree.bytes];
    case "array":
      return [
        ...head(tree.items.length, [0x90, 16, 0, 0xdc, 0xdd], tree.wider),
        ...tree.items.flatMap(writeTree),
      ];
    case "map": {
      const parts = tree.entries.flatMap((entry) => entry.flatMap(writeTree));
      return [...head(tree.entries.length, [0x80, 16, 0, 0xde, 0xdf], tree.wider), ...parts];
    }
    case "ext":
      return [...extHead(tree.head, tree.bytes.length), tree.type, ...tree.bytes];
    default:
      return [...tree.bytes];
  }
}

/** @param tags the short form and its limit, then the first bytes of the forms with 1, 2 and 4 bytes; 0 for none */
function head(length: number, tags: readonly number[], wider = 0): number[] {
  const [short = 0, limit = 0, ...long] = tags;
  const forms = [
    ...(length < limit ? [[short | length]] : []),
    ...long.flatMap((tag, i) => {
      const width = 1 << i;
      return tag === 0 || length >= 2 ** (8 * width) ? [] : [[tag, ...bigEndian(BigInt(length), width)]];
    }),
  ];
  return forms[Math.min(wider, forms.length - 1)] ?? [];
}

function extHead(tag: number, length: number): number[] {
  if (tag >= 0xd4 && length === 1 << (tag - 0xd4)) return [tag];
  const width = tag <= 0xc9 && length < 256 ** (1 << (tag - 0xc7)) ? 1 << (tag - 0xc7) : length < 256 ? 1 : 4;
  return [width === 1 ? 0xc7 : width === 2 ? 0xc8 : 0xc9, ...bigEndian(BigInt(length), width)];
}

function integer(value: bigint, wider: number): number[] {
  const forms: number[][] = value >= -32n && value < 128n ? [[Number(BigInt.asUintN(8, value))]] : [];
  for (const [i, width] of [1, 2, 4, 8].entries()) {
    const bits = 8 * width;
    if (BigInt.asUintN(bits, value) === value) forms.push([0xcc + i, ...bigEndian(value, width)]);
    if (BigInt.asIntN(bits, value) === value) forms.push([0xd0 + i, ...bigEndian(value, width)]);
  }
  return forms[Math.min(wider, forms.length - 1)] ?? [];
}

function float(value: number, bits: 32 | 64): number[] {
  const view = new DataView(new ArrayBuffer(8));
  if (bits === 32) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  return [bits === 32 ? 0xca : 0xcb, ...new Uint8Array(view.buffer, 0, bits / 8)];
}

function bigEndian(value: bigint, width: number): number[] {
  return Array.from({ length: width }, (_, i) =>
    Number(BigInt.asUintN(8, value >> BigInt(8 * (width - 1 - i)))),
  );
}

/** Every value in a tree, from the outside in; of a map first the key, then what it leads to. */
export function allOf(tree: WireTree): readonly WireTree[] {
  const found: WireTree[] = [tree];
  for (const each of found) {
    if (each.kind === "array") found.push(...each.items);
    else if (each.kind === "map") found.push(...each.entries.flat());
  }
  return found;
}
