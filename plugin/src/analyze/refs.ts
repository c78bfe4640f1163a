// The references inside a lowered type.
import { type Type, tupleParts } from "@hewn/schema";

const known = new WeakMap<Type, readonly string[]>();

/** The ids of all references in a type, in the order in which they stand. */
export function refsOf(type: Type): readonly string[] {
  // Every file of a project asks it of the types that the files share.
  const before = known.get(type);
  if (before) return before;
  const found = findRefs(type);
  known.set(type, found);
  return found;
}

function findRefs(type: Type): readonly string[] {
  switch (type.kind) {
    case "ref":
      return [type.id];
    case "array":
    case "set":
      return refsOf(type.element);
    case "map":
      return [...refsOf(type.key), ...refsOf(type.value)];
    case "record":
      return refsOf(type.value);
    case "maybe":
      return refsOf(type.type);
    case "tuple":
      return tupleParts(type).flatMap(refsOf);
    case "struct":
      return type.fields.flatMap((field) => refsOf(field.type));
    case "union":
      return type.variants.flatMap(({ struct }) => refsOf(struct));
    case "mixed":
      return type.arms.flatMap((arm) => refsOf(arm.type));
    case "boolean":
    case "null":
    case "string":
    case "bytes":
    case "date":
    case "actorRef":
    case "typedArray":
    case "template":
    case "integer":
    case "float":
    case "bigint":
    case "choice":
      return [];
  }
}
