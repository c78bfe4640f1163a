// Template literal types and the mappings of strings, such as `Uppercase<string>`: the compiler's own form of them,
// which has no unions, literals and templates left in the placeholders, as patterns.
import { normalizedPatterns, type Pattern, type Type } from "@hewn/schema";
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";
import { type Frame, type Place, report } from "./entity.ts";
import { print } from "./print.ts";
import { isOpenPrimitive } from "./type-kind.ts";

/** More patterns than anybody writes by hand: unions in placeholders multiply. */
const patternsMax = 1000;

/** A template literal type or a mapping of strings. */
export function isTemplate({ ts }: Compiler, type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.TemplateLiteral | ts.TypeFlags.StringMapping)) !== 0;
}

/** Templates and string literals, which together accept some texts and not others. */
export function areTexts(compiler: Compiler, types: readonly ts.Type[]): boolean {
  const isLiteral = (type: ts.Type): boolean =>
    type.isStringLiteral() && !(type.flags & compiler.ts.TypeFlags.EnumLiteral);
  return (
    types.some((type) => isTemplate(compiler, type)) &&
    types.every((type) => isTemplate(compiler, type) || isLiteral(type))
  );
}

/** Lowers a template, or a union of {@link areTexts texts}, as one type. */
export function lowerTemplate(
  compiler: Compiler,
  frame: Frame,
  types: readonly ts.Type[],
  whole: ts.Type,
  place: Place,
): Type | undefined {
  const refuse = (reason: string): undefined =>
    report(frame, "template-literal", place, { type: print(compiler, whole, place.written), reason });
  if (types.length > patternsMax) return refuse(`stands for ${types.length} patterns`);
  const patterns: Pattern[] = [];
  for (const type of types) {
    const pattern = patternOf(compiler, type);
    if (typeof pattern === "string") return refuse(pattern);
    if (isEveryText(pattern)) return refuse("the compiler tells apart from 'string'");
    patterns.push(pattern);
  }
  return { kind: "template", patterns: normalizedPatterns(patterns) };
}

/** The compiler makes `string` of such a template itself, except where a placeholder has a form such as `string & {}`. */
function isEveryText(pattern: Pattern): boolean {
  return pattern.length > 1 && pattern.every((part, index) => part === (index % 2 === 0 ? "" : "string"));
}

/** The pattern of a type, or why it has none. */
function patternOf(compiler: Compiler, type: ts.Type): Pattern | string {
  if (type.isStringLiteral()) return [type.value];
  if (type.flags & compiler.ts.TypeFlags.StringMapping) {
    const mapping = placeholderOf(compiler, type);
    return mapping === undefined ? whyNot(compiler, type) : ["", mapping, ""];
  }
  const { texts, types } = type as ts.TemplateLiteralType;
  const parts = [texts[0] ?? ""];
  for (const [index, part] of types.entries()) {
    const placeholder = placeholderOf(compiler, part);
    if (placeholder === undefined) return whyNot(compiler, part);
    parts.push(placeholder, texts[index + 1] ?? "");
  }
  return parts;
}

function whyNot(compiler: Compiler, type: ts.Type): string {
  return `has '${print(compiler, type)}' in a placeholder`;
}

/** The name that a placeholder has in patterns. `string & {}` accepts every text, as `string` does. */
function placeholderOf(compiler: Compiler, type: ts.Type): string | undefined {
  const { TypeFlags } = compiler.ts;
  const { flags } = type;
  if (flags & TypeFlags.String) return "string";
  if (flags & TypeFlags.Number) return "number";
  if (flags & TypeFlags.BigInt) return "bigint";
  if (flags & TypeFlags.StringMapping) {
    const { symbol, type: inner } = type as ts.StringMappingType;
    const mapped = placeholderOf(compiler, inner);
    return mapped?.endsWith("string") || mapped?.endsWith(">") ? `${symbol.name}<${mapped}>` : undefined;
  }
  if (!isOpenPrimitive(compiler, type)) return undefined;
  const primitive = type.types.find((part) => !(part.flags & TypeFlags.Object));
  return primitive && placeholderOf(compiler, primitive);
}
