// Types as text that does not depend on what else the checker has looked at: the arms of a union stand in the order in
// which they are written where that is known, else sorted. What has no wire format is printed by the compiler.
import type ts from "typescript";
import { brandOf } from "./brand.ts";
import type { Compiler } from "./compiler.ts";
import { glanceText, keyText, sortedBy } from "./glance.ts";
import { isReadonlyProperty } from "./internals.ts";
import { libraryNameOf } from "./library.ts";
import { orderedProperties } from "./properties.ts";
import { enumOfMember, isCallable, isModuleObject, literalOf } from "./type-kind.ts";
import { orderedArms, orderedLiterals, writtenAs, writtenPart } from "./written.ts";

/** How deep a text goes into a type, and how many types it spells out, before it is cut. */
const depthMax = 500;
const visitsMax = 2000;

/** How many types may be spelled out wherever they occur; after that, each is spelled out once. */
const repeatedMax = 50;

export interface TextStyle {
  /** What a type with a name is called; undefined to spell the type out. */
  readonly nameOf: (type: ts.Type) => string | undefined;
  /** Stands for what is left out. */
  readonly cut: string;
  /** After so many characters the text may end anywhere: what is cut soon after need not be made. */
  readonly lengthMax?: number;
  /** The arms of unions that no text spells out, in order, once they were sorted. */
  readonly orders: WeakMap<ts.UnionType, readonly ts.Type[]>;
}

interface At {
  readonly style: TextStyle;
  readonly depth: number;
  readonly written: ts.TypeNode | undefined;
  /** Object types and unions by the number of their first visit: types without names may contain themselves. */
  readonly visits: Map<ts.Type, number>;
  readonly open: Set<ts.Type>;
  /** How many object types and unions were spelled out so far, and how many characters there are at least. */
  readonly spent: { count: number; characters: number };
}

/** The type as TypeScript, in one line. `written` is the node that spells it out, if there is one. */
export function typeText(compiler: Compiler, type: ts.Type, style: TextStyle, written?: ts.TypeNode): string {
  return textOf(compiler, type, {
    style,
    depth: 0,
    written,
    visits: new Map(),
    open: new Set(),
    spent: { count: 0, characters: 0 },
  });
}

/** The same, of a type whose own name says nothing here. */
export function spelledText(
  compiler: Compiler,
  type: ts.Type,
  style: TextStyle,
  written?: ts.TypeNode,
): string {
  return spelled(compiler, type, {
    style,
    depth: 0,
    written,
    visits: new Map(),
    open: new Set(),
    spent: { count: 0, characters: 0 },
  });
}

function textOf(compiler: Compiler, type: ts.Type, at: At): string {
  if (isLongEnough(at)) return at.style.cut;
  const name = at.style.nameOf(type);
  if (name !== undefined) return name;
  const { Object: object, Union: union } = compiler.ts.TypeFlags;
  if (!(type.flags & (object | union)) || type.flags & compiler.ts.TypeFlags.Boolean)
    return spelled(compiler, type, at);
  const known = at.visits.get(type);
  if (known !== undefined && (at.open.has(type) || at.spent.count > repeatedMax)) return `#${known}`;
  if (at.depth > depthMax || at.visits.size > visitsMax) return at.style.cut;
  if (known === undefined) at.visits.set(type, at.visits.size);
  at.open.add(type);
  at.spent.count++;
  const text = spelled(compiler, type, at);
  at.open.delete(type);
  return text;
}

function spelled(compiler: Compiler, type: ts.Type, at: At): string {
  const { ts, checker } = compiler;
  if (type.flags & ts.TypeFlags.Boolean) return "boolean";
  if (type.isUnion()) return unionText(compiler, type, at);
  if (type.isIntersection()) {
    const brand = brandOf(compiler, type);
    if (brand && "format" in brand) return brand.format;
    const parts = type.types.map((part) => textOf(compiler, part, deeper(at, undefined)));
    return parts.map((text) => (/^[^{]*(?: \| |=>)/.test(text) ? `(${text})` : text)).join(" & ");
  }
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0;
  const text = isObject ? objectText(compiler, type, at) : undefined;
  if (text !== undefined) return text;
  const printed = checker.typeToString(type, undefined, printFlags(ts, at));
  at.spent.characters += printed.length;
  return printed;
}

function isLongEnough({ style, spent }: At): boolean {
  return style.lengthMax !== undefined && spent.characters > style.lengthMax;
}

function printFlags({ TypeFormatFlags }: typeof ts, { depth }: At): ts.TypeFormatFlags {
  const { UseAliasDefinedOutsideCurrentScope, NoTruncation, InTypeAlias } = TypeFormatFlags;
  return UseAliasDefinedOutsideCurrentScope | NoTruncation | (depth === 0 ? InTypeAlias : 0);
}

function deeper(at: At, written: ts.TypeNode | undefined): At {
  return { ...at, depth: at.depth + 1, written };
}

function partOf(compiler: Compiler, at: At, index: number): At {
  return deeper(at, writtenPart(compiler, at.written, index));
}

/** Null and undefined come last, as the compiler has it. */
function unionText(compiler: Compiler, type: ts.UnionType, at: At): string {
  const { ts } = compiler;
  const { Null, Undefined, EnumLiteral } = ts.TypeFlags;
  const present = wholes(
    compiler,
    type.types.filter((part) => !(part.flags & (Null | Undefined))),
  );
  const areLiterals = present.every(
    (part) => literalOf(compiler, part) !== undefined && !(part.flags & EnumLiteral),
  );
  const ordered = areLiterals
    ? orderedLiterals(compiler, present, at.written)
    : orderedArms(compiler, present, writtenAs(at.written));
  const arms = ordered ?? sorted(compiler, type, present, at.style);
  // A single arm keeps what its node says of its parts.
  const inner = deeper(at, present.length === 1 ? at.written : undefined);
  const texts: string[] = [];
  for (const arm of arms) {
    if (isLongEnough(at)) break;
    texts.push(armText(compiler, arm, inner));
  }
  const nullish = (
    [
      [Null, "null"],
      [Undefined, "undefined"],
    ] as const
  ).flatMap(([flag, word]) => (type.types.some((part) => part.flags & flag) ? [word] : []));
  return [...texts, ...nullish].join(" | ");
}

/**
 * The arms of a union that no text spells out, by what each shows of itself at a glance, then by where it is declared:
 * the numbers that recursive types are given must not depend on the checker's order.
 */
function sorted(
  compiler: Compiler,
  type: ts.UnionType,
  arms: readonly ts.Type[],
  style: TextStyle,
): readonly ts.Type[] {
  const known = style.orders.get(type);
  if (known) return known;
  const order = sortedBy(
    compiler,
    arms,
    (arm) => arm,
    (arm) => glance(compiler, arm, style),
  );
  style.orders.set(type, order);
  return order;
}

function glance(compiler: Compiler, arm: ts.Type, style: TextStyle): string {
  const { ts, checker } = compiler;
  const name = style.nameOf(arm);
  if (name !== undefined) return name;
  if (!(arm.flags & ts.TypeFlags.Object))
    return JSON.stringify(literalOf(compiler, arm)) ?? checker.typeToString(arm);
  return `${arm.symbol?.name ?? ""} ${glanceText(compiler, arm)}`;
}

/** A union lists `true` and `false` and the members of enums, which read better as one. */
function wholes(compiler: Compiler, types: readonly ts.Type[]): readonly ts.Type[] {
  const { ts, checker } = compiler;
  const whole = new Set<ts.Type>();
  for (const type of types) {
    const owner = type.flags & ts.TypeFlags.EnumLiteral ? enumOfMember(compiler, type.symbol) : undefined;
    if (type.flags & ts.TypeFlags.BooleanLiteral) whole.add(checker.getBooleanType());
    else if (owner) whole.add(checker.getDeclaredTypeOfSymbol(owner));
  }
  const present = new Set(types);
  const complete = [...whole].filter(
    (type) => type.isUnion() && type.types.every((part) => present.has(part)),
  );
  const covered = new Set(complete.flatMap((type) => (type.isUnion() ? type.types : [])));
  return [...types.filter((type) => !covered.has(type)), ...complete];
}

function armText(compiler: Compiler, arm: ts.Type, at: At): string {
  const text = textOf(compiler, arm, at);
  const isCrossed = arm.isIntersection() && text.includes(" & ");
  return isCrossed || text.includes("=>") ? `(${text})` : text;
}

function inParentheses(text: string): string {
  return bindsLoosely(text) ? `(${text})` : text;
}

/** Whether `[]` behind it would mean its last part alone: an operator stands outside of its brackets and literals. */
function bindsLoosely(text: string): boolean {
  const outside = text.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, "").replaceAll("=>", "→");
  if (/^(?:readonly|keyof|new|abstract) /.test(outside)) return true;
  let depth = 0;
  for (const each of outside) {
    if ("({[<".includes(each)) depth++;
    else if (")}]>".includes(each)) depth--;
    else if (depth === 0 && "|&→".includes(each)) return true;
  }
  return false;
}

/** Undefined for what the compiler prints better: functions, classes, modules. */
function objectText(compiler: Compiler, type: ts.Type, at: At): string | undefined {
  const { ts, checker } = compiler;
  if (checker.isTupleType(type)) return tupleText(compiler, type as ts.TupleTypeReference, at);
  if (checker.isArrayType(type)) return arrayText(compiler, type as ts.TypeReference, at);
  const library = libraryNameOf(compiler, type.symbol);
  if (library !== undefined) {
    const isReference = (type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference;
    const args = isReference ? writtenArguments(compiler, type as ts.TypeReference) : [];
    const texts = args.map((arg, index) => textOf(compiler, arg, partOf(compiler, at, index)));
    // Iterators have parameters that nobody writes: the compiler knows which.
    if (args.length === 0 && isReference) return library;
    if (texts.length === 0 || texts.length > 2 || type.symbol.name.includes("Iter")) return undefined;
    return `${library}<${texts.join(", ")}>`;
  }
  const isClass = ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Class) !== 0;
  if (isClass || isCallable(compiler, type) || isModuleObject(compiler, type)) return undefined;
  return membersText(compiler, type, at);
}

/** Without those that are the defaults: `Uint8Array` has a parameter since TypeScript 5.7, which names must not show. */
function writtenArguments({ checker }: Compiler, type: ts.TypeReference): readonly ts.Type[] {
  const args = checker.getTypeArguments(type);
  const parameters = type.target.typeParameters ?? [];
  const isDefault = args.every((arg, index) => {
    const parameter = parameters[index];
    return parameter && checker.getDefaultFromTypeParameter(parameter) === arg;
  });
  return isDefault ? [] : args;
}

function arrayText(compiler: Compiler, type: ts.TypeReference, at: At): string {
  const [element] = compiler.checker.getTypeArguments(type);
  const text = element ? textOf(compiler, element, partOf(compiler, at, 0)) : "";
  return `${type.symbol.name === "ReadonlyArray" ? "readonly " : ""}${inParentheses(text)}[]`;
}

function tupleText(compiler: Compiler, type: ts.TupleTypeReference, at: At): string {
  const { ts, checker } = compiler;
  const { target } = type;
  const elements = checker.getTypeArguments(type).map((element, index) => {
    const text = textOf(compiler, element, partOf(compiler, at, index));
    const flags = target.elementFlags[index] ?? 0;
    const label = target.labeledElementDeclarations?.[index]?.name.getText();
    const before = `${flags & ts.ElementFlags.Variable ? "..." : ""}${label ?? ""}`;
    const isOptional = (flags & ts.ElementFlags.Optional) !== 0;
    const shown = flags & ts.ElementFlags.Rest ? `${inParentheses(text)}[]` : text;
    if (label !== undefined) return `${before}${isOptional ? "?" : ""}: ${shown}`;
    return isOptional ? `${inParentheses(text)}?` : `${before}${shown}`;
  });
  return `${target.readonly ? "readonly " : ""}[${elements.join(", ")}]`;
}

function membersText(compiler: Compiler, type: ts.Type, at: At): string {
  const { ts, checker } = compiler;
  const indexes = checker.getIndexInfosOfType(type).map((info) => {
    const key = textOf(compiler, info.keyType, deeper(at, undefined));
    const value = textOf(compiler, info.type, deeper(at, info.declaration?.type));
    const name = info.declaration?.parameters[0]?.name.getText() ?? "x";
    return `${info.isReadonly ? "readonly " : ""}[${name}: ${key}]: ${value};`;
  });
  const members = orderedProperties(compiler, type).flatMap((property) => {
    if (isLongEnough(at)) return [];
    at.spent.characters += property.name.length;
    const node = property.valueDeclaration;
    const written = node && ts.isPropertySignature(node) ? node.type : undefined;
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const text = textOf(compiler, checker.getTypeOfSymbol(property), deeper(at, written));
    const value = isOptional ? text.replace(/ \| undefined$/, "") : text;
    const before = isReadonlyProperty(compiler, property) ? "readonly " : "";
    return `${before}${keyText(property)}${isOptional ? "?" : ""}: ${value};`;
  });
  const all = [...indexes, ...members];
  return all.length === 0 ? "{}" : `{ ${all.join(" ")} }`;
}
