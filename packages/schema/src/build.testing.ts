// Short ways to write types and schemas in tests.
import { kindsOf } from "./kinds.ts";
import type { Declaration, Field, Literal, Schema, Struct, Tag, Type, Union } from "./schema.ts";
import { normalized, type Pattern } from "./template.ts";
import { type TypedArrayName, typedArrayNames } from "./typed-array.ts";

const formats = {
  integer: ["i8", "i16", "i32", "u8", "u16", "u32", "int"],
  float: ["f32", "f64", "number"],
  bigint: ["i64", "u64", "bigint"],
} as const;

type Format = (typeof formats)[keyof typeof formats][number];
export type Plain = "boolean" | "null" | "string" | "bytes" | "date" | TypedArrayName | Format;

/** A plain type by its name. */
export function plain(name: Plain): Type {
  const array = typedArrayNames.find((each) => each === name);
  if (array !== undefined) return { kind: "typedArray", array };
  for (const kind of ["integer", "float", "bigint"] as const) {
    const format = formats[kind].find((each) => each === name);
    if (format !== undefined) return { kind, format } as Type;
  }
  return { kind: name } as Type;
}

export const plainNames: readonly Plain[] = [
  "boolean",
  "null",
  "string",
  "bytes",
  "date",
  ...typedArrayNames,
  ...formats.integer,
  ...formats.float,
  ...formats.bigint,
];

/** A type, or the name of a plain one. */
export type Written = Type | Plain;

function typeOf(written: Written): Type {
  return typeof written === "string" ? plain(written) : written;
}

export const array = (element: Written): Type => ({ kind: "array", element: typeOf(element) });
export const set = (element: Written): Type => ({ kind: "set", element: typeOf(element) });
export const record = (value: Written): Type => ({ kind: "record", value: typeOf(value) });
export const map = (key: Written, value: Written): Type => ({
  kind: "map",
  key: typeOf(key),
  value: typeOf(value),
});
export const orNull = (type: Written): Type => maybe(type, true, false);
export const orUndefined = (type: Written): Type => maybe(type, false, true);
export const orBoth = (type: Written): Type => maybe(type, true, true);
export const ref = (id: string): Type => ({ kind: "ref", id });

function maybe(type: Written, acceptsNull: boolean, acceptsUndefined: boolean): Type {
  return { kind: "maybe", type: typeOf(type), null: acceptsNull, undefined: acceptsUndefined };
}

export function tuple(required: number, ...elements: readonly Written[]): Type {
  return { kind: "tuple", required, elements: elements.map(typeOf) };
}

/** Leading elements, all required; a rest; and what trails it. */
export function restTuple(leading: readonly Written[], rest: Written, ...trailing: readonly Written[]): Type {
  const ends = trailing.length > 0 ? { trailing: trailing.map(typeOf) } : {};
  return {
    kind: "tuple",
    elements: leading.map(typeOf),
    required: leading.length,
    rest: typeOf(rest),
    ...ends,
  };
}

/** Texts of a template, as patterns. */
export function template(...patterns: readonly Pattern[]): Type {
  return { kind: "template", patterns: normalized(patterns) };
}

/** Arms, with ordinals as they stand. */
export function mixed(...types: readonly Written[]): Type {
  return mixedAt(Object.fromEntries(types.map((type, ordinal) => [ordinal, type])));
}

/** Arms by ordinal. A name stands for an object. */
export function mixedAt(types: Readonly<Record<number, Written>>): Type {
  const arms = Object.entries(types).map(([ordinal, written]) => {
    const type = typeOf(written);
    const json = kindsOf(type, () => ({ kind: "struct", fields: [] }))?.json[0] ?? "null";
    return { json, ordinal: Number(ordinal), type };
  });
  return { kind: "mixed", arms };
}

/** Literals, with ordinals as they stand. */
export function choice(...values: readonly Literal[]): Type {
  return { kind: "choice", members: values.map((value, ordinal) => ({ value, ordinal })) };
}

/** Literals by ordinal. */
export function choiceAt(members: Readonly<Record<number, Literal>>): Type {
  const pairs = Object.entries(members).map(([ordinal, value]) => ({ value, ordinal: Number(ordinal) }));
  return { kind: "choice", members: pairs };
}

/** Fields with slots as they stand; a name that ends in `?` is optional. */
export function struct(fields: Readonly<Record<string, Written>>): Struct {
  return structAt(Object.entries(fields).map(([name, type], slot) => [slot, name, type]));
}

/** Fields with their slots. */
export function structAt(fields: readonly (readonly [number, string, Written])[]): Struct {
  return { kind: "struct", fields: fields.map(([slot, name, type]) => fieldAt(slot, name, typeOf(type))) };
}

function fieldAt(slot: number, name: string, type: Type): Field {
  if (!name.endsWith("?")) return { name, slot, type, optional: false };
  const inner: Type = type.kind === "maybe" ? { ...type, undefined: true } : orUndefined(type);
  return { name: name.slice(0, -1), slot, type: inner, optional: true };
}

/** Variants by tag, with ordinals as they stand. */
export function union(variants: Readonly<Record<string, Struct>>, discriminant = "kind"): Union {
  return unionAt(
    Object.entries(variants).map(([tag, body], ordinal) => [ordinal, tag, body]),
    discriminant,
  );
}

/** Variants with their ordinals. */
export function unionAt(variants: readonly (readonly [number, Tag, Struct])[], discriminant = "kind"): Union {
  const all = variants.map(([ordinal, tag, body]) => ({ ordinal, tag, struct: body, tagPosition: 0 }));
  return { kind: "union", discriminant, variants: all };
}

export interface NamedTypes {
  readonly [name: string]: Written;
}

/** The named types of a file; ids are `file#Name`, see {@link idIn}. */
export function schemaOf(file: string, wire: NamedTypes, others: NamedTypes = {}): Schema {
  const declarations = new Map<string, Declaration>();
  const declare = (named: NamedTypes, scope: Declaration["scope"]): void => {
    for (const [name, type] of Object.entries(named)) {
      const id = idIn(file, name);
      declarations.set(id, { id, name, scope, origin: { file, name }, type: typeOf(type) });
    }
  };
  declare(wire, "wire");
  declare(others, "import");
  return { file, roots: Object.keys(wire).map((name) => idIn(file, name)), refused: [], declarations };
}

export function idIn(file: string, name: string): string {
  return `${file}#${name}`;
}

/** Adds types of other files to a schema, as the analyzer does for types that a file imports. */
export function importing(schema: Schema, ...others: readonly Schema[]): Schema {
  const declarations = others.flatMap((other) => [...other.declarations]);
  return { ...schema, declarations: new Map([...schema.declarations, ...declarations]) };
}
