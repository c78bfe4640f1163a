// Values of canonical types, in a form that shows what they are without their type; and random ones, which like limits.
import type { CanonicalNode, CanonicalTuple, CanonicalType, NodeIndex } from "../canonical-type.ts";
import type { Tag } from "../schema.ts";
import { accepts, type Pattern } from "../template.ts";
import { type TypedArrayName, typedArrayWidths } from "../typed-array.ts";
import type { Random } from "./random.ts";

/** A value of a mixed union says which arm it is of, by position. A struct is a map by field name without what is absent; a map is a list of pairs; sets and tuples are lists. */
export type Value =
  | null
  | undefined
  | boolean
  | string
  | number
  | bigint
  | Uint8Array
  | Date
  /** A typed array: the bytes of its elements, little-endian. */
  | { readonly array: TypedArrayName; readonly bytes: readonly number[] }
  | readonly Value[]
  | Fields
  | { readonly tag: Tag; readonly fields: Fields }
  | { readonly arm: number; readonly value: Value };

export type Fields = ReadonlyMap<string, Value>;

/** A text that is equal for equal values and no others. */
export function valueText(value: Value): string {
  if (value === undefined) return "undefined";
  if (typeof value === "bigint") return `${value}`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : `${value}`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (value instanceof Uint8Array) return `<${value.join()}>`;
  if (value instanceof Date) return `<${value.getTime()}>`;
  if ("array" in value) return `${value.array}<${value.bytes.join()}>`;
  if (Array.isArray(value)) return `[${value.map(valueText).join()}]`;
  if (value instanceof Map)
    return `{${[...value].map(([name, each]) => `${JSON.stringify(name)}:${valueText(each)}`).join()}}`;
  if ("arm" in value) return `${value.arm}:${valueText(value.value)}`;
  const { tag, fields } = value as { tag: Tag; fields: Fields };
  return `${valueText(tag)}${valueText(fields)}`;
}

/** A type all of whose values are endless. */
export class NoValue extends Error {}

/** Values of one type. */
export class Values {
  readonly #type: CanonicalType;
  readonly #random: Random;

  constructor(type: CanonicalType, random: Random) {
    this.#type = type;
    this.#random = random;
  }

  /** @throws {NoValue} where the type has none that ends */
  next(): Value {
    return this.#value(this.#type.root, 0);
  }

  #value(index: NodeIndex, depth: number): Value {
    if (depth > 60) throw new NoValue();
    const node = nodeAt(this.#type, index);
    const inner = (child: NodeIndex): Value => this.#value(child, depth + 1);
    switch (node.kind) {
      case "null":
        return null;
      case "boolean":
        return this.#random.chance(50);
      case "string":
        return this.#random.pick(["", "a", "low", "__proto__", "é", "7", "𝄞"]);
      case "bytes":
        return Uint8Array.from({ length: this.#random.below(3) }, () => this.#random.below(256));
      case "template":
        return this.#text(node.patterns);
      case "typedArray": {
        const length = typedArrayWidths[node.array] * this.#random.below(3);
        return { array: node.array, bytes: Array.from({ length }, () => this.#random.below(256)) };
      }
      case "actorRef":
        throw new NoValue();
      case "date":
        return new Date(this.#random.pick([0, -1, 999, 8.64e15, 1_709_827_200_000]));
      case "integer":
      case "bigint":
      case "float":
        return this.#number(node);
      case "maybe":
        return this.#maybe(node, depth);
      case "array":
        return this.#list(depth, () => inner(node.element));
      case "set":
        return unique(
          this.#list(depth, () => inner(node.element)),
          (value) => value,
        );
      case "record":
        return this.#entries(
          depth,
          () => this.#random.pick(["", "a", "b", "7"]),
          () => inner(node.value),
        );
      case "map":
        return this.#entries(
          depth,
          () => inner(node.key),
          () => inner(node.value),
        );
      case "tuple":
        return this.#tuple(node, inner);
      case "choice":
        return this.#random.pick(node.members).value;
      case "struct":
        return this.#fields(node, depth);
      case "union": {
        if (node.variants.length === 0) throw new NoValue();
        const { tag, struct } = this.#random.pick(node.variants);
        return { tag, fields: this.#value(struct, depth + 1) as Fields };
      }
      case "mixed": {
        const arm = this.#random.below(node.arms.length);
        return { arm, value: inner(node.arms[arm]?.type ?? 0) };
      }
    }
  }

  /** A text of a template, found by trying. */
  #text(patterns: readonly Pattern[]): string {
    for (let tries = 0; tries < 100; tries++) {
      const pattern = this.#random.pick(patterns);
      const text = pattern.map((part, i) => (i % 2 === 0 ? part : this.#random.pick(fillings))).join("");
      if (accepts(patterns, text)) return text;
    }
    throw new NoValue();
  }

  #list(depth: number, item: () => Value): readonly Value[] {
    const most = depth > 5 ? 0 : 3;
    return Array.from({ length: this.#random.below(most + 1) }, item);
  }

  #entries(depth: number, key: () => Value, value: () => Value): readonly Value[] {
    const pairs = this.#list(depth, () => [key(), value()]) as readonly (readonly [Value, Value])[];
    return unique(pairs, (pair) => (pair as readonly Value[])[0]);
  }

  #tuple(
    { elements, required, rest, trailing = [] }: CanonicalTuple,
    inner: (index: NodeIndex) => Value,
  ): readonly Value[] {
    const values = elements.map(inner);
    const between =
      rest === undefined ? [] : Array.from({ length: this.#random.below(3) }, () => inner(rest));
    // What is absent at the end is not there: a tuple is as long as its last element that is.
    while (between.length === 0 && values.length > required && values.at(-1) === undefined) values.pop();
    return [...values, ...between, ...trailing.map(inner)];
  }

  #maybe(node: Extract<CanonicalNode, { kind: "maybe" }>, depth: number): Value {
    const empties: Value[] = [...(node.null ? [null] : []), ...(node.undefined ? [undefined] : [])];
    const onlyEmpty = nodeAt(this.#type, node.type).kind === "null";
    if (onlyEmpty || depth > 5 || this.#random.chance(40)) return empties[this.#random.below(empties.length)];
    return this.#value(node.type, depth + 1);
  }

  #fields(node: Extract<CanonicalNode, { kind: "struct" }>, depth: number): Fields {
    const fields = new Map<string, Value>();
    for (const { name, type } of node.fields) {
      const value = this.#value(type, depth + 1);
      if (value !== undefined) fields.set(name, value);
    }
    return fields;
  }

  #number(node: Extract<CanonicalNode, { kind: "integer" | "bigint" | "float" }>): number | bigint {
    if (node.kind === "float") {
      const value = this.#random.pick(floats);
      return node.format === "f32" ? Math.fround(value) : value;
    }
    const [least, most] = integerLimits[node.format];
    const near = BigInt(this.#random.below(3));
    const value = this.#random.pick([least + near, most - near, near, 200n, 70000n, -1n]);
    const within = value < least ? least : value > most ? most : value;
    return node.kind === "bigint" ? within : Number(within);
  }
}

/** The least and the most; of `bigint`, some. */
export const integerLimits = {
  i8: [-128n, 127n],
  i16: [-32768n, 32767n],
  i32: [-2147483648n, 2147483647n],
  u8: [0n, 255n],
  u16: [0n, 65535n],
  u32: [0n, 4294967295n],
  int: [-9007199254740991n, 9007199254740991n],
  i64: [-9223372036854775808n, 9223372036854775807n],
  u64: [0n, 18446744073709551615n],
  bigint: [-(1n << 70n), 1n << 70n],
} as const;

/** What stands in a template's placeholders, if it fits. */
const fillings = ["", "a", "7", "-1.5", "AB", "Ab", "x-y", "0x1F", "12", "é", "px", "1e3", " "];

const floats = [
  0,
  -0,
  1,
  -1,
  0.5,
  0.1,
  1e300,
  2 ** 24 + 1,
  2 ** 53 - 1,
  2 ** 60,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];

export function nodeAt(type: CanonicalType, index: NodeIndex): CanonicalNode {
  const node = type.nodes[index];
  if (node === undefined) throw new RangeError(`no node ${index}`);
  return node;
}

function unique(values: readonly Value[], key: (value: Value) => Value): readonly Value[] {
  // Of two dates each is one for itself, as of other objects that are no data structure here.
  const identity = (own: Value): unknown => (own instanceof Date ? own : valueText(own));
  return [...new Map(values.map((value) => [identity(key(value)), value])).values()];
}
