// Which types have a name of their own in the schema, and what they are called there: tagged types, interfaces,
// aliases of object types and of unions of them, enums, and instances of generic types.
import type { Declaration, Origin } from "@hewn/schema";
import type ts from "typescript";
import { actorOfHandle } from "./actors/handle-type.ts";
import { brandOf } from "./brand.ts";
import { obstacleOf } from "./codec-home.ts";
import { type Compiler, declarationsOf, fileNameOf } from "./compiler.ts";
import { exportedName, exportingFile } from "./exports.ts";
import { mappedNode, mappedOver } from "./internals.ts";
import { isLibraryFile } from "./library.ts";
import { type TaggedNode, tagsOf } from "./tags.ts";
import { enumOf, enumOfMember, isStructLike } from "./type-kind.ts";
import { type TextStyle, typeText } from "./type-text.ts";

export interface Named {
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
  /** The type arguments of a generic instance. */
  readonly args: readonly ts.Type[];
  readonly tag: TaggedNode | undefined;
}

/** The name a type goes by, or undefined for one that is spelled out where it is used. */
export function namedOf(compiler: Compiler, type: ts.Type): Named | undefined {
  const { ts, checker } = compiler;
  const enumSymbol = enumOf(compiler, type);
  if (enumSymbol) return named(compiler, enumSymbol, []);
  const alias = type.aliasSymbol;
  if (alias && (isWorthAName(compiler, type) || actorOfHandle(type) || tagOf(compiler, alias))) {
    const candidate = named(compiler, alias, type.aliasTypeArguments ?? []);
    if (candidate) return candidate;
  }
  if (!(type.flags & ts.TypeFlags.Object) || !type.symbol) return undefined;
  if (!(type.symbol.flags & ts.SymbolFlags.Interface)) return mapped(compiler, type);
  const isReference = (type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference;
  const parameters = isReference ? ((type as ts.TypeReference).target.typeParameters ?? []) : [];
  const args = isReference
    ? checker.getTypeArguments(type as ts.TypeReference).slice(0, parameters.length)
    : [];
  return named(compiler, type.symbol, args);
}

/**
 * What a mapped type inside an alias makes of a named type, such as `Immutable<Place>`: the compiler forgets the alias
 * when it comes out of a conditional type, and without a name each use of a graph of types would repeat the graph.
 */
function mapped(compiler: Compiler, type: ts.Type): Named | undefined {
  const { ts } = compiler;
  const source = mappedOver(compiler, type);
  if (!source || !namedOf(compiler, source)) return undefined;
  const alias = ts.findAncestor(mappedNode(type), ts.isTypeAliasDeclaration);
  const symbol = alias && compiler.checker.getSymbolAtLocation(alias.name);
  const found = symbol && named(compiler, symbol, [source]);
  return found && { ...found, tag: undefined };
}

function named(compiler: Compiler, symbol: ts.Symbol, args: readonly ts.Type[]): Named | undefined {
  const { ts } = compiler;
  const tag = tagOf(compiler, symbol);
  const kinds = [ts.isInterfaceDeclaration, ts.isTypeAliasDeclaration, ts.isEnumDeclaration];
  const declaration = tag ?? declarationsOf(symbol).find((node) => kinds.some((is) => is(node)));
  if (!declaration) return undefined;
  // What a user adds to a library's type does not make it theirs.
  const files = tag ? [tag] : declarationsOf(symbol);
  if (files.some((node) => isLibraryFile(compiler, node.getSourceFile()))) return undefined;
  return { symbol, declaration, args, tag };
}

/** The tagged declaration of a symbol. */
export function tagOf({ ts }: Compiler, symbol: ts.Symbol): TaggedNode | undefined {
  for (const declaration of declarationsOf(symbol)) {
    const { tagged } = tagsOf(ts, declaration.getSourceFile());
    const tag = tagged.find((node) => node === declaration);
    if (tag) return tag;
  }
  return undefined;
}

/** An alias of an object type, or of a union that has object types in it, can be recursive; others are transparent. */
function isWorthAName(compiler: Compiler, type: ts.Type): boolean {
  if (!type.isUnion()) return isStructLike(compiler, type);
  return type.types.filter((arm) => isStructLike(compiler, arm)).length > 1;
}

export interface Naming {
  readonly id: string;
  readonly name: string;
  readonly scope: Declaration["scope"];
  readonly origin: Origin;
  readonly isExported: boolean;
}

export function namingOf(compiler: Compiler, { symbol, declaration, args, tag }: Named): Naming {
  // A codec stands beside the file that the tag is in.
  const file = tag ? declaration.getSourceFile() : exportingFile(compiler, declaration);
  const exported = exportedName(compiler, file, symbol);
  const written = compiler.ts.getNameOfDeclaration(declaration);
  const own = exported ?? (written && compiler.ts.isIdentifier(written) ? written.text : symbol.name);
  const origin = { file: fileNameOf(file), name: own };
  const id = `${origin.file}#${exported ?? [...namespacesAround(compiler, declaration), own].join(".")}`;
  // Of a package or a referenced project: no path from here to its codec holds both when compiling and when running.
  const isForeign = file.isDeclarationFile || compiler.program.isSourceFileFromExternalLibrary(file);
  // Such types are spelled out in the codec file, tagged or not; an enum cannot be.
  const isSpelledOut = isForeign && !compiler.ts.isEnumDeclaration(declaration);
  const isExported = exported !== undefined || isSpelledOut;
  if (args.length > 0) {
    const texts = args.map((arg) => typeText(compiler, arg, shortStyle(compiler)));
    const ids = args.map((arg) => typeText(compiler, arg, idStyle(compiler)));
    const name = [own, ...texts.map(readable)].join("_").slice(0, 80);
    return { id: `${id}<${ids.join(", ")}>`, name, scope: "local", origin, isExported };
  }
  const hasCodec = tag && !obstacleOf(compiler, file);
  if (hasCodec && !isForeign) return { id, name: own, scope: "wire", origin, isExported };
  return { id, name: own, scope: isForeign ? "local" : "import", origin, isExported };
}

/** Two namespaces of one file may declare different types of the same name. */
function namespacesAround({ ts }: Compiler, declaration: ts.Declaration): readonly string[] {
  const names: string[] = [];
  for (let node = declaration.parent; node && !ts.isSourceFile(node); node = node.parent) {
    if (ts.isModuleDeclaration(node)) names.unshift(node.name.text);
  }
  return names;
}

/** Stands in an id for what is too large to be part of it; no text of a type contains it. */
export const cut = "\0";

/** Tells types of the same name in different files apart. */
function idStyle(compiler: Compiler): TextStyle {
  return styleBy(compiler, idOrders, (each) => namingOf(compiler, each).id);
}

/** Names as they are, without files. */
function shortStyle(compiler: Compiler): TextStyle {
  return styleBy(compiler, shortOrders, ({ symbol, args }) => {
    const texts = args.map((arg) => typeText(compiler, arg, shortStyle(compiler)));
    return texts.length > 0 ? `${symbol.name}<${texts.join(", ")}>` : symbol.name;
  });
}

const idOrders: TextStyle["orders"] = new WeakMap();
const shortOrders: TextStyle["orders"] = new WeakMap();

function styleBy(
  compiler: Compiler,
  orders: TextStyle["orders"],
  textOf: (each: Named) => string,
): TextStyle {
  const { ts } = compiler;
  return {
    cut,
    orders,
    nameOf: (type) => {
      if (type.isIntersection() && brandOf(compiler, type)) return undefined;
      const name = namedOf(compiler, type);
      if (name) return textOf(name);
      const owner =
        type.flags & ts.TypeFlags.EnumLiteral && !type.isUnion() && enumOfMember(compiler, type.symbol);
      const declared = owner && named(compiler, owner, []);
      return declared ? `${textOf(declared)}.${type.symbol.name}` : undefined;
    },
  };
}

/** How deep type arguments nest: 0 for `Place`, 2 for `Box<readonly Place[]>`. */
export function argumentDepth({ ts, checker }: Compiler, type: ts.Type): number {
  const depthMax = 100;
  const depthOf = (each: ts.Type, limit: number): number => {
    if (limit === 0) return 0;
    const isReference =
      each.flags & ts.TypeFlags.Object && (each as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference;
    const args =
      each.aliasTypeArguments ?? (isReference ? checker.getTypeArguments(each as ts.TypeReference) : []);
    return Math.max(0, ...args.filter((arg) => arg !== each).map((arg) => 1 + depthOf(arg, limit - 1)));
  };
  return depthOf(type, depthMax);
}

/** A type's text as part of an identifier: `readonly i32[]` becomes `i32Array`. */
function readable(text: string): string {
  return text
    .replaceAll("readonly ", "")
    .replaceAll("[]", "Array")
    .replaceAll("|", "or")
    .replaceAll("&", "and")
    .replace(/[^\p{L}\p{N}_$]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}
