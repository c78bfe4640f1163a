// What the runtime's functions for leaves are told besides the value, where one function serves several types.
import type { Type } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";

/** One more argument with its comma, such as `, Int16Array`; mostly nothing. @param hint names a constant */
export function leafArgument(file: CodecFile, type: Type, hint: string): string {
  if (type.kind === "typedArray") return `, ${type.array}`;
  if (type.kind === "actorRef") return `, ${file.definitionOf(type)}`;
  return type.kind === "template" ? `, ${file.patternsOf(type, hint)}` : "";
}
