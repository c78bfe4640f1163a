// Types as they are written. The checker keeps the arms of a union in an order that depends on what it has looked at
// before, so declared order is read from the type nodes and matched against what the checker says.
import type ts from "typescript";
import { type Compiler, declarationsOf } from "./compiler.ts";
import { enumOfMember, literalOf } from "./type-kind.ts";

/** Removes what does not change the type: parentheses, `readonly`, `?` and names of tuple elements, plain aliases. */
export function unwrapped(compiler: Compiler, node: ts.TypeNode | undefined): ts.TypeNode | undefined {
  const { ts } = compiler;
  const seen = new Set<ts.Node>();
  let current = node;
  while (current && !seen.has(current)) {
    seen.add(current);
    if (
      ts.isParenthesizedTypeNode(current) ||
      ts.isOptionalTypeNode(current) ||
      ts.isNamedTupleMember(current)
    ) {
      current = current.type;
    } else if (ts.isTypeOperatorNode(current) && current.operator === ts.SyntaxKind.ReadonlyKeyword) {
      current = current.type;
    } else {
      const alias = aliasNode(compiler, current);
      if (!alias) return current;
      current = alias;
    }
  }
  return current;
}

/** What a reference to an alias stands for, if the alias has no parameters. */
export function aliasNode(compiler: Compiler, node: ts.TypeNode): ts.TypeNode | undefined {
  const { ts } = compiler;
  const symbol = referredSymbol(compiler, node);
  const alias = declarationsOf(symbol).find((declaration) => ts.isTypeAliasDeclaration(declaration));
  return alias && !alias.typeParameters ? alias.type : undefined;
}

/** The symbol of the name that a type is written as, behind imports. */
export function referredSymbol({ ts, checker }: Compiler, node: ts.TypeNode): ts.Symbol | undefined {
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const symbol = checker.getSymbolAtLocation(node.typeName);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The arms of a union in the order of the text, through aliases and nested unions; enums give their members. */
export function writtenArms(compiler: Compiler, node: ts.TypeNode | undefined): readonly ts.Type[] {
  const { ts, checker } = compiler;
  const arms: ts.Type[] = [];
  const open = new Set<ts.Node>();
  const add = (part: ts.TypeNode | undefined): void => {
    const bare = unwrapped(compiler, part);
    if (!bare || open.has(bare)) return;
    open.add(bare);
    if (ts.isUnionTypeNode(bare)) for (const arm of bare.types) add(arm);
    else arms.push(...enumMembers(compiler, bare), checker.getTypeFromTypeNode(bare));
    open.delete(bare);
  };
  add(node);
  return arms;
}

function enumMembers(compiler: Compiler, node: ts.TypeNode): readonly ts.Type[] {
  const { ts, checker } = compiler;
  const declared = enumOfMember(compiler, referredSymbol(compiler, node));
  return declarationsOf(declared).flatMap((declaration) =>
    ts.isEnumDeclaration(declaration)
      ? declaration.members.map((member) => checker.getDeclaredTypeOfSymbol(memberSymbol(compiler, member)))
      : [],
  );
}

function memberSymbol({ checker }: Compiler, member: ts.EnumMember): ts.Symbol {
  const symbol = checker.getSymbolAtLocation(member.name);
  if (!symbol) throw new Error(`an enum member has no symbol: ${member.getText()}`);
  return symbol;
}

/**
 * Literal types in declared order, if the text names exactly these; else sorted by value, booleans before numbers
 * before strings.
 */
export function orderedLiterals(
  compiler: Compiler,
  types: readonly ts.Type[],
  written: ts.TypeNode | undefined,
): readonly ts.Type[] {
  const byValue = new Map(types.map((type) => [literalOf(compiler, type), type]));
  const ordered = new Set<ts.Type>();
  const alien = writtenArms(compiler, written).some((arm) => {
    const parts = arm.isUnion() ? [] : [arm];
    if (arm.flags & compiler.ts.TypeFlags.Boolean) parts.push(...(arm as ts.UnionType).types);
    return parts.some((part) => {
      const value = literalOf(compiler, part);
      const type = byValue.get(value);
      if (type && value !== undefined) ordered.add(type);
      return value !== undefined && !type;
    });
  });
  if (!alien && ordered.size === types.length) return [...ordered];
  return [...types].sort((a, b) => compareLiterals(literalOf(compiler, a), literalOf(compiler, b)));
}

function compareLiterals(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  return Number(a) - Number(b) || (String(a) < String(b) ? -1 : 1);
}

/** Object types in declared order, if the text names exactly these; undefined if it does not. */
export function orderedArms(
  compiler: Compiler,
  types: readonly ts.Type[],
  written: ts.TypeNode | undefined,
): readonly ts.Type[] | undefined {
  const left = new Set(types);
  const ordered: ts.Type[] = [];
  for (const arm of writtenArms(compiler, written)) {
    const same = left.has(arm) ? [arm] : [...left].filter((type) => arm.symbol && type.symbol === arm.symbol);
    const [match] = same;
    if (same.length !== 1 || !match) continue;
    left.delete(match);
    ordered.push(match);
  }
  return left.size === 0 ? ordered : undefined;
}

/** The node of an element or type argument: `T` of `readonly T[]`, of `ReadonlySet<T>`, the second of a map. */
export function writtenPart(
  compiler: Compiler,
  node: ts.TypeNode | undefined,
  index: number,
): ts.TypeNode | undefined {
  const { ts } = compiler;
  const bare = presentArm(compiler, unwrapped(compiler, node));
  if (!bare) return undefined;
  if (ts.isArrayTypeNode(bare)) return index === 0 ? bare.elementType : undefined;
  if (ts.isTupleTypeNode(bare)) return bare.elements[index];
  if (!ts.isTypeReferenceNode(bare)) return undefined;
  const [first, ...rest] = bare.typeArguments ?? [];
  const isWrapper = ts.isIdentifier(bare.typeName) && bare.typeName.text === "Readonly" && rest.length === 0;
  return isWrapper ? writtenPart(compiler, first, index) : bare.typeArguments?.[index];
}

/** `T` of `T | null | undefined`; a node that is no such union as it is. */
export function presentArm(
  compiler: Compiler,
  node: ts.TypeNode | undefined,
  simplified = (arm: ts.TypeNode | undefined) => unwrapped(compiler, arm),
): ts.TypeNode | undefined {
  const { ts } = compiler;
  if (!node || !ts.isUnionTypeNode(node)) return node;
  const [arm, ...others] = node.types.filter((type) => {
    const isNull = ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
    return !isNull && type.kind !== ts.SyntaxKind.UndefinedKeyword;
  });
  return others.length === 0 ? presentArm(compiler, simplified(arm), simplified) : node;
}
