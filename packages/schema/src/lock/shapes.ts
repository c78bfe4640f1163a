// The shapes of a type: the structs, unions, mixed unions and choices written inside it, each with the path that leads
// there. Their members are what a lock numbers. Named types that it refers to have shapes of their own.
import { literalText } from "../literal-text.ts";
import type { Choice, Mixed, Origin, Struct, Type, Union, Variant } from "../schema.ts";
import { mappedTuple } from "../tuple.ts";
import { armPath, fieldPath, variantPath } from "../type-path.ts";

export type Shape = Struct | Union | Mixed | Choice;

/** A field's name, the text of a tag or literal, or what an arm is in JSON, with its slot or ordinal. */
export interface ShapeMember {
  readonly name: string;
  readonly number: number;
}

/** The members of a shape in the order in which it has them. */
export function membersOf(shape: Shape): readonly ShapeMember[] {
  switch (shape.kind) {
    case "struct":
      return shape.fields.map(({ name, slot }) => ({ name, number: slot }));
    case "union":
      return shape.variants.map(({ tag, ordinal }) => ({ name: literalText(tag), number: ordinal }));
    case "mixed":
      return shape.arms.map(({ json, ordinal }) => ({ name: json, number: ordinal }));
    case "choice":
      return shape.members.map(({ value, ordinal }) => ({ name: literalText(value), number: ordinal }));
  }
}

/** Gives the members of a shape their numbers. */
export type Numbering = (shape: Shape, path: string) => ReadonlyMap<string, number>;

/** What {@link mapType} replaces. */
export interface TypeMapping {
  readonly numbers?: Numbering;
  readonly reference?: (id: string) => string;
  /** Where an enum is declared. */
  readonly origin?: (origin: Origin) => Origin;
}

/** Copies a type with other numbers or other references. */
export function mapType(type: Type, mapping: TypeMapping, path = ""): Type {
  const inside = (inner: Type, step: string): Type => mapType(inner, mapping, path + step);
  switch (type.kind) {
    case "ref":
      return mapping.reference ? { kind: "ref", id: mapping.reference(type.id) } : type;
    case "array":
    case "set":
      return { ...type, element: inside(type.element, "[]") };
    case "map":
      return { ...type, key: inside(type.key, "{key}"), value: inside(type.value, "{}") };
    case "record":
      return { ...type, value: inside(type.value, "{}") };
    case "maybe":
      return { ...type, type: inside(type.type, "") };
    case "tuple":
      return { ...type, ...mappedTuple(type, inside) };
    case "struct":
      return mapStruct(type, mapping, path);
    case "union":
      return mapUnion(type, mapping, path);
    case "mixed":
      return mapMixed(type, mapping, path);
    case "choice": {
      const numbers = mapping.numbers?.(type, path);
      const members = type.members.map((member) => ({
        ...member,
        ordinal: numbers?.get(literalText(member.value)) ?? member.ordinal,
      }));
      return { ...type, members, ...enumOf(type, mapping) };
    }
    default:
      return type;
  }
}

function mapStruct(struct: Struct, mapping: TypeMapping, path: string): Struct {
  const numbers = mapping.numbers?.(struct, path);
  const fields = struct.fields.map((field) => ({
    ...field,
    slot: numbers?.get(field.name) ?? field.slot,
    type: mapType(field.type, mapping, fieldPath(path, field.name)),
  }));
  return { ...struct, fields };
}

function mapUnion(union: Union, mapping: TypeMapping, path: string): Union {
  const numbers = mapping.numbers?.(union, path);
  const variants = union.variants.map((variant) => ({
    ...variant,
    ordinal: numbers?.get(literalText(variant.tag)) ?? variant.ordinal,
    struct: mapStruct(variant.struct, mapping, variantPath(path, variant.tag)),
    ...enumOf(variant, mapping),
  }));
  return { ...union, variants };
}

function enumOf({ enum: origin }: Choice | Variant, mapping: TypeMapping): { readonly enum?: Origin } {
  return origin && mapping.origin ? { enum: mapping.origin(origin) } : {};
}

function mapMixed(mixed: Mixed, mapping: TypeMapping, path: string): Mixed {
  const numbers = mapping.numbers?.(mixed, path);
  const arms = mixed.arms.map(({ json, ordinal, type }) => ({
    json,
    ordinal: numbers?.get(json) ?? ordinal,
    type: mapType(type, mapping, armPath(path, json)),
  }));
  return { kind: "mixed", arms };
}

/** Every shape of a type by its path. */
export function shapesOf(type: Type): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  const numbers: Numbering = (shape, path) => {
    shapes.set(path, shape);
    return new Map();
  };
  mapType(type, { numbers });
  return shapes;
}

/** The ids that a type refers to, each once. */
export function referencesOf(type: Type): ReadonlySet<string> {
  const ids = new Set<string>();
  const reference = (id: string): string => {
    ids.add(id);
    return id;
  };
  mapType(type, { reference });
  return ids;
}
