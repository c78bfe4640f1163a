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

/** Bytes that grow. */
class Sink {
  #bytes = new Uint8Array(256);
  #length = 0;

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #room(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    const longer = new Uint8Array(2 * (this.#length + length));
    longer.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = longer;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  all(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A number of `width` bytes, big-endian, behind a first byte. */
  tagged(tag: number, value: number | bigint, width: number): void {
    this.byte(tag);
    for (let shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      this.byte(
        typeof value === "bigint" ? Number((value >> BigInt(shift)) & 255n) : (value / 2 ** shift) & 255,
      );
    }
  }

  /** @param tags the short form and its limit, then the first bytes of the forms with 1, 2 and 4 bytes; 0 for none */
  head(length: number, tags: readonly number[], wider = 0): void {
    const [short = 0, limit = 0, ...long] = tags;
    const least = length < limit ? -1 : long.findIndex((tag, i) => tag !== 0 && length < 256 ** (1 << i));
    let form = least;
    for (let steps = wider; steps > 0 && form < 2; form++) if (long[form + 1] !== 0) steps--;
    if (form < 0) this.byte(short | length);
    else this.tagged(long[form] ?? 0, length, 1 << form);
  }

  integer(value: bigint, wider: number): void {
    const forms: [tag: number, width: number][] = [];
    const isFix = value >= -32n && value < 128n;
    for (const [i, width] of [1, 2, 4, 8].entries()) {
      if (BigInt.asUintN(8 * width, value) === value) forms.push([0xcc + i, width]);
      if (BigInt.asIntN(8 * width, value) === value) forms.push([0xd0 + i, width]);
    }
    const form = forms[Math.min(isFix ? wider - 1 : wider, forms.length - 1)];
    if (form === undefined) this.byte(Number(BigInt.asUintN(8, value)));
    else this.tagged(form[0], value, form[1]);
  }

  float(value: number, bits: 32 | 64): void {
    const view = new DataView(new ArrayBuffer(8));
    if (bits === 32) view.setFloat32(0, value);
    else view.setFloat64(0, value);
    this.byte(bits === 32 ? 0xca : 0xcb);
    this.all(new Uint8Array(view.buffer, 0, bits / 8));
  }

  ext(tag: number, type: number, bytes: Uint8Array): void {
    const { length } = bytes;
    const fits = tag <= 0xc9 && length < 256 ** (1 << (tag - 0xc7));
    const width = fits ? 1 << (tag - 0xc7) : length < 256 ? 1 : 4;
    if (tag >= 0xd4 && length === 1 << (tag - 0xd4)) this.byte(tag);
    else this.tagged(width === 1 ? 0xc7 : width === 2 ? 0xc8 : 0xc9, length, width);
    this.byte(type);
    this.all(bytes);
  }

  tree(tree: WireTree): void {
    switch (tree.kind) {
      case "nil":
        return this.byte(0xc0);
      case "boolean":
        return this.byte(tree.value ? 0xc3 : 0xc2);
      case "integer":
        return this.integer(tree.value, tree.wider ?? 0);
      case "float":
        return this.float(tree.value, tree.bits);
      case "text":
        this.head(tree.bytes.length, [0xa0, 32, 0xd9, 0xda, 0xdb], tree.wider);
        return this.all(tree.bytes);
      case "bytes":
        this.head(tree.bytes.length, [0, 0, 0xc4, 0xc5, 0xc6], tree.wider);
        return this.all(tree.bytes);
      case "array":
        this.head(tree.items.length, [0x90, 16, 0, 0xdc, 0xdd], tree.wider);
        for (const item of tree.items) this.tree(item);
        return;
      case "map":
        this.head(tree.entries.length, [0x80, 16, 0, 0xde, 0xdf], tree.wider);
        for (const [key, value] of tree.entries) {
          this.tree(key);
          this.tree(value);
        }
        return;
      case "ext":
        return this.ext(tree.head, tree.type, tree.bytes);
      default:
        return this.all(tree.bytes);
    }
  }
}

/** The bytes of a tree. */
export function writeTree(tree: WireTree): Uint8Array {
  const sink = new Sink();
  sink.tree(tree);
  return sink.done();
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
