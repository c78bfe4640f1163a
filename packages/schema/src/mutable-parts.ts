// Which types can be changed in place, as far as they are written in one place. JavaScript cannot freeze the content of
// bytes, typed arrays and dates, so a type that holds one is not immutable.
import type { Type } from "./schema.ts";
import { parts } from "./type-parts.ts";

const known = new WeakMap<Type, boolean>();

/** Whether something in the type, not looking behind names, can be changed in place. */
export function holdsMutable(type: Type): boolean {
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
    case "actorRef":
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
