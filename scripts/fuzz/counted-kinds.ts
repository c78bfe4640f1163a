// Which kinds of types a value has exercised, so that a campaign can tell what it never tried.
import { tuplePartAt } from "@hewn/schema";
import { bare, isOfArm, type Shape } from "../../plugin/src/property/shape.testing.ts";

/** What {@link countKinds} may report. */
export function countKinds(shape: Shape, value: unknown, count: (kind: string) => void, depth = 0): void {
  if (depth > 12) return;
  if (shape.kind === "ref" || shape.kind === "box" || shape.kind === "derived") count(shape.kind);
  const type = bare(shape);
  if (type.kind === "named number") return count(type.name);
  count(type.kind);
  const inside = (inner: Shape, item: unknown) => countKinds(inner, item, count, depth + 1);
  switch (type.kind) {
    case "maybe":
      if (value === null || value === undefined) count(`maybe ${value}`);
      else inside(type.type, value);
      return;
    case "array":
    case "set":
      for (const item of value as Iterable<unknown>) inside(type.element, item);
      return;
    case "record":
      for (const item of Object.values(value as object)) inside(type.element, item);
      return;
    case "map":
      for (const [key, item] of value as ReadonlyMap<unknown, unknown>) {
        inside(type.key, key);
        inside(type.value, item);
      }
      return;
    case "tuple":
      (value as readonly unknown[]).forEach((item, index, all) => {
        const element = tuplePartAt(type, index, all.length);
        if (element) inside(element, item);
      });
      return;
    case "struct":
      for (const field of type.fields) insideField(field.name, field.shape);
      return;
    case "mixed":
      for (const arm of type.arms) if (isOfArm(arm, value)) inside(arm, value);
      return;
    case "union":
      for (const variant of type.variants) {
        if (variant.tag !== Reflect.get(value as object, type.discriminant)) continue;
        for (const field of variant.fields) insideField(field.name, field.shape);
      }
      return;
  }

  function insideField(name: string, field: Shape): void {
    const object = value as Readonly<Record<string, unknown>>;
    if (Object.hasOwn(object, name)) inside(field, object[name]);
    else count("absent field");
  }
}
