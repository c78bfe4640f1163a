// Explains the bytes of a message item by item: where it stands, what MessagePack calls it, which field it is, what
// it means. Guided by a schema where there is one, it never refuses: what the schema does not foresee is shown as
// what it is.

import {
  type Arm,
  areTagged,
  armWord,
  type BinaryKind,
  type Choice,
  kindsOf,
  type Mixed,
  type Schema,
  type Struct,
  slotsOf,
  type Type,
  tuplePartAt,
  type Union,
} from "@hewn/schema";
import { describeItem, keyText } from "./describe-item.ts";
import { messageExtent } from "./message-extent.ts";
import { type Item, readItem, TruncatedItem } from "./messagepack-item.ts";

export interface Annotation {
  /** Of the item's first byte. */
  readonly offset: number;
  /** The item's own bytes: of arrays and maps the header alone. */
  readonly bytes: Uint8Array;
  /** MessagePack's own name of the format; empty for what is no item. */
  readonly format: string;
  /** `SensorReading.place.room` */
  readonly path: string;
  /** The last step of the path: `.room` */
  readonly label: string;
  /** How many items this one is inside of. */
  readonly depth: number;
  /** What it means, for a person; empty for arrays and maps. */
  readonly value: string;
  /** The schema says what this is. */
  readonly known: boolean;
}

export interface AnnotateOptions {
  /** The schema and the declaration in it that the message is of. */
  readonly typed?: { readonly schema: Schema; readonly id: string };
  /** Where the message begins. Default 0. */
  readonly offset?: number;
  /** Items after which the rest is not explained. Default 100 000. */
  readonly itemsMax?: number;
}

/** What is known of an item before it is read. `type` is undefined where the schema ends. */
interface Guide {
  readonly path: string;
  readonly label: string;
  readonly type: Type | undefined;
  /** What the item means where its type does not say it. */
  readonly means?: (item: Item) => string | undefined;
}

/** Deeper than any codec reads unless told to: a message that nests so far was made to overflow something. */
const depthMax = 512;
const itemsMaxDefault = 100_000;

/** The items of the message at `offset`. Ends early, with an annotation that says so, where the bytes do. */
export function annotate(bytes: Uint8Array, options: AnnotateOptions = {}): Annotation[] {
  const walk = new Walk(bytes, options);
  const { typed } = options;
  const name = typed === undefined ? "$" : (typed.schema.declarations.get(typed.id)?.name ?? typed.id);
  walk.item({ path: name, label: name, type: typed && { kind: "ref", id: typed.id } }, 0);
  walk.rest();
  return walk.annotations;
}

class Walk {
  readonly annotations: Annotation[] = [];
  readonly #bytes: Uint8Array;
  readonly #schema: Schema | undefined;
  readonly #start: number;
  readonly #itemsMax: number;
  #offset: number;
  #ended = false;

  constructor(bytes: Uint8Array, { typed, offset = 0, itemsMax = itemsMaxDefault }: AnnotateOptions) {
    this.#bytes = bytes;
    this.#schema = typed?.schema;
    this.#start = offset;
    this.#offset = offset;
    this.#itemsMax = itemsMax;
  }

  /** Reads one item with all that belongs to it; answers the item itself, unless the bytes have ended. */
  item(guide: Guide, depth: number): Item | undefined {
    if (this.#ended) return undefined;
    if (this.annotations.length >= this.#itemsMax)
      return this.#end("too many items to list here", guide, depth);
    const item = this.#read(guide, depth);
    if (item === undefined) return undefined;
    const { path } = guide;
    const type = this.#resolve(guide.type, item);
    this.#add(
      item.bytes,
      { ...guide, type },
      depth,
      item.format,
      guide.means?.(item) ?? describeItem(item, type),
    );
    if (item.children === 0) return item;
    if (depth >= depthMax) this.#end("nested deeper than any message may be", guide, depth);
    else if (item.kind === "map") this.#map(item, path, type, depth + 1);
    else if (type?.kind === "union") this.#union(item, type, path, depth + 1);
    else if (type?.kind === "mixed") this.#arm(item, type, path, depth + 1);
    else this.#elements(item, path, type, depth + 1);
    return item;
  }

  /** What stands behind the message. */
  rest(): void {
    const left = this.#bytes.length - this.#offset;
    const guide = { path: "", label: "", type: undefined };
    if (left > 0 && !this.#ended) this.#add(left, guide, 0, "", "bytes behind the message");
  }

  #elements(item: Item, path: string, type: Type | undefined, depth: number): void {
    for (let i = 0; i < item.children && !this.#ended; i++)
      this.item(elementGuide(path, type, i, item.children), depth);
  }

  /** The discriminant, then the fields of its variant. */
  #union(item: Item, union: Union, path: string, depth: number): void {
    const discriminant: Choice = {
      kind: "choice",
      members: union.variants.flatMap(({ tag, ordinal }) => (tag === null ? [] : [{ value: tag, ordinal }])),
    };
    const isNull = (ordinal: Item["value"]): boolean =>
      union.variants.some((each) => each.tag === null && each.ordinal === ordinal);
    const means = ({ value }: Item): string | undefined => (isNull(value) ? "null" : undefined);
    const guide = { ...step(path, memberLabel(union.discriminant), discriminant), means };
    const tag = this.item(guide, depth);
    const variant = union.variants.find(({ ordinal }) => ordinal === tag?.value);
    for (let i = 1; i < item.children && !this.#ended; i++) {
      this.item(slotGuide(path, variant?.struct, i - 1), depth);
    }
  }

  /** The ordinal of an arm, then the arm. */
  #arm(item: Item, mixed: Mixed, path: string, depth: number): void {
    const ordinal = this.item(step(path, ", arm", ordinalType), depth);
    const arm = mixed.arms.find((each) => each.ordinal === ordinal?.value);
    const last = this.annotations.at(-1);
    const word = this.#armText(mixed, arm);
    // The number says nothing to whoever does not know the type by heart.
    if (last && ordinal?.kind === "integer")
      this.annotations[this.annotations.length - 1] = { ...last, value: `${last.value} (${word})` };
    // Errors inside the arm do not name it: its path is that of the union.
    const guide = { path, label: word, type: arm?.type };
    for (let i = 1; i < item.children && !this.#ended; i++) this.item(guide, depth);
  }

  #armText(mixed: Mixed, arm: Arm | undefined): string {
    if (arm === undefined) return "no arm";
    return armWord(mixed, arm, (id) => {
      const declaration = this.#schema?.declarations.get(id);
      if (declaration === undefined) throw new Error(`the schema has no declaration ${id}`);
      return declaration;
    });
  }

  #map(item: Item, path: string, type: Type | undefined, depth: number): void {
    const keyType = type?.kind === "map" ? type.key : type?.kind === "record" ? stringType : undefined;
    const valueType = type?.kind === "map" || type?.kind === "record" ? type.value : undefined;
    for (let i = 0; i < item.children / 2 && !this.#ended; i++) {
      const key = this.item(step(path, `, key ${i + 1}`, keyType), depth);
      const label = key === undefined ? "?" : keyText(key, this.#resolve(keyType, key));
      this.item(step(path, `[${label}]`, valueType), depth);
    }
  }

  #read(guide: Guide, depth: number): Item | undefined {
    try {
      return readItem(this.#bytes, this.#offset);
    } catch (error) {
      if (!(error instanceof TruncatedItem)) throw error;
      return this.#end(this.#missing(error), guide, depth);
    }
  }

  #missing({ missingBytes }: TruncatedItem): string {
    const extent = messageExtent(this.#bytes, this.#start);
    const missing = extent.is === "truncated" ? extent.missing : missingBytes;
    return `cut off; at least ${missing} missing`;
  }

  /** Follows names, and takes off what an item that is there says by being there. */
  #resolve(declared: Type | undefined, item: Item): Type | undefined {
    const type = declared?.kind === "ref" ? this.#schema?.declarations.get(declared.id)?.type : declared;
    if (type?.kind === "ref") return this.#resolve(type, item);
    if (type?.kind === "mixed") return this.#resolveArm(type, item);
    const isNull = item.kind === "nil" || item.extType === 0;
    return type?.kind === "maybe" && !isNull ? this.#resolve(type.type, item) : type;
  }

  #resolveArm(mixed: Mixed, item: Item): Type | undefined {
    const arm = armOf(mixed, item, (id) => this.#schema?.declarations.get(id)?.type);
    return arm === mixed ? mixed : this.#resolve(arm, item);
  }

  #end(why: string, guide: Guide, depth: number): undefined {
    this.#ended = true;
    this.#add(this.#bytes.length - this.#offset, guide, depth, "", why);
  }

  #add(length: number, { path, label, type }: Guide, depth: number, format: string, value: string): void {
    const bytes = this.#bytes.subarray(this.#offset, this.#offset + length);
    const known = type !== undefined;
    this.annotations.push({ offset: this.#offset, bytes, format, path, label, depth, value, known });
    this.#offset += length;
  }
}

const stringType: Type = { kind: "string" };

function step(path: string, label: string, type: Type | undefined): Guide {
  return { path: `${path}${label}`, label: label.replace(/^, /, ""), type };
}

const ordinalType: Type = { kind: "integer", format: "u32" };

/** The arm that an item is of; the union itself where its arms stand behind their ordinals. */
function armOf(mixed: Mixed, item: Item, declared: (id: string) => Type | undefined): Type | undefined {
  const kinds = mixed.arms.map((arm) => kindsOf(arm.type, declared));
  if (areTagged(kinds.filter((each) => each !== undefined))) return item.kind === "array" ? mixed : undefined;
  const kind = kindOfItem(item);
  return mixed.arms[kinds.findIndex((each) => kind !== undefined && each?.binary.includes(kind))]?.type;
}

function kindOfItem({ kind, extType }: Item): BinaryKind | undefined {
  return kind === "ext" ? `ext ${extType ?? 0}` : binaryKinds[kind];
}

const binaryKinds: Readonly<Record<string, BinaryKind>> = {
  nil: "nil",
  boolean: "bool",
  integer: "number",
  float: "number",
  string: "str",
  bytes: "bin",
  array: "array",
  map: "map",
};

/** Element `i` of an array: a field of a struct, or an element of what is an array in TypeScript too. */
function elementGuide(path: string, type: Type | undefined, i: number, n: number): Guide {
  switch (type?.kind) {
    case "struct":
      return slotGuide(path, type, i);
    case "tuple":
      return step(path, `[${i}]`, tuplePartAt(type, i, n));
    case "array":
    case "set":
      return step(path, `[${i}]`, type.element);
    default:
      return step(path, `[${i}]`, undefined);
  }
}

/** @param struct undefined in a variant that the schema does not have */
function slotGuide(path: string, struct: Struct | undefined, slot: number): Guide {
  const field = struct?.fields.find((candidate) => candidate.slot === slot);
  if (field !== undefined) return step(path, memberLabel(field.name), field.type);
  const isReserved = struct !== undefined && slot < slotsOf(struct).items.length;
  return step(path, `, ${isReserved ? "reserved" : "unknown"} slot ${slot}`, undefined);
}

function memberLabel(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${keyText(name)}]`;
}
