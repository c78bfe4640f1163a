// Aliases of packages that stand for containers, such as `type Position = number[]`: the array is not written where it
// is used, and cannot be made readonly there.
import type ts from "typescript";
import { type Compiler, declarationsOf } from "./compiler.ts";
import { isAboutMutability } from "./entity.ts";
import type { Finding } from "./finding.ts";
import { isLibraryFile } from "./library.ts";
import { referredSymbol } from "./written.ts";

export interface AliasUse {
  /** Where the project names it. */
  readonly use: ts.TypeReferenceNode;
  readonly alias: ts.TypeAliasDeclaration;
}

/** The alias that brings a mutable container into a declaration of the project; undefined where the project spells it out. */
export function aliasUseOf(compiler: Compiler, { problem, written }: Finding): AliasUse | undefined {
  const isContainer = isAboutMutability(problem) && problem.title !== "mutable-property";
  const [inner, ...outer] = written;
  if (!isContainer || !inner || isForeign(problem.node)) return undefined;
  if (!isForeign(inner)) return atTop(compiler, inner, outer, new Set());
  // The text of the part stands in the package; the last text of the project is behind it.
  const own = written.find((node) => !isForeign(node));
  return own && anywhereIn(compiler, own);
}

/** Whether a declaration is not the project's to edit. */
export function isForeign(node: ts.Node): boolean {
  const file = node.getSourceFile();
  return file.isDeclarationFile || /\/node_modules\//.test(file.fileName);
}

/** Through parentheses, unions, aliases of the project and type parameters. */
function atTop(
  compiler: Compiler,
  node: ts.TypeNode,
  outer: readonly ts.TypeNode[],
  seen: Set<ts.Node>,
): AliasUse | undefined {
  const { ts } = compiler;
  if (seen.has(node)) return undefined;
  seen.add(node);
  const into = (each: ts.TypeNode): AliasUse | undefined => atTop(compiler, each, outer, seen);
  if (ts.isParenthesizedTypeNode(node) || ts.isOptionalTypeNode(node) || ts.isNamedTupleMember(node))
    return into(node.type);
  if (ts.isUnionTypeNode(node)) return firstOf(node.types, into);
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const found = foreignUse(compiler, node);
  if (found) return found;
  const [declaration] = declarationsOf(referredSymbol(compiler, node));
  if (!declaration) return undefined;
  if (ts.isTypeParameterDeclaration(declaration)) {
    const given = argumentOf(compiler, declaration, outer);
    return given && into(given);
  }
  const isOwn = ts.isTypeAliasDeclaration(declaration) && !isForeign(declaration);
  return isOwn ? atTop(compiler, declaration.type, [node, ...outer], seen) : undefined;
}

function firstOf<T, R>(all: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function anywhereIn(compiler: Compiler, node: ts.Node): AliasUse | undefined {
  const { ts } = compiler;
  const found = ts.isTypeReferenceNode(node) ? foreignUse(compiler, node) : undefined;
  return found ?? ts.forEachChild(node, (each) => anywhereIn(compiler, each));
}

function foreignUse(compiler: Compiler, use: ts.TypeReferenceNode): AliasUse | undefined {
  const { ts } = compiler;
  const declarations = declarationsOf(referredSymbol(compiler, use));
  const alias = declarations.find((each) => ts.isTypeAliasDeclaration(each));
  if (!alias || !isForeign(alias) || isLibraryFile(compiler, alias.getSourceFile())) return undefined;
  // Of `Maybe<string[]>` the project writes the array.
  const isSpelled = ts.isArrayTypeNode(alias.type) || ts.isTupleTypeNode(alias.type);
  return use.typeArguments && !isSpelled ? undefined : { use, alias };
}

/** What the nearest use of the generic type gives for its parameter. */
function argumentOf(
  compiler: Compiler,
  parameter: ts.TypeParameterDeclaration,
  outer: readonly ts.TypeNode[],
): ts.TypeNode | undefined {
  const { ts } = compiler;
  const { parent } = parameter;
  if (!ts.isInterfaceDeclaration(parent) && !ts.isTypeAliasDeclaration(parent)) return undefined;
  const index = parent.typeParameters?.indexOf(parameter) ?? -1;
  const use = outer
    .filter((node) => ts.isTypeReferenceNode(node))
    .find((node) => declarationsOf(referredSymbol(compiler, node)).some((each) => each === parent));
  return use?.typeArguments?.[index];
}
