// Which maps are objects in JSON: those whose keys are strings.
import type { Schema, Type } from "@hewn/schema";

/** Whether a map with such keys is an object in JSON, as it is to the emitter: a tagged name hides what it stands for. */
export function hasTextKeys(key: Type, schema: Schema): boolean {
  if (key.kind !== "ref") return key.kind === "string";
  const declaration = schema.declarations.get(key.id);
  return declaration !== undefined && declaration.scope !== "wire" && hasTextKeys(declaration.type, schema);
}
