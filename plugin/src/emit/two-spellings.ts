// Whether a type is spelled differently as a parameter and as a result: where keys or elements may be absent, and
// where there are bytes or typed arrays.
import { type Declaration, type Field, type Type, tupleParts } from "@hewn/schema";

/**
 * Whether a parameter takes more than a result gives. Imported names are what their authors made them.
 * @param declarationOf what a reference stands for
 */
export function hasTwoSpellings(type: Type, declarationOf: (id: string) => Declaration): boolean {
  const seen = new Set<string>();
  const inFields = (fields: readonly Field[]): boolean =>
    fields.some((field) => field.optional || within(field.type));
  const within = (part: Type): boolean => {
    switch (part.kind) {
      case "bytes":
      case "typedArray":
        return true;
      case "array":
      case "set":
        return within(part.element);
      case "map":
        return within(part.key) || within(part.value);
      case "record":
        return within(part.value);
      case "maybe":
        return within(part.type);
      case "tuple":
        return part.required < part.elements.length || tupleParts(part).some(within);
      case "struct":
        return inFields(part.fields);
      case "union":
        return part.variants.some(({ struct }) => inFields(struct.fields));
      case "mixed":
        return part.arms.some((arm) => within(arm.type));
      case "ref": {
        const declaration = declarationOf(part.id);
        if (declaration.scope !== "local" || declaration.codec !== undefined || seen.has(part.id))
          return false;
        seen.add(part.id);
        return within(declaration.type);
      }
      default:
        return false;
    }
  };
  return within(type);
}
