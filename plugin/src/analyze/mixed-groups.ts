// Gathers the types of a union into arms: booleans, the literals, the members of each enum, the objects, and each other
// type for itself. They stand in declared order, or, where no text tells it, in an order of their own.
import { arrayKindOf, tupleLengths, typedArrayNames } from "@hewn/schema";
import type ts from "typescript";
import { brandOf } from "./brand.ts";
import { enumOfType } from "./choice.ts";
import type { Compiler } from "./compiler.ts";
import { libraryNameOf } from "./library.ts";
import { namedOf } from "./named.ts";
import { isTemplate } from "./template.ts";
import { tupleOutline } from "./tuple-outline.ts";
import { isOpenPrimitive, isStructLike, literalOf } from "./type-kind.ts";
import {
  type ArmPosition,
  armPositions,
  orderedLiterals,
  type Written,
  writtenAs,
  writtenUnion,
} from "./written.ts";

export interface Group {
  readonly is: "boolean" | "literals" | "texts" | "enum" | "other" | "objects";
  /** Names the arm among the others of its union. */
  readonly word: string;
  /** Literals in declared order. */
  readonly types: readonly ts.Type[];
  /** The enum, where the types are all its members; the union of objects, where the text names one of just these. */
  readonly whole?: ts.Type;
  /** The arm as it is written, if the text has one place for it. */
  readonly written: ts.TypeNode | undefined;
}

/** @param place the union as it is written, if it is */
export function groupsOf(
  compiler: Compiler,
  type: ts.UnionType,
  place: ts.TypeNode | undefined,
): readonly Group[] {
  const text = namedOf(compiler, type) ? writtenUnion(compiler, type) : undefined;
  const written = text ?? writtenAs(place);
  const positions = armPositions(compiler, type.types, written);
  const found = distinctArrays(compiler, gathered(compiler, type.types)).map((group) =>
    located(compiler, group, positions, written),
  );
  const first = ({ types }: Group): number =>
    Math.min(...types.map((each) => positions?.get(each)?.position ?? 0));
  if (positions) return found.toSorted((a, b) => first(a) - first(b));
  const rank = ({ word }: Group): number => words.indexOf(word.replace(/ .*/, ""));
  return found.toSorted((a, b) => rank(a) - rank(b) || (a.word < b.word ? -1 : 1));
}

/** Kinds of arms, in the order in which they stand where no text has one. Enums come first. */
const words: readonly string[] = [
  ...["boolean", "literals", "number", "bigint", "string", "bytes", ...typedArrayNames, "Date"],
  ...["array", "Set", "Map", "record", "object"],
];

type Gathered = Omit<Group, "written">;

/** Of several arrays the words say how long they are: that is all that tells them apart. */
function distinctArrays(compiler: Compiler, groups: readonly Gathered[]): readonly Gathered[] {
  const isArray = ({ word }: Gathered): boolean => word === "array";
  if (groups.filter(isArray).length < 2) return groups;
  return groups.map((group) => {
    const [type] = group.types;
    if (!isArray(group) || !type || !compiler.checker.isTupleType(type)) return group;
    const outline = tupleOutline(compiler, type as ts.TupleTypeReference);
    return { ...group, word: arrayKindOf(tupleLengths(outline)) };
  });
}

function located(
  compiler: Compiler,
  group: Gathered,
  positions: ReadonlyMap<ts.Type, ArmPosition> | undefined,
  written: Written | undefined,
): Group {
  const { types, is } = group;
  const [type, ...others] = types;
  const own = type && others.length === 0 ? positions?.get(type)?.node : undefined;
  if (is === "literals") {
    const sorted = orderedLiterals(compiler, types, undefined);
    const position = (each: ts.Type): number => positions?.get(each)?.position ?? 0;
    return { ...group, types: sorted.toSorted((a, b) => position(a) - position(b)), written: own };
  }
  if (is !== "objects" || others.length === 0) return { ...group, written: own };
  const named = writtenArm(compiler, types, written?.node);
  if (named) return { ...group, whole: named.type, written: named.node };
  // A discriminated union finds its own arms among all that the text lists.
  return { ...group, written: written?.node };
}

/** The arm that the text has for these types together: spelling out a large union wherever it is one arm would not end. */
function writtenArm(
  { ts, checker }: Compiler,
  types: readonly ts.Type[],
  node: ts.TypeNode | undefined,
): { readonly type: ts.Type; readonly node: ts.TypeNode } | undefined {
  if (!node || !ts.isUnionTypeNode(node)) return undefined;
  for (const arm of node.types) {
    const type = checker.getTypeFromTypeNode(arm);
    const isWhole = type.isUnion() && type.types.length === types.length;
    if (isWhole && type.types.every((each) => types.includes(each))) return { type, node: arm };
  }
  return undefined;
}

function gathered(compiler: Compiler, types: readonly ts.Type[]): readonly Gathered[] {
  const left = types.filter((type) => !types.some((wider) => isCovered(compiler, type, wider)));
  const booleans = left.filter((type) => type.flags & compiler.ts.TypeFlags.BooleanLiteral);
  const whole = booleans.length === 2 ? booleans : [];
  const objects = left.filter((type) => isStructLike(compiler, type));
  const taken = new Set([...whole, ...objects]);
  const groups: Gathered[] = whole.length > 0 ? [{ is: "boolean", word: "boolean", types: whole }] : [];
  // String literals beside a template are texts of one template.
  const areTexts = left.some((type) => isTemplate(compiler, type));
  const texts: ts.Type[] = [];
  const literals: ts.Type[] = [];
  const enums = new Map<ts.Symbol, ts.Type[]>();
  for (const type of left) {
    if (taken.has(type)) continue;
    const declared = enumOfType(compiler, type);
    if (declared) enums.set(declared, [...(enums.get(declared) ?? []), type]);
    else if (isTemplate(compiler, type) || (areTexts && type.isStringLiteral())) texts.push(type);
    else if (literalOf(compiler, type) !== undefined) literals.push(type);
    else groups.push({ is: "other", word: wordOf(compiler, type), types: [type] });
  }
  if (literals.length > 0) groups.push({ is: "literals", word: "literals", types: literals });
  if (texts.length > 0) groups.push({ is: "texts", word: "string", types: texts });
  for (const [declared, members] of enums) groups.push(enumGroup(compiler, declared, members));
  if (objects.length > 0) groups.push({ is: "objects", word: "object", types: objects });
  return groups;
}

function enumGroup({ checker }: Compiler, declared: ts.Symbol, types: readonly ts.Type[]): Gathered {
  const whole = checker.getDeclaredTypeOfSymbol(declared);
  const isWhole = types.length === (whole.isUnion() ? whole.types.length : 1);
  return { is: "enum", word: declared.name, types, ...(isWhole ? { whole } : {}) };
}

/** `string & {}` accepts every string literal, `number & {}` and `f64` every number literal. */
function isCovered(compiler: Compiler, literal: ts.Type, wider: ts.Type): boolean {
  if (!wider.isIntersection()) return false;
  const { String, Number } = compiler.ts.TypeFlags;
  const holds = (flag: ts.TypeFlags): boolean => wider.types.some((part) => part.flags & flag);
  const brand = brandOf(compiler, wider);
  if (brand) return brand.kind === "float" && literal.isNumberLiteral();
  if (!isOpenPrimitive(compiler, wider)) return false;
  const isText = literal.isStringLiteral() || isTemplate(compiler, literal);
  return isText ? holds(String) : literal.isNumberLiteral() && holds(Number);
}

function wordOf(compiler: Compiler, type: ts.Type): string {
  const { ts, checker } = compiler;
  const { StringLike, NumberLike, BigIntLike } = ts.TypeFlags;
  const flags = type.isIntersection() ? type.types.reduce((all, part) => all | part.flags, 0) : type.flags;
  if (flags & StringLike) return "string";
  if (flags & NumberLike) return "number";
  if (flags & BigIntLike) return "bigint";
  if (checker.isArrayType(type) || checker.isTupleType(type)) return "array";
  const library = libraryNameOf(compiler, type.symbol)?.replace(/^Readonly/, "");
  if (library === undefined) return "record";
  return library === "Uint8Array" ? "bytes" : library;
}
