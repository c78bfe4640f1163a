// Types as they are written. The checker keeps the arms of a union in an order that depends on what it has looked at
// before, so declared order is read from the type nodes and matched against what the checker says.
import type ts from "typescript";
import { type Compiler, declarationsOf } from "./compiler.ts";
import { enumOfMember, tagOf } from "./type-kind.ts";

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

/** What the parameters of a generic alias stand for. */
type Arguments = ReadonlyMap<ts.Symbol, Written | ts.Type>;

/** A type as it is written, where the parameters of generic aliases around it are known. */
export interface Written {
  readonly node: ts.TypeNode;
  readonly args: Arguments;
}

/** A type node outside of any generic alias. */
export function writtenAs(node: ts.TypeNode | undefined): Written | undefined {
  return node && { node, args: new Map() };
}

/** A union as its alias writes it. */
export function writtenUnion(compiler: Compiler, type: ts.Type): Written | undefined {
  const { ts, checker } = compiler;
  const alias = declarationsOf(type.aliasSymbol).find((node) => ts.isTypeAliasDeclaration(node));
  if (!alias) return undefined;
  const args = new Map<ts.Symbol, ts.Type>();
  for (const [index, parameter] of (alias.typeParameters ?? []).entries()) {
    const symbol = checker.getSymbolAtLocation(parameter.name);
    const argument = type.aliasTypeArguments?.[index];
    if (symbol && argument) args.set(symbol, argument);
  }
  return { node: alias.type, args };
}

/** One arm of a union: the type, and the node if the text has one for it alone. */
interface WrittenArm {
  readonly type: ts.Type;
  readonly node: ts.TypeNode | undefined;
}

/** Aliases may double what they name: after so many arms the text counts as unknown. */
const armsMax = 10_000;

/** By checker, because a node that is unchanged in the next program may mean other types. */
const known = new WeakMap<ts.TypeChecker, WeakMap<ts.TypeNode, readonly WrittenArm[]>>();

/** The arms of a union in the order of the text, through aliases and nested unions; enums give their members. */
function writtenArms(compiler: Compiler, written: Written | undefined): readonly WrittenArm[] {
  if (!written || written.args.size > 0) return findArms(compiler, written);
  let nodes = known.get(compiler.checker);
  if (!nodes) {
    nodes = new WeakMap();
    known.set(compiler.checker, nodes);
  }
  let arms = nodes.get(written.node);
  if (!arms) {
    arms = findArms(compiler, written);
    nodes.set(written.node, arms);
  }
  return arms;
}

function findArms(compiler: Compiler, written: Written | undefined): readonly WrittenArm[] {
  const { ts, checker } = compiler;
  const arms: WrittenArm[] = [];
  const open = new Set<ts.Node>();
  const add = (part: ts.TypeNode | undefined, args: Arguments): void => {
    const bare = unwrapped(compiler, part);
    if (!bare || arms.length > armsMax || (open.has(bare) && args.size === 0)) return;
    open.add(bare);
    const generic = genericAlias(compiler, bare, args);
    const argument = args.get(referredSymbol(compiler, bare) ?? noSymbol);
    if (ts.isUnionTypeNode(bare)) for (const arm of bare.types) add(arm, args);
    else if (generic) add(generic.node, generic.args);
    else if (argument && "node" in argument) add(argument.node, argument.args);
    else if (argument) arms.push({ type: argument, node: undefined });
    else {
      for (const type of enumMembers(compiler, bare)) arms.push({ type, node: undefined });
      arms.push({ type: checker.getTypeFromTypeNode(bare), node: bare });
    }
    open.delete(bare);
  };
  if (written) add(written.node, written.args);
  return arms;
}

const noSymbol = {} as ts.Symbol;

/** The union that a reference to a generic alias stands for. */
function genericAlias(compiler: Compiler, node: ts.TypeNode, args: Arguments): Written | undefined {
  const { ts, checker } = compiler;
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const symbol = referredSymbol(compiler, node);
  const alias = declarationsOf(symbol).find((declaration) => ts.isTypeAliasDeclaration(declaration));
  const body = alias?.typeParameters && unwrapped(compiler, alias.type);
  if (!alias || !body || !ts.isUnionTypeNode(body)) return undefined;
  const inner = new Map<ts.Symbol, Written>();
  for (const [index, parameter] of (alias.typeParameters ?? []).entries()) {
    const argument = node.typeArguments?.[index] ?? parameter.default;
    const own = checker.getSymbolAtLocation(parameter.name);
    if (own && argument) inner.set(own, { node: argument, args });
  }
  return { node: alias.type, args: inner };
}

function enumMembers(compiler: Compiler, node: ts.TypeNode): readonly ts.Type[] {
  const { ts, checker } = compiler;
  const symbol = referredSymbol(compiler, node);
  // One member stands for itself.
  if ((symbol?.flags ?? 0) & ts.SymbolFlags.EnumMember) return [];
  const declared = enumOfMember(compiler, symbol);
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
 * before null before strings. Null counts where it is among them.
 */
export function orderedLiterals(
  compiler: Compiler,
  types: readonly ts.Type[],
  written: ts.TypeNode | undefined,
): readonly ts.Type[] {
  const byValue = new Map(types.map((type) => [tagOf(compiler, type), type]));
  const ordered = new Set<ts.Type>();
  const alien = writtenArms(compiler, writtenAs(written)).some(({ type: arm }) => {
    const parts = arm.isUnion() ? [] : [arm];
    if (arm.flags & compiler.ts.TypeFlags.Boolean) parts.push(...(arm as ts.UnionType).types);
    return parts.some((part) => {
      const value = tagOf(compiler, part);
      const type = byValue.get(value);
      if (type && value !== undefined) ordered.add(type);
      return value !== undefined && value !== null && !type;
    });
  });
  if (!alien && ordered.size === types.length) return [...ordered];
  return [...types].sort((a, b) => compareLiterals(tagOf(compiler, a), tagOf(compiler, b)));
}

function compareLiterals(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  return Number(a) - Number(b) || (String(a) < String(b) ? -1 : 1);
}

/** Object types in declared order, if the text names exactly these; undefined if it does not. */
export function orderedArms(
  compiler: Compiler,
  types: readonly ts.Type[],
  written: Written | undefined,
): readonly ts.Type[] | undefined {
  const positions = armPositions(compiler, types, written);
  const isOrdered =
    positions && new Set([...positions.values()].map(({ position }) => position)).size === types.length;
  return isOrdered ? [...positions.keys()] : undefined;
}

export interface ArmPosition {
  readonly position: number;
  readonly node: ts.TypeNode | undefined;
}

/**
 * Where the arms of a union stand in the text, in its order; undefined if it does not name each of them. The arms that
 * one parameter of a generic alias brings stand at the same place.
 */
export function armPositions(
  compiler: Compiler,
  types: readonly ts.Type[],
  written: Written | undefined,
): ReadonlyMap<ts.Type, ArmPosition> | undefined {
  const left = new Set(types);
  const bySymbol = new Map<ts.Symbol, ts.Type[]>();
  for (const type of types) {
    const same = bySymbol.get(type.symbol);
    if (same) same.push(type);
    else bySymbol.set(type.symbol, [type]);
  }
  const positions = new Map<ts.Type, ArmPosition>();
  for (const [position, { type: arm, node }] of writtenArms(compiler, written).entries()) {
    const parts = left.has(arm) || !arm.isUnion() ? [arm] : arm.types;
    for (const part of parts) {
      const same = left.has(part)
        ? [part]
        : ((part.symbol && bySymbol.get(part.symbol)) ?? []).filter((type) => left.has(type));
      const [match] = same;
      if (same.length !== 1 || !match) continue;
      left.delete(match);
      positions.set(match, { position, node });
    }
  }
  return left.size === 0 ? positions : undefined;
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
  if (ts.isTupleTypeNode(bare)) {
    const [element, ...others] = bare.elements;
    // `[...T[]]` is the array `T[]`.
    const isSpread = element !== undefined && others.length === 0 && ts.isRestTypeNode(element);
    return isSpread ? writtenPart(compiler, element.type, index) : bare.elements[index];
  }
  if (!ts.isTypeReferenceNode(bare)) return undefined;
  const [first, ...rest] = bare.typeArguments ?? [];
  const isWrapper = libraryName(compiler, bare.typeName) === "Readonly" && rest.length === 0;
  return isWrapper ? writtenPart(compiler, first, index) : bare.typeArguments?.[index];
}

/** `Readonly` and `globalThis.Readonly`, which is how it is written where `Readonly` is something else. */
function libraryName({ ts }: Compiler, name: ts.EntityName): string | undefined {
  if (ts.isIdentifier(name)) return name.text;
  const isGlobal = ts.isIdentifier(name.left) && name.left.text === "globalThis";
  return isGlobal ? name.right.text : undefined;
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
