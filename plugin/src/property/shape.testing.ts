// Wire types as test data: what a random type is, before it is text, values or bytes.
import type { Pattern, TypedArrayName } from "@hewn/schema";

export const numberNames = [
  "i8",
  "i16",
  "i32",
  "u8",
  "u16",
  "u32",
  "int",
  "f32",
  "f64",
  "i64",
  "u64",
] as const;
export type NumberName = (typeof numberNames)[number];

export type Constant = string | number | boolean;

export interface ShapeField {
  readonly name: string;
  readonly shape: Shape;
  /** `a?: T`: the key may be absent. */
  readonly optional: boolean;
  readonly mutable?: true;
}

export interface ShapeVariant {
  readonly tag: Constant;
  /** Where the discriminant is declared among the fields. */
  readonly position: number;
  readonly fields: readonly ShapeField[];
}

export type Shape =
  | { readonly kind: "boolean" | "string" | "bytes" | "date" | "null" | "number" | "bigint" }
  | { readonly kind: "typed array"; readonly name: TypedArrayName }
  | { readonly kind: "template"; readonly patterns: readonly Pattern[] }
  | { readonly kind: "named number"; readonly name: NumberName }
  | { readonly kind: "choice"; readonly values: readonly Constant[] }
  | { readonly kind: "array" | "set" | "record"; readonly element: Shape; readonly mutable?: true }
  | { readonly kind: "map"; readonly key: Shape; readonly value: Shape; readonly mutable?: true }
  | {
      readonly kind: "tuple";
      readonly elements: readonly Shape[];
      readonly required: number;
      readonly mutable?: true;
    }
  | { readonly kind: "maybe"; readonly type: Shape; readonly null: boolean; readonly undefined: boolean }
  | { readonly kind: "struct"; readonly fields: readonly ShapeField[] }
  | { readonly kind: "union"; readonly discriminant: string; readonly variants: readonly ShapeVariant[] }
  /** An object type that is made of an interface: the fields it comes to, in wire order, and how it is written. */
  | { readonly kind: "derived"; readonly fields: readonly ShapeField[]; readonly from: Derivation }
  /** `Box<T>`: an exported generic interface of the module. */
  | { readonly kind: "box"; readonly element: Shape }
  | { readonly kind: "ref"; readonly to: Named };

/** `own` are the fields that are written out, `keys` those that are picked or omitted. */
export interface Derivation {
  readonly how: "extends" | "intersection" | "Partial" | "Pick" | "Omit";
  readonly base: Named;
  readonly own: readonly ShapeField[];
  readonly keys: readonly string[];
}

/** A declaration. `shape` is filled in late, because types may contain themselves. */
export interface Named {
  readonly name: string;
  readonly module: number;
  readonly form: "interface" | "alias" | "enum";
  readonly tagged: boolean;
  /** Of a module whose types are tagged `@wire copy`. */
  readonly copied: boolean;
  /** What the members of an enum are called, where that matters. */
  readonly members?: readonly string[];
  shape: Shape;
}

/** The fields of `Box<T>`; one table for its text, its values and its bytes. */
export function boxFields(argument: Shape): readonly ShapeField[] {
  const element = unwritten(argument);
  return [
    { name: "content", shape: element, optional: false },
    { name: "more", shape: { kind: "array", element }, optional: true },
  ];
}

/** A type argument as the generic type sees it: no text of its own says in which order arms stand, so they are sorted. */
function unwritten(shape: Shape): Shape {
  switch (shape.kind) {
    case "choice":
      return { ...shape, values: [...shape.values].sort(byTypeAndValue) };
    case "union":
      return {
        ...shape,
        variants: [...shape.variants].sort((a, b) => (String(a.tag) < String(b.tag) ? -1 : 1)),
      };
    case "array":
    case "set":
    case "record":
    case "box":
      return { ...shape, element: unwritten(shape.element) };
    case "map":
      return { ...shape, key: unwritten(shape.key), value: unwritten(shape.value) };
    case "tuple":
      return { ...shape, elements: shape.elements.map(unwritten) };
    case "maybe":
      return { ...shape, type: unwritten(withoutAlias(shape.type, ["choice"])) };
    case "ref": {
      const type = withoutAlias(shape, ["array", "set", "map", "tuple"]);
      return type === shape ? shape : unwritten(type);
    }
    default:
      return shape;
  }
}

/**
 * The compiler forgets the names of some types that are not tagged: of containers, and of literals that others are
 * joined with.
 */
function withoutAlias(shape: Shape, kinds: readonly Shape["kind"][]): Shape {
  if (shape.kind !== "ref" || shape.to.form !== "alias" || shape.to.tagged) return shape;
  return kinds.includes(shape.to.shape.kind) ? shape.to.shape : shape;
}

function byTypeAndValue(a: Constant, b: Constant): number {
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  return a < b ? -1 : 1;
}

/** The shape behind names. */
export function bare(shape: Shape): Exclude<Shape, { kind: "ref" | "box" | "derived" }> {
  if (shape.kind === "derived") return { kind: "struct", fields: shape.fields };
  if (shape.kind === "ref") return bare(shape.to.shape);
  if (shape.kind === "box") return { kind: "struct", fields: boxFields(shape.element) };
  return shape;
}
