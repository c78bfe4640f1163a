// Which types are immutable all the way down. A value of such a type may be shared, where a value of another is copied.
// JavaScript cannot freeze the content of bytes, typed arrays and dates, so a type that holds one is not immutable.

import { leadingTo, parts, references } from "./recursion.ts";
import type { Schema, Type } from "./schema.ts";

/**
 * Judges the types of a schema. A type that contains itself is immutable unless something in it is not: what can be
 * changed is found first, and then all that leads to it.
 */
export function immutabilityOf({ declarations }: Pick<Schema, "declarations">): (type: Type) => boolean {
  const mentions = new Map([...declarations].map(([id, { type }]) => [id, references(type)]));
  const changeable = [...declarations].filter(([, { type }]) => holdsMutable(type)).map(([id]) => id);
  const mutable = leadingTo(new Set(changeable), mentions);
  return (type) => !holdsMutable(type) && ![...references(type)].some((id) => mutable.has(id));
}

const known = new WeakMap<Type, boolean>();

/** Whether something in the type, not looking behind names, can be changed in place. */
function holdsMutable(type: Type): boolean {
  const before = known.get(type);
  if (before !== undefined) return before;
  const holds = isMutable(type) || parts(type).some(holdsMutable);
  known.set(type, holds);
  return holds;
}

/** Whether the type itself can be changed in place. A kind that is added has to be judged here. */
function isMutable(type: Type): boolean {
  switch (type.kind) {
    case "bytes":
    case "date":
    case "typedArray":
      return true;
    case "array":
    case "set":
    case "map":
    case "record":
    case "tuple":
      return type.mutable === true;
    case "struct":
      return type.fields.some((field) => field.mutable);
    case "union":
      return type.variants.some(({ mutable, struct }) => mutable || isMutable(struct));
    case "boolean":
    case "null":
    case "string":
    case "integer":
    case "float":
    case "bigint":
    case "template":
    case "choice":
    case "maybe":
    case "mixed":
    case "ref":
      return false;
  }
}
