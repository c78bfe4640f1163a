// Where generic types are used, and what they are given: in references, in imported types and in heritage clauses.
import type ts from "typescript";
import type { Mender } from "./fix.ts";

/** `Box<T>`, `import("./box.js").Box<T>`, and `Box<T>` of `extends Box<T>`. */
type TypeUse = ts.TypeReferenceNode | ts.ImportTypeNode | ts.ExpressionWithTypeArguments;

function isUse(compiler: typeof ts, node: ts.Node): node is TypeUse {
  return (
    compiler.isTypeReferenceNode(node) ||
    compiler.isImportTypeNode(node) ||
    compiler.isExpressionWithTypeArguments(node)
  );
}

/** The type parameter that a written type is. */
export function typeParameterOf(mender: Mender, node: ts.TypeNode): ts.TypeParameterDeclaration | undefined {
  return declarationsOf(mender, node).find((each) => mender.ts.isTypeParameterDeclaration(each));
}

/** What a written name refers to, behind imports. */
export function declarationsOf({ ts, checker }: Mender, node: ts.Node): readonly ts.Declaration[] {
  if (!isUse(ts, node)) return [];
  const name = ts.isTypeReferenceNode(node)
    ? node.typeName
    : ts.isImportTypeNode(node)
      ? node.qualifier
      : node.expression;
  const symbol = name && checker.getSymbolAtLocation(name);
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target?.declarations ?? [];
}

/** The uses on a path outwards, and before each what the interface that it names extends, bases of bases first. */
export function withHeritage(mender: Mender, uses: readonly ts.TypeNode[]): readonly ts.TypeNode[] {
  return uses.flatMap((use) => {
    const bare = bareUse(mender.ts, use);
    const named = bare ? declarationsOf(mender, bare) : [];
    return [...named.flatMap((each) => heritageOf(mender, each)), use];
  });
}

/** What an interface extends, bases of bases first. */
export function heritageOf(
  mender: Mender,
  declaration: ts.Node,
  seen: ReadonlySet<ts.Node> = new Set(),
): readonly ts.TypeNode[] {
  if (!mender.ts.isInterfaceDeclaration(declaration) || seen.has(declaration)) return [];
  const inner = new Set([...seen, declaration]);
  return (declaration.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .flatMap((base) => [
      ...declarationsOf(mender, base).flatMap((each) => heritageOf(mender, each, inner)),
      base,
    ]);
}

/** The argument that stands for a type parameter, given by the nearest use around it, or else its default. */
export function argumentOf(
  mender: Mender,
  parameter: ts.TypeParameterDeclaration,
  outer: readonly ts.TypeNode[],
): { readonly node: ts.TypeNode; readonly outer: readonly ts.TypeNode[] } | undefined {
  const { parent } = parameter;
  const parameters = "typeParameters" in parent ? parent.typeParameters : undefined;
  const index = (parameters as readonly ts.Node[] | undefined)?.indexOf(parameter) ?? -1;
  if (index < 0) return undefined;
  for (const [place, use] of outer.entries()) {
    const bare = bareUse(mender.ts, use);
    if (!bare || !declarationsOf(mender, bare).some((each) => each === parent)) continue;
    const given = bare.typeArguments?.[index] ?? parameter.default;
    return given && { node: given, outer: outer.slice(place + 1) };
  }
  return undefined;
}

/** `Box<T>` of `(Box<T>)` and of `Box<T> | null`. */
function bareUse(compiler: typeof ts, node: ts.TypeNode): TypeUse | undefined {
  if (isAround(compiler, node)) return bareUse(compiler, node.type);
  if (isUse(compiler, node)) return node;
  if (!compiler.isUnionTypeNode(node)) return undefined;
  const uses = node.types.flatMap((each) => bareUse(compiler, each) ?? []);
  return uses.length === 1 ? uses[0] : undefined;
}

type Around = ts.ParenthesizedTypeNode | ts.OptionalTypeNode | ts.NamedTupleMember;

/** Whether a node only stands around a type: brackets, and the `?` and the name of a tuple's element. */
export function isAround(compiler: typeof ts, node: ts.TypeNode): node is Around {
  return (
    compiler.isParenthesizedTypeNode(node) ||
    compiler.isOptionalTypeNode(node) ||
    compiler.isNamedTupleMember(node)
  );
}
