// What a clone must be: new where anything can be changed, and the very same value where nothing can. It is written
// from the description of sharing and has nothing in common with the emitter or with its rule of immutability.
import { tuplePartAt, tupleParts } from "@hewn/schema";
import { bare, isOfArm, type Named, type Shape, type ShapeField } from "./shape.testing.ts";

/** Whether something in values of the shape can be changed in place. */
export function isChangeable(shape: Shape, seen: Set<Named> = new Set()): boolean {
  if (shape.kind === "ref") {
    if (seen.has(shape.to)) return false;
    seen.add(shape.to);
    return isChangeable(shape.to.shape, seen);
  }
  const type = bare(shape);
  if ("mutable" in type && type.mutable) return true;
  const within = (part: Shape) => isChangeable(part, seen);
  const inFields = (fields: readonly ShapeField[]) =>
    fields.some(({ mutable, shape: part }) => mutable || within(part));
  switch (type.kind) {
    case "bytes":
    case "date":
    case "typed array":
      return true;
    case "array":
    case "set":
    case "record":
      return within(type.element);
    case "map":
      return within(type.value);
    case "tuple":
      return tupleParts(type).some(within);
    case "maybe":
      return within(type.type);
    case "struct":
      return inFields(type.fields);
    case "mixed":
      return type.arms.some(within);
    case "union":
      return type.variants.some(({ fields }) => inFields(fields));
    default:
      return false;
  }
}

/** Throws where `clone` shares what can be changed, or does not share what cannot. Both must be equal. */
export function checkSharing(shape: Shape, value: unknown, clone: unknown, path = "value"): void {
  if (value === null || value === undefined) return;
  const type = bare(shape);
  if (type.kind === "maybe") return checkSharing(type.type, value, clone, path);
  if (type.kind === "mixed") {
    const arm = type.arms.find((each) => isOfArm(each, value));
    return checkSharing(arm ?? { kind: "null" }, value, clone, path);
  }
  if (!isChangeable(shape)) {
    if (!Object.is(value, clone)) throw new Error(`${path} is immutable and was copied`);
    return;
  }
  if (type.kind === "union") return checkVariant(type, value as Fields, clone as Fields, path);
  if (value === clone) throw new Error(`${path} can be changed and is shared`);
  for (const [step, part, [own, copy]] of partsOf(type, value, clone)) {
    checkSharing(part, own, copy, `${path}${step}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;
type Part = readonly [step: string, shape: Shape, values: readonly [unknown, unknown]];

function checkVariant(
  { discriminant, variants }: Extract<Shape, { kind: "union" }>,
  value: Fields,
  clone: Fields,
  path: string,
): void {
  const variant = variants.find(({ tag }) => tag === value[discriminant]);
  checkSharing({ kind: "struct", fields: variant?.fields ?? [] }, value, clone, `${path}<${variant?.tag}>`);
}

function partsOf(type: ReturnType<typeof bare>, value: unknown, clone: unknown): readonly Part[] {
  const inOrder = (element: Shape): readonly Part[] => {
    const copies = [...(clone as Iterable<unknown>)];
    return [...(value as Iterable<unknown>)].map((item, i) => [`[${i}]`, element, [item, copies[i]]]);
  };
  switch (type.kind) {
    case "bytes":
    case "typed array":
      return checkMemory(value as ArrayBufferView, clone as ArrayBufferView);
    case "array":
    case "set":
      return inOrder(type.element);
    case "tuple":
      return (value as readonly unknown[]).map((item, i, all) => [
        `[${i}]`,
        tuplePartAt(type, i, all.length) as Shape,
        [item, (clone as readonly unknown[])[i]],
      ]);
    case "record":
      return Object.entries(value as Fields).map(([key, item]) => [
        `[${key}]`,
        type.element,
        [item, (clone as Fields)[key]],
      ]);
    case "map":
      return [...(value as ReadonlyMap<unknown, unknown>)].map(([key, item]) => [
        `[${String(key)}]`,
        type.value,
        [item, (clone as ReadonlyMap<unknown, unknown>).get(key)],
      ]);
    case "struct":
      return type.fields
        .filter(({ name }) => Object.hasOwn(value as Fields, name))
        .map(({ name, shape }) => [`.${name}`, shape, [(value as Fields)[name], (clone as Fields)[name]]]);
    default:
      return [];
  }
}

/** Bytes and typed arrays of a clone have a buffer of their own that holds nothing else. */
function checkMemory(value: ArrayBufferView, clone: ArrayBufferView): readonly Part[] {
  if (clone.buffer === value.buffer) throw new Error("bytes share their memory");
  if (clone.buffer.byteLength !== value.byteLength) throw new Error("bytes have memory beyond their end");
  return [];
}
