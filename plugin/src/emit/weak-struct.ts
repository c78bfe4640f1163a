// Structs that require no property. Every object would pass for one; TypeScript refuses an object that shares no property
// with such a type, and a codec one that is of another kind besides, such as a Map.
import type { Struct } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";
import { isInherited, quote } from "./literal.ts";

/**
 * The condition under which an object is of another kind; undefined for a struct that requires a property, or has none.
 * @param value an expression for an object
 */
export function isUnlike(
  file: CodecFile,
  { fields, absent = [] }: Struct,
  value: string,
): string | undefined {
  const properties = [...fields, ...absent];
  if (properties.length === 0 || properties.some(({ optional }) => !optional)) return undefined;
  // Every object has what it inherits.
  const own = properties.filter(({ name }) => !isInherited(name));
  const shares = own.map(({ name }) => `!(${quote(name)} in ${value})`);
  return [`!${file.code.use("isPlain")}(${value})`, ...shares].join(" && ");
}

/** Emits what encoders ask of the value of a struct before they look inside it. */
export function expectStruct(file: CodecFile, struct: Struct, value: string): void {
  const { code } = file;
  code.line(`${code.use("expectObject")}(${value});`);
  const unlike = isUnlike(file, struct, value);
  if (unlike !== undefined) code.line(`if (${unlike}) throw ${code.use("wrongValue")}("object", ${value});`);
}
