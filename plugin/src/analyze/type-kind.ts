// Small questions about a compiler type that several files of the analyzer ask.
import type { Literal, Tag } from "@hewn/schema";
import type ts from "typescript";
import { actorOfHandle } from "./actors/handle-type.ts";
import { type Compiler, declarationsOf } from "./compiler.ts";
import { libraryNameOf } from "./library.ts";

/** An object type whose properties are its content: no container, function, class or library type. */
export function isStructLike(compiler: Compiler, type: ts.Type): boolean {
  const { ts, checker } = compiler;
  if (actorOfHandle(type)) return false;
  if (type.isIntersection()) return type.types.every((part) => isStructLike(compiler, part));
  if (!(type.flags & ts.TypeFlags.Object)) return false;
  if (checker.isArrayType(type) || checker.isTupleType(type) || isCallable(compiler, type)) return false;
  if (type.symbol && type.symbol.flags & ts.SymbolFlags.Class) return false;
  if (libraryNameOf(compiler, type.symbol)) return false;
  return checker.getIndexInfosOfType(type).length === 0;
}

/** `string & {}`, which keeps a union with literals from collapsing into `string` and accepts every string. */
export function isOpenPrimitive(compiler: Compiler, type: ts.Type): type is ts.IntersectionType {
  const { ts, checker } = compiler;
  const flags = ts.TypeFlags.String | ts.TypeFlags.Number | ts.TypeFlags.BigInt;
  if (!type.isIntersection()) return false;
  const [primitive, ...more] = type.types.filter((part) => part.flags & flags);
  const others = type.types.filter((part) => part !== primitive);
  return (
    primitive !== undefined &&
    more.length === 0 &&
    others.every((part) => isStructLike(compiler, part) && checker.getPropertiesOfType(part).length === 0)
  );
}

/** What `typeof` gives for a namespace, a module or an enum; an interface may share its name with a namespace. */
export function isModuleObject({ ts }: Compiler, type: ts.Type): boolean {
  const isModule = (type.symbol?.flags ?? 0) & (ts.SymbolFlags.ValueModule | ts.SymbolFlags.Enum);
  return isModule !== 0 && ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Anonymous) !== 0;
}

export function isCallable({ ts, checker }: Compiler, type: ts.Type): boolean {
  const { Call, Construct } = ts.SignatureKind;
  return (
    checker.getSignaturesOfType(type, Call).length > 0 ||
    checker.getSignaturesOfType(type, Construct).length > 0
  );
}

/** The enum whose every member the type accepts, and nothing else. */
export function enumOf(compiler: Compiler, type: ts.Type): ts.Symbol | undefined {
  const { ts, checker } = compiler;
  if (type.flags & ts.TypeFlags.Enum) return enumOfMember(compiler, type.symbol);
  const parts = type.isUnion() ? type.types : [type];
  const first = parts[0];
  if (!first || !(first.flags & ts.TypeFlags.EnumLiteral) || !first.symbol) return undefined;
  const symbol = enumOfMember(compiler, first.symbol);
  if (!symbol || parts.some((part) => enumOfMember(compiler, part.symbol) !== symbol)) return undefined;
  const whole = checker.getDeclaredTypeOfSymbol(symbol);
  const count = whole.isUnion() ? whole.types.length : 1;
  return parts.length === count ? symbol : undefined;
}

/** The enum to which a member belongs; an enum itself is its own answer. */
export function enumOfMember(
  { ts, checker }: Compiler,
  symbol: ts.Symbol | undefined,
): ts.Symbol | undefined {
  if (!symbol) return undefined;
  if (symbol.flags & ts.SymbolFlags.Enum) return symbol;
  const [member] = declarationsOf(symbol);
  if (!member || !ts.isEnumMember(member)) return undefined;
  return checker.getSymbolAtLocation(member.parent.name);
}

/** The value of a string, number or boolean literal type, also of an enum's member. */
export function literalOf({ ts, checker }: Compiler, type: ts.Type): Literal | undefined {
  if (type.isStringLiteral()) return type.value;
  // The compiler has one type for 0 and -0, with the value that it met first.
  if (type.isNumberLiteral()) return type.value === 0 ? 0 : type.value;
  if (type.flags & ts.TypeFlags.BooleanLiteral) return checker.typeToString(type) === "true";
  return undefined;
}

/** The value of a type that can tell variants apart: of a literal type, or null. */
export function tagOf(compiler: Compiler, type: ts.Type): Tag | undefined {
  return type.flags & compiler.ts.TypeFlags.Null ? null : literalOf(compiler, type);
}

/** The types of {@link tagOf} that a type consists of; undefined if it accepts anything else. */
export function tagsOf(compiler: Compiler, type: ts.Type): readonly ts.Type[] | undefined {
  const parts = type.isUnion() ? type.types : [type];
  return parts.every((part) => tagOf(compiler, part) !== undefined) ? parts : undefined;
}

/** The literals that a type consists of; undefined if it accepts anything else. */
export function literalsOf(compiler: Compiler, type: ts.Type): readonly ts.Type[] | undefined {
  const parts = type.isUnion() ? type.types : [type];
  return parts.every((part) => literalOf(compiler, part) !== undefined) ? parts : undefined;
}
