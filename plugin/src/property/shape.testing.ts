// Wire types as test data: what a random type is, before it is text, values or bytes.
import { mappedTuple, type Pattern, type TypedArrayName, tupleLengths } from "@hewn/schema";

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
  readonly tag: Constant | null;
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
      readonly rest?: Shape;
      readonly trailing?: readonly Shape[];
      readonly mutable?: true;
    }
  | { readonly kind: "maybe"; readonly type: Shape; readonly null: boolean; readonly undefined: boolean }
  | { readonly kind: "struct"; readonly fields: readonly ShapeField[] }
  | { readonly kind: "union"; readonly discriminant: string; readonly variants: readonly ShapeVariant[] }
  /** A union of shapes that differ in kind; none is a union of them itself, an alias or accepts null or undefined. */
  | { readonly kind: "mixed"; readonly arms: readonly Shape[] }
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
        variants: [...shape.variants].sort((a, b) => byText(a.tag, b.tag)),
      };
    case "mixed": {
      const rank = (arm: Shape): number => armOrder.indexOf(kindOf(arm).order);
      const arms = shape.arms.map(unwritten);
      return { ...shape, arms: arms.sort((a, b) => rank(a) - rank(b) || byLength(a, b)) };
    }
    case "array":
    case "set":
    case "record":
    case "box":
      return { ...shape, element: unwritten(shape.element) };
    case "map":
      return { ...shape, key: unwritten(shape.key), value: unwritten(shape.value) };
    case "tuple":
      return { ...shape, ...mappedTuple(shape, unwritten) };
    case "maybe":
      return { ...shape, type: unwritten(withoutAlias(shape.type, ["choice"])) };
    case "ref": {
      const type = withoutAlias(shape, [
        "choice",
        "array",
        "set",
        "map",
        "tuple",
        ...(isFlat(shape) ? ["mixed" as const] : []),
      ]);
      return type === shape ? shape : unwritten(type);
    }
    default:
      return shape;
  }
}

/** Tuples by the words that say how long they are. */
function byLength(a: Shape, b: Shape): number {
  const [one, other] = [a, b].map((arm) => {
    const type = bare(arm);
    if (type.kind !== "tuple") return "";
    const { least, most } = tupleLengths(type);
    const more = least === most ? "" : Number.isFinite(most) ? ` to ${most}` : " or more";
    return `${least}${more}`;
  });
  return one! < other! ? -1 : 1;
}

/** A union with one object type at most, which needs no name of its own. */
function isFlat(shape: Shape): boolean {
  const type = bare(shape);
  return type.kind === "mixed" && type.arms.every((arm) => bare(arm).kind !== "union");
}

const armOrder = [
  "boolean",
  "choice",
  "number",
  "bigint",
  "string",
  "bytes",
  "array",
  "set",
  "map",
  "record",
  "object",
];

/** What tells an arm apart: in a program, in MessagePack, and its place where no text has one. */
export function kindOf(arm: Shape): { readonly is: string; readonly wire: string; readonly order: string } {
  const type = bare(arm);
  switch (type.kind) {
    case "named number":
      return type.name.endsWith("64") && type.name !== "f64"
        ? kind("bigint", "number")
        : kind("number", "number");
    case "number":
      return kind("number", "number");
    case "choice":
      return kind(typeof type.values[0], "number", "choice");
    case "array":
      return kind("array", isPacked(type.element) ?? "array");
    case "template":
      return kind("string", "string");
    case "tuple":
      return kind("array", "array");
    case "set":
    case "map":
      return kind(type.kind, type.kind === "set" ? "array" : "map");
    case "record":
      return kind("object", "map", "record");
    case "struct":
    case "union":
      return kind("object", "array");
    default:
      // A large bigint is an extension, and a small one a number.
      return kind(type.kind, type.kind === "bigint" ? "number" : type.kind);
  }
}

function kind(is: string, wire: string, order = is): ReturnType<typeof kindOf> {
  return { is, wire, order };
}

function isPacked(element: Shape): string | undefined {
  const type = bare(element);
  return type.kind === "named number" && /^f/.test(type.name) ? type.name : undefined;
}

/** The kind of a value in the words of {@link kindOf}. */
export function kindOfValue(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  if (Array.isArray(value)) return "array";
  if (value instanceof Set) return "set";
  if (value instanceof Map) return "map";
  return ArrayBuffer.isView(value) ? "bytes" : "object";
}

/** Whether a value is of this arm and of none of the others. */
export function isOfArm(arm: Shape, value: unknown): boolean {
  if (kindOf(arm).is !== kindOfValue(value)) return false;
  const type = bare(arm);
  return type.kind !== "tuple" || isOfLength(type, value);
}

/** Whether arms of one kind are told apart by their lengths. */
export function isOfLength(tuple: Extract<Shape, { kind: "tuple" }>, value: unknown): boolean {
  const { least, most } = tupleLengths(tuple);
  return Array.isArray(value) && value.length >= least && value.length <= most;
}

/** An arm whose JSON is a string: beside it a number is finite. */
export function isTextual(arm: Shape): boolean {
  const { is } = kindOf(arm);
  return is === "string" || is === "bytes" || is === "bigint";
}

/**
 * The compiler forgets the names of some types that are not tagged: of containers, and of literals that others are
 * joined with.
 */
function withoutAlias(shape: Shape, kinds: readonly Shape["kind"][]): Shape {
  if (shape.kind !== "ref" || shape.to.form !== "alias" || shape.to.tagged) return shape;
  return kinds.includes(shape.to.shape.kind) ? shape.to.shape : shape;
}

function byText(a: Constant | null, b: Constant | null): number {
  if (String(a) === String(b)) return typeof a < typeof b ? -1 : 1;
  return String(a) < String(b) ? -1 : 1;
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
