// Which types are immutable all the way down. A value of such a type may be shared, where a value of another is copied.
import { finiteType } from "./finite-types.ts";
import { holdsMutable } from "./mutable-parts.ts";
import { leadingTo } from "./recursion.ts";
import type { Schema, Type } from "./schema.ts";
import { references } from "./type-parts.ts";

/**
 * Judges the types of a schema. A type that contains itself is immutable unless something in it is not: what can be
 * changed is found first, and then all that leads to it.
 */
export function immutabilityOf({ declarations }: Pick<Schema, "declarations">): (type: Type) => boolean {
  let mutable: ReadonlySet<string> | undefined;
  const isImmutable = (id: string): boolean => {
    const finite = finiteType(declarations, id);
    if (finite) return finite.isImmutable;
    mutable ??= mutableTypes(declarations);
    return !mutable.has(id);
  };
  return (type) => !holdsMutable(type) && [...references(type)].every(isImmutable);
}

function mutableTypes(declarations: Schema["declarations"]): ReadonlySet<string> {
  const mentions = new Map([...declarations].map(([id, { type }]) => [id, references(type)]));
  const changeable = [...declarations].filter(([, { type }]) => holdsMutable(type)).map(([id]) => id);
  return leadingTo(new Set(changeable), mentions);
}
