// Random values of a random type. Recursion ends where the type lets it: with null, nothing or an empty container.
import type { Pattern, TypedArrayName } from "@hewn/schema";
import fc, { type Arbitrary } from "fast-check";
import {
  bare,
  isTextual,
  kindOf,
  type NumberName,
  type Shape,
  type ShapeField,
  type ShapeVariant,
} from "./shape.testing.ts";

/** How often a named type may stand inside another one. */
const nestingMax = 3;

/** Any text that UTF-8 can hold. */
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.string({ maxLength: 40 }));

const typedArrays: Readonly<Record<TypedArrayName, (of: { maxLength: number }) => Arbitrary<unknown>>> = {
  Int8Array: fc.int8Array,
  Uint8ClampedArray: fc.uint8ClampedArray,
  Int16Array: fc.int16Array,
  Uint16Array: fc.uint16Array,
  Int32Array: fc.int32Array,
  Uint32Array: fc.uint32Array,
  Float32Array: fc.float32Array,
  Float64Array: fc.float64Array,
  BigInt64Array: fc.bigInt64Array,
  BigUint64Array: fc.bigUint64Array,
};

function textsOf(pattern: Pattern): Arbitrary<string> {
  const parts = pattern.map((part, i) => (i % 2 === 0 ? fc.constant(part) : filling(part)));
  return fc.tuple(...parts).map((all) => all.join(""));
}

function filling(placeholder: string): Arbitrary<string> {
  if (placeholder === "number")
    return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()).map(String);
  if (placeholder === "bigint") return fc.bigInt().map(String);
  const units = placeholder === "string" ? ["x", "Y", "é", "🦀", "0", " "] : ["X", "É", "🦀", "0"];
  return fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });
}

/** Dates that have the shortest form, and those of the middle one: what programs send most, and of all dates a thousandth. */
const wholeSeconds = fc.nat(0x4_0000).map((n) => new Date(n * 0x4000 * 1000));
const usualDates = fc.date({ min: new Date(0), max: new Date(2 ** 34 * 1000 - 1), noInvalidDate: true });

function integer(bits: number, signed: boolean): Arbitrary<number> {
  const [min, max] = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  return fc.oneof(
    fc.integer({ min, max }),
    fc.integer({ min: Math.max(min, -130), max: Math.min(max, 130) }),
  );
}

const named: Readonly<Record<NumberName, () => Arbitrary<number | bigint>>> = {
  i8: () => integer(8, true),
  i16: () => integer(16, true),
  i32: () => integer(32, true),
  u8: () => integer(8, false),
  u16: () => integer(16, false),
  u32: () => integer(32, false),
  int: () => fc.oneof(fc.maxSafeInteger(), integer(32, true)),
  f32: () => fc.float(),
  f64: () => fc.double(),
  i64: () =>
    fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -200n, max: 200n })),
  u64: () => fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 200n })),
};

/** Values of a shape; `-0` is left out of keys, because a Map has one zero. */
export function valuesOf(shape: Shape, depth = nestingMax): Arbitrary<unknown> {
  if (shape.kind === "ref") return fc.constant(null).chain(() => valuesOf(shape.to.shape, depth - 1));
  const type = bare(shape);
  switch (type.kind) {
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return text;
    case "bytes":
      return fc.uint8Array({ maxLength: 40 });
    case "template":
      return fc.oneof(...type.patterns.map(textsOf));
    case "typed array":
      return typedArrays[type.name]({ maxLength: 6 });
    case "date":
      return fc.oneof(fc.date({ noInvalidDate: true }), wholeSeconds, usualDates);
    case "number":
      return fc.oneof(
        fc.double(),
        fc.maxSafeInteger(),
        integer(32, true),
        integer(16, true),
        fc.constant(-0),
      );
    case "bigint":
      return fc.oneof(
        fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
        fc.bigInt({ min: -200n, max: 2n ** 64n - 1n }),
      );
    case "named number":
      return named[type.name]();
    case "choice":
      return fc.constantFrom(...type.values);
    default:
      return compositeValues(type, depth);
  }
}

type Composite = Extract<
  ReturnType<typeof bare>,
  { kind: "array" | "set" | "record" | "map" | "tuple" | "maybe" | "struct" | "union" | "mixed" }
>;

function compositeValues(type: Composite, depth: number): Arbitrary<unknown> {
  const maxLength = Math.max(depth, 0);
  switch (type.kind) {
    case "array":
      return list(type.element, depth, maxLength);
    case "set":
      return list(type.element, depth, maxLength).map((items) => new Set(items.map(unsigned)));
    case "map": {
      const entry = fc.tuple(keys(type.key, depth), lazily(type.value, depth));
      return fc
        .array(entry, { maxLength })
        .map((entries) => new Map(entries.map(([key, value]) => [unsigned(key), value])));
    }
    case "record":
      return fc.dictionary(
        keys({ kind: "string" }, depth) as Arbitrary<string>,
        lazily(type.element, depth),
        {
          maxKeys: maxLength,
          noNullPrototype: true,
        },
      );
    case "tuple":
      return tupleValues(type, depth);
    case "maybe":
      return maybe(type, depth);
    case "struct":
      return record(type.fields, depth);
    case "mixed":
      return fc.oneof(...type.arms.map((arm) => armValues(type.arms, arm, depth)));
    case "union":
      return fc
        .constantFrom(...type.variants)
        .chain((variant) => variantValues(type.discriminant, variant, depth));
  }
}

function armValues(arms: readonly Shape[], arm: Shape, depth: number): Arbitrary<unknown> {
  const values = lazily(arm, depth);
  if (kindOf(arm).is !== "number" || !arms.some(isTextual)) return values;
  return values.filter(Number.isFinite);
}

/** As many as it has without a rest, or all that lead, some of the rest, and what trails. */
function tupleValues(type: Extract<Shape, { kind: "tuple" }>, depth: number): Arbitrary<unknown> {
  const { elements, required, rest, trailing = [] } = type;
  const few = fc.integer({ min: required, max: elements.length }).chain((length) => {
    return fc.tuple(...elements.slice(0, length).map((element) => valuesOf(element, depth)));
  });
  if (!rest) return few;
  const lead = fc.tuple(...elements.map((element) => valuesOf(element, depth)));
  const more = list(rest, depth, Math.max(depth, 0));
  const last = fc.tuple(...trailing.map((element) => valuesOf(element, depth)));
  const all = fc.tuple(lead, more, last).map(([a, b, c]) => [...a, ...b, ...c]);
  return trailing.length > 0 ? all : fc.oneof(few, all);
}

function lazily(shape: Shape, depth: number): Arbitrary<unknown> {
  return fc.constant(null).chain(() => valuesOf(shape, depth));
}

function list(element: Shape, depth: number, maxLength: number): Arbitrary<unknown[]> {
  return fc.array(lazily(element, depth), { maxLength });
}

/** Text as a key becomes a property in JSON; choices and numbers stand in pairs there. */
function keys(shape: Shape, depth: number): Arbitrary<unknown> {
  const values = lazily(shape, depth);
  return ["string", "mixed"].includes(bare(shape).kind)
    ? values.filter((key) => key !== "__proto__")
    : values;
}

function unsigned(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

function maybe(type: Extract<Shape, { kind: "maybe" }>, depth: number): Arbitrary<unknown> {
  const nothing = [...(type.null ? [null] : []), ...(type.undefined ? [undefined] : [])].map((value) =>
    fc.constant(value),
  );
  return depth > 0
    ? fc.oneof(lazily(type.type, depth), lazily(type.type, depth), ...nothing)
    : fc.oneof(...nothing);
}

/** Optional fields are absent or have a value; an explicit `undefined` would come back absent. */
function record(fields: readonly ShapeField[], depth: number): Arbitrary<Record<string, unknown>> {
  const entries = fields.map(
    ({ name, shape, optional }): [string, Arbitrary<readonly [] | readonly [unknown]>] => {
      const present = lazily(shape, depth).map((value) =>
        optional && value === undefined ? ([] as const) : ([value] as const),
      );
      return [
        name,
        optional
          ? depth > 0
            ? fc.oneof(present, fc.constant([] as const))
            : fc.constant([] as const)
          : present,
      ];
    },
  );
  return fc.tuple(...entries.map(([, arbitrary]) => arbitrary)).map((slots) => {
    return Object.fromEntries(
      slots.flatMap(([...slot], i) => slot.map((value) => [entries[i]?.[0], value] as const)),
    );
  });
}

function variantValues(discriminant: string, variant: ShapeVariant, depth: number): Arbitrary<unknown> {
  return record(variant.fields, depth).map((fields) => ({ [discriminant]: variant.tag, ...fields }));
}
