// What a reader must make of bytes, by docs/protocol.md: the value, or that it refuses them. A second decoder, written
// from the description and for clarity alone; limits of depth and memory are not its business.
import { accepts, type Pattern, type TypedArrayName, tupleLengths, tuplePartAt } from "@hewn/schema";
import { bare, kindOf, type NumberName, type Shape, type ShapeField } from "./shape.testing.ts";
import { readTree, type WireTree, writeTree } from "./wire-tree.testing.ts";

/** Thrown inside of the references where a value is refused. */
export class Refused extends Error {}

export function refuse(): never {
  throw new Refused();
}

/** The outcome of a reference: a value, or `undefined` for a refusal. */
export type Verdict = { readonly value: unknown } | undefined;

export function verdict(read: () => unknown): Verdict {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

export function referenceDecode(shape: Shape, bytes: Uint8Array): Verdict {
  const tree = readTree(bytes);
  return tree && verdict(() => decoded(shape, tree));
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function text(tree: WireTree): string {
  if (tree.kind !== "text") return refuse();
  try {
    return utf8.decode(tree.bytes);
  } catch {
    return refuse();
  }
}

function decoded(shape: Shape, tree: WireTree): unknown {
  const type = bare(shape);
  switch (type.kind) {
    case "boolean":
      return tree.kind === "boolean" ? tree.value : refuse();
    case "null":
      return tree.kind === "nil" ? null : refuse();
    case "string":
      return text(tree);
    case "bytes":
      return tree.kind === "bytes" ? tree.bytes.slice() : refuse();
    case "template":
      return fitting(type.patterns, text(tree));
    case "date":
      return date(tree);
    case "typed array":
      return typedArray(type.name, tree.kind === "bytes" ? tree.bytes : refuse());
    case "number":
      return float(tree);
    case "bigint":
      return tree.kind === "ext" ? longBigint(tree) : integer(tree);
    case "named number":
      return namedNumber(type.name, tree);
    case "choice":
      return member(type.values, tree);
    case "maybe":
      return maybe(type, tree);
    case "array":
      return array(type.element, tree);
    case "set":
      return unique(items(tree).map((item) => decoded(type.element, item)));
    case "map":
      return entries(tree, (pairs) =>
        pairs.map(([key, value]) => [decoded(type.key, key), decoded(type.value, value)] as const),
      );
    case "record":
      return record(type.element, tree);
    case "tuple":
      return tuple(type, items(tree));
    case "struct":
      return struct(type.fields, items(tree));
    case "mixed":
      return mixed(type.arms, tree);
    case "union": {
      const ordinal = items(tree).at(0);
      const slots = items(tree).slice(1);
      const variant = ordinal && type.variants.find((_, i) => BigInt(i) === integer(ordinal));
      return variant ? { [type.discriminant]: variant.tag, ...struct(variant.fields, slots) } : refuse();
    }
  }
}

/** An arm as it is, or behind its ordinal where two arms have one kind of MessagePack. */
function mixed(arms: readonly Shape[], tree: WireTree): unknown {
  const wires = arms.map((arm) => kindOf(arm).wire);
  if (new Set(wires).size === wires.length) {
    const arm = arms.find(
      (each) => kindOf(each).wire === wireOf(tree) && (tree.kind !== "ext" || isExt(each)),
    );
    return decoded(arm ?? refuse(), tree);
  }
  const [ordinal, inner, ...more] = items(tree);
  if (ordinal === undefined || inner === undefined || more.length > 0) return refuse();
  return decoded(arms.find((_, i) => BigInt(i) === integer(ordinal)) ?? refuse(), inner);
}

/** The kind of a value in the words of `kindOf`. */
function wireOf(tree: WireTree): string {
  if (tree.kind === "ext") return ["", "number", "f64", "f32"][tree.type] ?? "";
  if (tree.kind === "integer" || tree.kind === "float") return "number";
  return tree.kind === "text" ? "string" : tree.kind;
}

function isExt(arm: Shape): boolean {
  const { is, wire } = kindOf(arm);
  return wire === "f64" || wire === "f32" || (is === "bigint" && bare(arm).kind === "bigint");
}

/** A text that a template has; the schema's own matching is another than the runtime's. */
export function fitting(patterns: readonly Pattern[], value: string): string {
  return accepts(patterns, value) ? value : refuse();
}

/** Seconds and nanoseconds, of which a Date holds whole milliseconds. */
function date(tree: WireTree): Date {
  if (tree.kind !== "ext" || tree.type !== 255) return refuse();
  const big = BigInt(`0x0${Buffer.from(tree.bytes).toString("hex")}`);
  // No object: campaigns pollute the prototype that it would have.
  const parts = new Map<number, readonly [seconds: bigint, nanoseconds: bigint]>([
    [4, [big, 0n]],
    [8, [BigInt.asUintN(34, big), big >> 34n]],
    [12, [BigInt.asIntN(64, big), big >> 64n]],
  ]);
  const [seconds, nanoseconds] = parts.get(tree.bytes.length) ?? refuse();
  if (nanoseconds >= 1_000_000_000n || nanoseconds % 1_000_000n !== 0n) refuse();
  return dateAt(seconds * 1000n + nanoseconds / 1_000_000n);
}

/** A Date, unless the time is beyond what one holds. */
export function dateAt(time: bigint): Date {
  const value = new Date(Number(time));
  return Number.isNaN(value.getTime()) ? refuse() : value;
}

/** The array whose memory has these bytes; the machines that run this keep the least significant byte first. */
export function typedArray(name: TypedArrayName, bytes: Uint8Array): unknown {
  const type = typedArrayTypes[name];
  return bytes.length % type.BYTES_PER_ELEMENT === 0 ? new type(bytes.slice().buffer) : refuse();
}

const typedArrayTypes: Readonly<
  Record<TypedArrayName, { readonly BYTES_PER_ELEMENT: number; new (memory: ArrayBuffer): unknown }>
> = {
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

function integer(tree: WireTree): bigint {
  return tree.kind === "integer" ? tree.value : refuse();
}

function longBigint({ type, bytes }: Extract<WireTree, { kind: "ext" }>): bigint {
  if (type !== 1 || bytes.length === 0 || bytes.length > 2048) return refuse();
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString("hex")}`));
}

function float(tree: WireTree): number {
  if (tree.kind === "float") return tree.value;
  const value = Number(integer(tree));
  return Number.isSafeInteger(value) ? value : refuse();
}

const bounds: Readonly<Record<Exclude<NumberName, "f32" | "f64">, readonly [bigint, bigint]>> = {
  i8: [-(2n ** 7n), 2n ** 7n - 1n],
  i16: [-(2n ** 15n), 2n ** 15n - 1n],
  i32: [-(2n ** 31n), 2n ** 31n - 1n],
  u8: [0n, 2n ** 8n - 1n],
  u16: [0n, 2n ** 16n - 1n],
  u32: [0n, 2n ** 32n - 1n],
  int: [-(2n ** 53n) + 1n, 2n ** 53n - 1n],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
};

/** An integer within the bounds of its name, as the JavaScript type that stands for it. */
export function bounded(name: Exclude<NumberName, "f32" | "f64">, value: bigint): number | bigint {
  const [least, most] = bounds[name];
  if (value < least || value > most) return refuse();
  return name === "i64" || name === "u64" ? value : Number(value);
}

function namedNumber(name: NumberName, tree: WireTree): number | bigint {
  if (name === "f64") return float(tree);
  if (name !== "f32") return bounded(name, integer(tree));
  const value = float(tree);
  return Object.is(Math.fround(value), value) ? value : refuse();
}

function member(values: readonly unknown[], tree: WireTree): unknown {
  const ordinal = integer(tree);
  return ordinal >= 0n && ordinal < values.length ? values[Number(ordinal)] : refuse();
}

function isNullMark(tree: WireTree): boolean {
  return tree.kind === "ext" && tree.head === 0xc7 && tree.type === 0 && tree.bytes.length === 0;
}

function maybe(type: Extract<Shape, { kind: "maybe" }>, tree: WireTree): unknown {
  if (tree.kind === "nil") return type.undefined ? undefined : null;
  if (type.null && type.undefined && isNullMark(tree)) return null;
  return decoded(type.type, tree);
}

function items(tree: WireTree): readonly WireTree[] {
  return tree.kind === "array" ? tree.items : refuse();
}

function array(element: Shape, tree: WireTree): unknown[] {
  const type = bare(element);
  const isPacked = type.kind === "named number" && (type.name === "f64" || type.name === "f32");
  if (!isPacked) return items(tree).map((item) => decoded(element, item));
  const size = type.name === "f64" ? 8 : 4;
  if (tree.kind !== "ext" || tree.type !== (size === 8 ? 2 : 3) || tree.bytes.length % size !== 0) refuse();
  const view = new DataView(tree.bytes.slice().buffer);
  return Array.from({ length: tree.bytes.length / size }, (_, i) =>
    size === 8 ? view.getFloat64(8 * i, true) : view.getFloat32(4 * i, true),
  );
}

export function unique(values: readonly unknown[]): Set<unknown> {
  const set = new Set(values);
  return set.size === values.length ? set : refuse();
}

type Pairs = readonly (readonly [unknown, unknown])[];

function entries(
  tree: WireTree,
  read: (pairs: readonly (readonly [WireTree, WireTree])[]) => Pairs,
): Map<unknown, unknown> {
  return uniqueKeys(read(tree.kind === "map" ? tree.entries : refuse()));
}

export function uniqueKeys(pairs: Pairs): Map<unknown, unknown> {
  const map = new Map(pairs);
  return map.size === pairs.length ? map : refuse();
}

function record(element: Shape, tree: WireTree): object {
  const map = entries(tree, (pairs) => pairs.map(([key, value]) => [text(key), decoded(element, value)]));
  return map.has("__proto__") ? refuse() : Object.fromEntries(map);
}

function tuple(type: Extract<Shape, { kind: "tuple" }>, found: readonly WireTree[]): unknown[] {
  const { least, most } = tupleLengths(type);
  if (found.length < least || found.length > most) refuse();
  const values: unknown[] = [];
  for (const [index, tree] of found.entries()) {
    const element = tuplePartAt(type, index, found.length) ?? refuse();
    // An optional element that is absent is a hole, unless others follow.
    const isOptional = index >= type.required && index < type.elements.length;
    if (isOptional && tree.kind === "nil") {
      if (found.length > type.elements.length) values[index] = undefined;
    } else values[index] = decoded(element, tree);
  }
  return values;
}

/** Slots in order; what the array has not is absent, what it has more is passed over. */
function struct(fields: readonly ShapeField[], slots: readonly WireTree[]): object {
  const object: [string, unknown][] = [];
  for (const [index, { name, shape, optional }] of fields.entries()) {
    const slot = slots.at(index);
    const type = optional ? possibly(shape) : shape;
    const mayBeAbsent = type.kind === "maybe" && type.undefined;
    const value = slot ? decoded(type, slot) : mayBeAbsent ? undefined : refuse();
    if (value !== undefined || !optional) object.push([name, value]);
  }
  return Object.fromEntries(object);
}

/** What an optional field holds: its type or nothing. */
function possibly(shape: Shape): Shape {
  const type = bare(shape);
  if (type.kind === "maybe") return { ...type, undefined: true };
  return { kind: "maybe", type: shape, null: false, undefined: true };
}

/** The same value in other formats of MessagePack, where `choose` says so: readers must not tell them apart. */
export function reformatted(tree: WireTree, choose: (below: number) => number): Uint8Array {
  const widen = (part: WireTree): WireTree => {
    if (part.kind === "array") return { ...part, items: part.items.map(widen), wider: choose(3) };
    if (part.kind === "map") {
      const entries = part.entries.map(([key, value]): [WireTree, WireTree] => [widen(key), widen(value)]);
      return { ...part, entries, wider: choose(3) };
    }
    if (part.kind === "integer" || part.kind === "text" || part.kind === "bytes") {
      return { ...part, wider: choose(4) };
    }
    return part.kind === "float" && part.bits === 32 && choose(2) === 0 ? { ...part, bits: 64 } : part;
  };
  return writeTree(widen(tree));
}
