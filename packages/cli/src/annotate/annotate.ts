// Explains the bytes of a message item by item: where it stands, what MessagePack calls it, which field it is, what
// it means. Guided by a schema, it never refuses: what the schema does not foresee is shown as what it is.

import type { Choice, Schema, Struct, Type, Union } from "@hewn/schema";
import { describeItem, keyText } from "./describe-item.ts";
import { type Item, readItem, TruncatedItem } from "./messagepack-item.ts";

export interface Annotation {
  /** Of the item's first byte. */
  readonly offset: number;
  /** The item's own bytes: of arrays and maps the header alone. */
  readonly bytes: Uint8Array;
  /** MessagePack's own name of the format. */
  readonly format: string;
  /** `SensorReading.place.room` */
  readonly path: string;
  /** What it means, for a person; empty for arrays and maps. */
  readonly value: string;
}

/** What is known of an item before it is read. `type` is undefined where the schema ends. */
interface Guide {
  readonly path: string;
  readonly type: Type | undefined;
}

/** Deeper than any codec reads: a message that nests so far was made to overflow something. */
const depthMax = 512;

/**
 * The items of `bytes` from `offset` on, which is a message of the declared type `id`. Ends early, with an
 * annotation that says so, where the bytes do.
 */
export function annotate(bytes: Uint8Array, schema: Schema, id: string, offset = 0): Annotation[] {
  const walk = new Walk(bytes, schema, offset);
  walk.item({ path: schema.declarations.get(id)?.name ?? id, type: { kind: "ref", id } }, 0);
  walk.rest();
  return walk.annotations;
}

class Walk {
  readonly annotations: Annotation[] = [];
  readonly #bytes: Uint8Array;
  readonly #schema: Schema;
  #offset: number;
  #ended = false;

  constructor(bytes: Uint8Array, schema: Schema, offset: number) {
    this.#bytes = bytes;
    this.#schema = schema;
    this.#offset = offset;
  }

  /** Reads one item with all that belongs to it; answers the item itself, unless the bytes have ended. */
  item({ path, type: declared }: Guide, depth: number): Item | undefined {
    if (this.#ended) return undefined;
    const item = this.#read(path);
    if (item === undefined) return undefined;
    const type = this.#resolve(declared, item);
    this.#add(item.bytes, item.format, path, describeItem(item, type));
    if (item.children === 0) return item;
    if (depth >= depthMax) this.#end("nested deeper than any message may be", path);
    else if (item.kind === "map") this.#map(item, { path, type }, depth + 1);
    else if (type?.kind === "union") this.#union(item, type, path, depth + 1);
    else this.#elements(item, { path, type }, depth + 1);
    return item;
  }

  /** What stands behind the message. */
  rest(): void {
    const left = this.#bytes.length - this.#offset;
    if (left > 0 && !this.#ended) this.#add(left, "", "", "bytes behind the message");
  }

  #elements(item: Item, guide: Guide, depth: number): void {
    for (let i = 0; i < item.children && !this.#ended; i++) this.item(elementGuide(guide, i), depth);
  }

  /** The discriminant, then the fields of its variant. */
  #union(item: Item, union: Union, path: string, depth: number): void {
    const discriminant: Choice = {
      kind: "choice",
      members: union.variants.map(({ tag, ordinal }) => ({ value: tag, ordinal })),
    };
    const tag = this.item({ path: `${path}.${union.discriminant}`, type: discriminant }, depth);
    const variant = union.variants.find(({ ordinal }) => ordinal === tag?.value);
    for (let i = 1; i < item.children && !this.#ended; i++) {
      this.item(slotGuide(path, variant?.struct, i - 1), depth);
    }
  }

  #map(item: Item, { path, type }: Guide, depth: number): void {
    const keyType = type?.kind === "map" ? type.key : undefined;
    const valueType = type?.kind === "map" || type?.kind === "record" ? type.value : undefined;
    for (let i = 0; i < item.children / 2 && !this.#ended; i++) {
      const key = this.item({ path: `${path}, key ${i + 1}`, type: keyType }, depth);
      this.item({ path: `${path}[${key === undefined ? "?" : keyText(key)}]`, type: valueType }, depth);
    }
  }

  #read(path: string): Item | undefined {
    try {
      return readItem(this.#bytes, this.#offset);
    } catch (error) {
      if (!(error instanceof TruncatedItem)) throw error;
      this.#end("the bytes end inside of this item", path);
      return undefined;
    }
  }

  /** Follows names, and takes off what an item that is there says by being there. */
  #resolve(declared: Type | undefined, item: Item): Type | undefined {
    const type = declared?.kind === "ref" ? this.#schema.declarations.get(declared.id)?.type : declared;
    if (type?.kind === "ref") return this.#resolve(type, item);
    return type?.kind === "maybe" && item.kind !== "nil" ? this.#resolve(type.type, item) : type;
  }

  #end(why: string, path: string): void {
    this.#ended = true;
    this.#add(this.#bytes.length - this.#offset, "", path, why);
  }

  #add(length: number, format: string, path: string, value: string): void {
    const bytes = this.#bytes.subarray(this.#offset, this.#offset + length);
    this.annotations.push({ offset: this.#offset, bytes, format, path, value });
    this.#offset += length;
  }
}

/** Element `i` of an array: a field of a struct, or an element of what is an array in TypeScript too. */
function elementGuide({ path, type }: Guide, i: number): Guide {
  switch (type?.kind) {
    case "struct":
      return slotGuide(path, type, i);
    case "tuple":
      return { path: `${path}[${i}]`, type: type.elements[i] };
    case "array":
    case "set":
      return { path: `${path}[${i}]`, type: type.element };
    default:
      return { path: `${path}[${i}]`, type: undefined };
  }
}

function slotGuide(path: string, struct: Struct | undefined, slot: number): Guide {
  const field = struct?.fields.find((candidate) => candidate.slot === slot);
  if (field !== undefined) return { path: fieldPath(path, field.name), type: field.type };
  return { path: `${path}, slot ${slot}`, type: undefined };
}

function fieldPath(path: string, name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `${path}.${name}`
    : `${path}[${keyText(name)}]`;
}
