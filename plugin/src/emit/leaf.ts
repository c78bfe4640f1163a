// Types that the runtime encodes with one call, and the suffix that its functions carry: `putI32`, `readI32`, `jsonI32`.
import type { Type } from "@hewn/schema";

type Format =
  | "I8"
  | "I16"
  | "I32"
  | "U8"
  | "U16"
  | "U32"
  | "Int"
  | "F32"
  | "F64"
  | "Number"
  | "I64"
  | "U64"
  | "Bigint";
export type LeafSuffix =
  | "Boolean"
  | "Null"
  | "String"
  | "Bytes"
  | "Date"
  | "ActorRef"
  | "TypedArray"
  | "Template"
  | "F32Exact"
  | Format;

/** `undefined` for types that are made of others. */
export function leafSuffix(type: Type): LeafSuffix | undefined {
  switch (type.kind) {
    case "boolean":
      return "Boolean";
    case "null":
      return "Null";
    case "string":
      return "String";
    case "bytes":
      return "Bytes";
    case "date":
      return "Date";
    case "actorRef":
      return "ActorRef";
    case "typedArray":
      return "TypedArray";
    case "template":
      return "Template";
    case "float":
      return "isExact" in type ? "F32Exact" : formatSuffix(type.format);
    case "integer":
    case "bigint":
      return formatSuffix(type.format);
    default:
      return undefined;
  }
}

/** The suffix for readers, which take whatever a writer may have written. */
export function readSuffix(type: Type): Exclude<LeafSuffix, "F32Exact"> | undefined {
  const suffix = leafSuffix(type);
  return suffix === "F32Exact" ? "F32" : suffix;
}

/**
 * A type in a place where two values must not become one: an element of a set, a key of a map. There a writer takes no
 * `f32` that would be rounded.
 */
export function asIdentity(type: Type): Type {
  if (type.kind === "mixed") {
    return { ...type, arms: type.arms.map((arm) => ({ ...arm, type: asIdentity(arm.type) })) };
  }
  return isF32(type) ? Object.assign({ ...type }, { isExact: true }) : type;
}

export function isF32(type: Type): boolean {
  return type.kind === "float" && type.format === "f32";
}

function formatSuffix(format: string): Format {
  return (format[0]!.toUpperCase() + format.slice(1)) as Format;
}

/** `readonly f64[]` and `readonly f32[]` travel packed. */
export function packedSuffix(type: Type): "F64Array" | "F32Array" | undefined {
  if (type.kind !== "array" || type.element.kind !== "float") return undefined;
  if (type.element.format === "number") return undefined;
  return type.element.format === "f64" ? "F64Array" : "F32Array";
}

/** The most bytes that the encoding of a leaf can take; `undefined` where that depends on the value. */
export function leafBytes(suffix: LeafSuffix): number | undefined {
  switch (suffix) {
    case "String":
    case "Bytes":
    case "ActorRef":
    case "Bigint":
    case "TypedArray":
    case "Template":
      return undefined;
    default:
      return fixedBytes[suffix];
  }
}

const fixedBytes = {
  Boolean: 1,
  Null: 1,
  I8: 2,
  U8: 2,
  I16: 3,
  U16: 3,
  I32: 5,
  U32: 5,
  F32: 5,
  F32Exact: 5,
  Date: 15,
  Int: 9,
  F64: 9,
  Number: 9,
  I64: 9,
  U64: 9,
} as const;
