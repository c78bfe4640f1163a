// What the runtime's functions for leaves are told besides the value, where one function serves several types.
import type { Type } from "@hewn/schema";

/** One more argument with its comma, such as `, Int16Array`; mostly nothing. */
export function leafArgument(type: Type): string {
  return type.kind === "typedArray" ? `, ${type.array}` : "";
}
