// The arms of mixed unions, by what their values look like.
import { type Arm, type Kinds, kindsOf, type Mixed, overlap, type Schema, type Type } from "@hewn/schema";
import { RecordValue, StructValue, type WireValue } from "./wire-value.ts";

/** The kinds of a type's values. */
export function kindsIn({ declarations }: Schema, type: Type): Kinds {
  const kinds = kindsOf(type, (id) => declarations.get(id)?.type);
  if (kinds === undefined) throw new Error("the schema has an arm without a type");
  return kinds;
}

/** The arm of which a value is. */
export function armOf(schema: Schema, { arms }: Mixed, value: WireValue): Arm | undefined {
  const kind = kindOf(value);
  return arms.find((arm) => kindsIn(schema, arm.type).javaScript.some((own) => overlap(own, kind)));
}

function kindOf(value: WireValue): string {
  if (typeof value !== "object") return typeof value;
  if (value === null) return "null";
  if (Array.isArray(value)) return `array of ${value.length}`;
  return value instanceof StructValue || value instanceof RecordValue ? "object" : value.constructor.name;
}
