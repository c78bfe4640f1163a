// What the bytes of a value must say, by the protocol and by an independent MessagePack reader. It is written from
// the description of the format and shares nothing with the emitter.
import { tuplePartAt } from "@hewn/schema";
import { decode, ExtData } from "@msgpack/msgpack";
import { bare, isOfArm, kindOf, type Shape, type ShapeField } from "./shape.testing.ts";

/** Extension numbers of the protocol. */
const extension = { nullMark: 0, bigint: 1, f64s: 2, f32s: 3 };

/** Integers of any format are one value to a reader: here all are bigints. */
function number(value: number): number | bigint {
  return Number.isInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
}

/** Reads MessagePack into the terms of {@link expectedWire}: integers as bigints, map keys as text. */
export function readWire(bytes: Uint8Array): unknown {
  return plain(decode(bytes, { useBigInt64: true, mapKeyConverter: (key) => String(plain(key)) }));
}

function plain(value: unknown): unknown {
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof ExtData) {
    const data = typeof value.data === "function" ? value.data(0) : value.data;
    return { extension: value.type, data: [...data] };
  }
  if (value instanceof Date) return { time: value.getTime() };
  if (ArrayBuffer.isView(value))
    return { bytes: [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)] };
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** What {@link readWire} must answer for the bytes of `value`. */
export function expectedWire(shape: Shape, value: unknown): unknown {
  if (value === undefined) return null;
  const type = bare(shape);
  switch (type.kind) {
    case "typed array":
      // The machines that run this keep the least significant byte first.
      return { bytes: [...new Uint8Array((value as Int8Array).buffer)] };
    case "bytes":
      return { bytes: [...(value as Uint8Array)] };
    case "date":
      return { time: (value as Date).getTime() };
    case "number":
      return number(value as number);
    case "named number":
      return typeof value === "bigint" ? value : number(value as number);
    case "bigint":
      return bigint(value as bigint);
    case "choice":
      return BigInt(type.values.indexOf(value as string));
    case "maybe":
      if (value === null) return type.undefined ? { extension: extension.nullMark, data: [] } : null;
      return expectedWire(type.type, value);
    case "array":
      return sequence(type.element, value as readonly unknown[]);
    case "set":
      return [...(value as ReadonlySet<unknown>)].map((item) => expectedWire(type.element, item));
    case "tuple":
      return (value as readonly unknown[]).map((item, index, all) =>
        expectedWire(tuplePartAt(type, index, all.length) as Shape, item),
      );
    case "map":
      return entries([...(value as ReadonlyMap<unknown, unknown>)], type.key, type.value);
    case "record":
      return entries(Object.entries(value as object), { kind: "string" }, type.element);
    case "struct":
      return fields(type.fields, value as Readonly<Record<string, unknown>>);
    case "mixed": {
      const ordinal = type.arms.findIndex((each) => isOfArm(each, value));
      const arm = expectedWire(type.arms[ordinal] as Shape, value);
      const wires = type.arms.map((each) => kindOf(each).wire);
      return new Set(wires).size < wires.length ? [BigInt(ordinal), arm] : arm;
    }
    case "union": {
      const object = value as Readonly<Record<string, unknown>>;
      const ordinal = type.variants.findIndex(({ tag }) => tag === object[type.discriminant]);
      return [BigInt(ordinal), ...fields(type.variants[ordinal]?.fields ?? [], object)];
    }
    default:
      return value;
  }
}

function bigint(value: bigint): unknown {
  if (value >= -(2n ** 63n) && value < 2n ** 64n) return value;
  const data: number[] = [];
  let rest = value;
  // Two's complement, big-endian, as short as the sign allows.
  do {
    data.unshift(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (!((rest === 0n && (data[0] ?? 0) < 128) || (rest === -1n && (data[0] ?? 0) >= 128)));
  return { extension: extension.bigint, data };
}

function sequence(element: Shape, items: readonly unknown[]): unknown {
  const type = bare(element);
  if (type.kind !== "named number" || (type.name !== "f64" && type.name !== "f32")) {
    return items.map((item) => expectedWire(element, item));
  }
  const size = type.name === "f64" ? 8 : 4;
  const view = new DataView(new ArrayBuffer(size * items.length));
  items.forEach((item, index) => {
    if (type.name === "f64") view.setFloat64(index * size, item as number, true);
    else view.setFloat32(index * size, item as number, true);
  });
  const data = [...new Uint8Array(view.buffer)];
  return { extension: type.name === "f64" ? extension.f64s : extension.f32s, data };
}

function entries(pairs: readonly (readonly [unknown, unknown])[], key: Shape, value: Shape): unknown {
  return Object.fromEntries(pairs.map(([k, v]) => [String(expectedWire(key, k)), expectedWire(value, v)]));
}

/** Slots in declared order; what is absent at the end is cut off. */
function fields(declared: readonly ShapeField[], object: Readonly<Record<string, unknown>>): unknown[] {
  const last = declared.findLastIndex(
    ({ name }) => Object.hasOwn(object, name) && object[name] !== undefined,
  );
  return declared.slice(0, last + 1).map(({ name, shape, optional }) => {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    const isMaybe = shape.kind === "maybe";
    return expectedWire(optional && isMaybe ? { ...shape, undefined: true } : shape, value);
  });
}
