// What JSON.parse must find in the text of a value, by docs/protocol.md. It shares nothing with the emitter.
import { tuplePartAt } from "@hewn/schema";
import { bare, isOfArm, type Shape, type ShapeField } from "./shape.testing.ts";

export function expectedJson(shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const type = bare(shape);
  switch (type.kind) {
    case "bytes":
      return Buffer.from(value as Uint8Array).toString("base64");
    case "typed array":
      return Buffer.from((value as Int8Array).buffer).toString("base64");
    case "date":
      return (value as Date).toISOString();
    case "bigint":
    case "number":
    case "named number":
      return number(
        type.kind === "named number" && type.name === "f32" ? Math.fround(value as number) : value,
      );
    case "maybe":
      return expectedJson(type.type, value);
    case "array":
    case "set":
      return [...(value as Iterable<unknown>)].map((item) => expectedJson(type.element, item));
    case "tuple":
      return (value as readonly unknown[]).map((item, i, all) => {
        return expectedJson(tuplePartAt(type, i, all.length) as Shape, item);
      });
    case "map": {
      const pairs = [...(value as ReadonlyMap<unknown, unknown>)].map(([key, item]) => {
        return [expectedJson(type.key, key), expectedJson(type.value, item)] as const;
      });
      return bare(type.key).kind === "string" ? Object.fromEntries(pairs) : pairs.map((pair) => [...pair]);
    }
    case "record":
      return Object.fromEntries(
        Object.entries(value as object).map(([key, item]) => [key, expectedJson(type.element, item)]),
      );
    case "struct":
      return object(type.fields, value as object);
    case "mixed": {
      const arm = type.arms.find((each) => isOfArm(each, value));
      return expectedJson(arm ?? { kind: "null" }, value);
    }
    case "union": {
      const tag = Reflect.get(value as object, type.discriminant);
      const variant = type.variants.find((each) => each.tag === tag);
      return { ...object(variant?.fields ?? [], value as object), [type.discriminant]: tag };
    }
    default:
      return value;
  }
}

/** JSON has no NaN and no infinities; integers beyond 2^53 are not for every reader of JSON. */
function number(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  const rounded = Number(value);
  return Number.isSafeInteger(rounded) ? rounded : String(value);
}

function object(fields: readonly ShapeField[], value: object): object {
  return Object.fromEntries(
    fields.flatMap(({ name, shape }) => {
      const field = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      return field === undefined ? [] : [[name, expectedJson(shape, field)]];
    }),
  );
}
