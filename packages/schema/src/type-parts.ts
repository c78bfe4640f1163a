// What a type is made of, as far as it is written in one place: the types inside it and the names that it mentions.
import type { Type } from "./schema.ts";
import { tupleParts } from "./tuple.ts";

const known = new WeakMap<Type, ReadonlySet<string>>();

/** The named types that `type` mentions, not those behind them. */
export function references(type: Type): ReadonlySet<string> {
  // Every file of a project asks it of the types that the files share.
  const before = known.get(type);
  if (before) return before;
  const found = new Set<string>();
  collectReferences(type, found);
  known.set(type, found);
  return found;
}

function collectReferences(type: Type, found: Set<string>): void {
  for (const part of parts(type)) collectReferences(part, found);
  if (type.kind === "ref") found.add(type.id);
}

/** The types that `type` is directly made of. */
export function parts(type: Type): readonly Type[] {
  switch (type.kind) {
    case "array":
    case "set":
      return [type.element];
    case "map":
      return [type.key, type.value];
    case "record":
      return [type.value];
    case "maybe":
      return [type.type];
    case "tuple":
      return tupleParts(type);
    case "struct":
      return type.fields.map((field) => field.type);
    case "union":
      return type.variants.flatMap((variant) => variant.struct.fields.map((field) => field.type));
    case "mixed":
      return type.arms.map((arm) => arm.type);
    default:
      return [];
  }
}
