// Values at the edges of their types: a sound value of which one part is the last that its type has, or the first
// beyond it. Damage that knows nothing of types seldom meets these.
import { tuplePartAt } from "@hewn/schema";
import { bare, isOfArm, type Shape, type ShapeField } from "../../plugin/src/property/shape.testing.ts";
import type { Dice } from "./dice.ts";

type Bare = ReturnType<typeof bare>;
type Composite = Extract<
  Bare,
  { kind: "array" | "set" | "record" | "map" | "tuple" | "maybe" | "struct" | "union" | "mixed" }
>;
type Leaf = Exclude<Bare, Composite>;

/** A copy of a value of the shape, with something else in the place of one part. It may still be of the shape. */
export function edgeValue(shape: Shape, value: unknown, dice: Dice): unknown {
  const type = bare(shape);
  const inside = (inner: Shape | undefined, item: unknown): unknown =>
    inner ? edgeValue(inner, item, dice) : item;
  switch (type.kind) {
    case "array":
      return changedOne(value as unknown[], dice, (item) => inside(type.element, item));
    case "set":
      return new Set(changedOne([...(value as Set<unknown>)], dice, (item) => inside(type.element, item)));
    case "map":
      return new Map(
        changedOne([...(value as Map<unknown, unknown>)], dice, ([key, item]) =>
          dice.oneIn(2) ? [inside(type.key, key), item] : [key, inside(type.value, item)],
        ),
      );
    case "record":
      return changedProperty(value as object, dice, () => type.element);
    case "tuple":
      return dice.oneIn(3)
        ? ofOtherLength(value as unknown[], dice)
        : changedOne(value as unknown[], dice, (item, index, { length }) =>
            inside(tuplePartAt(type, index, length), item),
          );
    case "maybe":
      return value === null || value === undefined ? dice.of([null, undefined]) : inside(type.type, value);
    case "mixed":
      return inside(
        type.arms.find((arm) => isOfArm(arm, value)),
        value,
      );
    case "struct":
      return changedProperty(value as object, dice, (name) => shapeOf(type.fields, name));
    case "union": {
      const tag: unknown = Reflect.get(value as object, type.discriminant);
      const variant = type.variants.find((each) => each.tag === tag);
      return changedProperty(value as object, dice, (name) => shapeOf(variant?.fields ?? [], name));
    }
    default:
      return dice.of(edgesOf(type, value));
  }
}

function changedOne<T>(
  items: readonly T[],
  dice: Dice,
  change: (item: T, index: number, all: readonly T[]) => T,
): T[] {
  const chosen = dice.below(Math.max(1, items.length));
  return items.map((item, index, all) => (index === chosen ? change(item, index, all) : item));
}

function changedProperty(object: object, dice: Dice, of: (name: string) => Shape | undefined): object {
  const change = ([name, item]: [string, unknown]): [string, unknown] => {
    const shape = of(name);
    return [name, shape ? edgeValue(shape, item, dice) : item];
  };
  return Object.fromEntries(changedOne(Object.entries(object), dice, change));
}

function shapeOf(fields: readonly ShapeField[], name: string): Shape | undefined {
  return fields.find((field) => field.name === name)?.shape;
}

function ofOtherLength(items: readonly unknown[], dice: Dice): unknown[] {
  return dice.oneIn(2) ? items.slice(0, -1) : [...items, items.at(-1)];
}

const integers: Readonly<Record<string, readonly [least: number, most: number]>> = {
  i8: [-0x80, 0x7f],
  i16: [-0x8000, 0x7fff],
  i32: [-0x8000_0000, 0x7fff_ffff],
  u8: [0, 0xff],
  u16: [0, 0xffff],
  u32: [0, 0xffff_ffff],
  int: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

const bigintBits: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = {
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
  bigint: [-(2n ** 16383n), 2n ** 16383n - 1n],
};

/** The last finite `f32`, and the first number that is rounded beyond it. */
const floats = [3.4028234663852886e38, 3.4028235677973366e38];

function edgesOf(type: Leaf, value: unknown): readonly unknown[] {
  switch (type.kind) {
    case "named number":
    case "number":
    case "bigint": {
      const name = type.kind === "named number" ? type.name : type.kind;
      const [least, most] = integers[name] ?? [];
      if (least !== undefined && most !== undefined) return [least - 1, least, most, most + 1, -0, 0.5];
      const [first, last] = bigintBits[name] ?? [];
      if (first !== undefined && last !== undefined)
        return [first - 1n, first, last, last + 1n, Number(first)];
      return [
        ...floats,
        ...floats.map((float) => -float),
        Number.MAX_VALUE,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        -0,
      ];
    }
    case "string":
    case "template":
      return [
        "",
        `${String(value)}\ud800`,
        `\udc00${String(value)}`,
        "x".repeat(31),
        "é".repeat(16),
        "\ud83d\ude00",
      ];
    case "date":
      return [8.64e15, -8.64e15, 8.64e15 + 1, 2 ** 34 * 1000 - 1, 2 ** 34 * 1000, -1].map(
        (time) => new Date(time),
      );
    case "choice":
      return [`${String(value)} `, Number(value) + 1, !value, null];
    case "boolean":
      return [Number(value), String(value), null];
    case "null":
      return [undefined, false, 0];
    case "bytes":
    case "typed array":
      return [new Uint8Array(0), new Uint8Array(7), new Float64Array(1), new DataView(new ArrayBuffer(8))];
  }
}
