// Recognises the number names of @hewn/runtime: `number & Tag<"i32">`, where only the phantom property of Tag tells
// which name was written.
import type { BigintFormat, FloatFormat, IntegerFormat, Type } from "@hewn/schema";
import type ts from "typescript";
import { type Compiler, declarationsOf, fileNameOf } from "./compiler.ts";
import { packageNameOf } from "./internals.ts";

const integers: readonly string[] = ["i8", "i16", "i32", "u8", "u16", "u32", "int"] satisfies IntegerFormat[];
const floats: readonly string[] = ["f32", "f64"] satisfies FloatFormat[];
const bigints: readonly string[] = ["i64", "u64"] satisfies BigintFormat[];

/** The number type that an intersection names; undefined for one that is not ours. */
export function brandOf(compiler: Compiler, type: ts.IntersectionType): Type | undefined {
  const { TypeFlags } = compiler.ts;
  const tags = type.types.flatMap((part) => tagName(compiler, part) ?? []);
  const [name] = tags;
  if (name === undefined || tags.length !== 1 || type.types.length !== 2) return undefined;
  const isOn = (flag: ts.TypeFlags): boolean => type.types.some((part) => part.flags & flag);
  if (isOn(TypeFlags.Number) && integers.includes(name))
    return { kind: "integer", format: name as IntegerFormat };
  if (isOn(TypeFlags.Number) && floats.includes(name)) return { kind: "float", format: name as FloatFormat };
  if (isOn(TypeFlags.BigInt) && bigints.includes(name))
    return { kind: "bigint", format: name as BigintFormat };
  return undefined;
}

function tagName({ ts, checker, program }: Compiler, type: ts.Type): string | undefined {
  if (!(type.flags & ts.TypeFlags.Object)) return undefined;
  const [property, ...others] = checker.getPropertiesOfType(type);
  if (!property || others.length > 0 || !property.name.startsWith("__@wire@")) return undefined;
  const [declaration] = declarationsOf(property);
  if (!declaration || !isOurs(declaration.getSourceFile(), program)) return undefined;
  const literal = checker.getNonNullableType(checker.getTypeOfSymbol(property));
  return literal.isStringLiteral() ? literal.value : undefined;
}

/** A brand of the same looks from elsewhere promises nothing that a codec of ours could keep. */
function isOurs(file: ts.SourceFile, program: ts.Program): boolean {
  const name = packageNameOf(file);
  if (name !== undefined) return name === "@hewn/runtime";
  const path = fileNameOf(file);
  if (/\/@hewn\/runtime\//.test(path)) return true;
  // A workspace links the package, and the compiler sees the linked folder: ask how it was imported, or is built.
  return (
    /\/runtime\/(?:dist|src)\/numbers\.(?:d\.)?ts$/.test(path) && !program.isSourceFileDefaultLibrary(file)
  );
}
