// The public members of a class that have names: those of its bases first, each where it was declared first.
import type ts from "typescript";
import { type Compiler, declarationsOf } from "../compiler.ts";
import { propertyStep } from "../entity.ts";
import { isLibraryFile } from "../library.ts";

export interface Member {
  readonly name: string;
  /** `.process` */
  readonly step: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
  /** Where diagnostics about it stand. */
  readonly node: ts.Node;
}

/** Hooks, whose names are symbols, are no part of a protocol; nor is what is private or protected. */
export function membersOf(compiler: Compiler, type: ts.Type): readonly Member[] {
  const { checker } = compiler;
  const members = checker.getPropertiesOfType(type).flatMap((symbol) => memberOf(compiler, symbol) ?? []);
  const chain = basesFirst(compiler, type);
  const place = ({ name }: Member): number => {
    const first = chain.findIndex((each) => checker.getPropertyOfType(each, name) !== undefined);
    const [declared] = declarationsOf(checker.getPropertyOfType(chain[first] ?? type, name));
    return first * 1e9 + (declared?.pos ?? 0);
  };
  return members.sort((a, b) => place(a) - place(b));
}

function memberOf({ ts }: Compiler, symbol: ts.Symbol): Member | undefined {
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (!declaration || symbol.escapedName.toString().startsWith("__@")) return undefined;
  const name = ts.getNameOfDeclaration(declaration);
  if (name && ts.isPrivateIdentifier(name)) return undefined;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if (ts.getCombinedModifierFlags(declaration) & hidden) return undefined;
  return { name: symbol.name, step: propertyStep(symbol.name), symbol, declaration, node: declaration };
}

/** The class and what it extends, the root of all first. */
function basesFirst({ checker }: Compiler, type: ts.Type): readonly ts.Type[] {
  const chain = [type];
  for (let each: ts.Type | undefined = type; each && chain.length < 100; ) {
    [each] = each.isClassOrInterface() ? (checker.getBaseTypes(each) ?? []) : [];
    if (each) chain.unshift(each);
  }
  return chain;
}

/** The class that a class extends, if it is one of the project's own sources. */
export function foreignBaseOf(compiler: Compiler, node: ts.ClassDeclaration): ts.Expression | undefined {
  const { ts, checker, program } = compiler;
  let at: ts.ClassLikeDeclaration | undefined = node;
  for (let depth = 0; at && depth < 100; depth++) {
    const clause: ts.HeritageClause | undefined = at.heritageClauses?.find(
      ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
    );
    const [extended] = clause?.types ?? [];
    if (!extended) return undefined;
    const base = classOf(compiler, checker.getTypeAtLocation(extended));
    if (!base) return extended.expression;
    const file = base.getSourceFile();
    const isForeign =
      isLibraryFile(compiler, file) ||
      file.isDeclarationFile ||
      program.isSourceFileFromExternalLibrary(file);
    if (isForeign) return extended.expression;
    at = base;
  }
  return undefined;
}

function classOf({ ts }: Compiler, type: ts.Type): ts.ClassLikeDeclaration | undefined {
  return declarationsOf(type.symbol).find((each) => ts.isClassLike(each));
}
