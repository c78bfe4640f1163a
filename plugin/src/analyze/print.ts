// The type as it is shown in a message: what an alias stands for, named types by their names, cut where it is long.
import type ts from "typescript";
import { actorOfHandle } from "./actors/handle-type.ts";
import type { Compiler } from "./compiler.ts";
import { spelledText, type TextStyle, typeText } from "./type-text.ts";

const shownMax = 100;

/** How deep type arguments are shown. */
const argumentsMax = 8;

/** @param written the node that spells the type out, for the order of unions */
export function print(compiler: Compiler, type: ts.Type, written?: ts.TypeNode): string {
  const style = shown(compiler, 0);
  // An alias is spelled out: its name is what the programmer sees at that place.
  const handle = actorOfHandle(type) && style.nameOf(type);
  const text = handle ?? interfaceName(compiler, type, style) ?? spelledText(compiler, type, style, written);
  const withoutPaths = text
    .replace(/, \{ with: \{[^}]*\} \}/g, "")
    .replace(/import\("[^"]*\/([^"/]*)"\)/g, 'import("$1")');
  return withoutPaths.length > shownMax ? `${withoutPaths.slice(0, shownMax - 1)}…` : withoutPaths;
}

/** What a type is called, with its arguments; undefined for one without a name. */
export function typeName(compiler: Compiler, type: ts.Type): string | undefined {
  return shown(compiler, 0).nameOf(type);
}

const shownOrders = new WeakMap<ts.UnionType, readonly ts.Type[]>();

interface Shown extends TextStyle {
  readonly argumentsOf: (name: string, args: readonly ts.Type[]) => string;
}

function shown(compiler: Compiler, depth: number): Shown {
  const argumentsOf = (name: string, args: readonly ts.Type[]): string => {
    if (args.length === 0) return name;
    const style = shown(compiler, depth + 1);
    const texts = depth >= argumentsMax ? ["…"] : args.map((arg) => typeText(compiler, arg, style));
    return `${name}<${texts.join(", ")}>`;
  };
  const style: Shown = {
    argumentsOf,
    cut: "…",
    lengthMax: shownMax,
    orders: shownOrders,
    nameOf: (type) =>
      type.aliasSymbol
        ? argumentsOf(type.aliasSymbol.name, type.aliasTypeArguments ?? [])
        : interfaceName(compiler, type, style),
  };
  return style;
}

/** The name of an interface that is declared in the project; those of the library are left to the compiler. */
function interfaceName({ ts, checker }: Compiler, type: ts.Type, style: Shown): string | undefined {
  const { symbol } = type;
  if (!symbol || checker.isArrayType(type) || checker.isTupleType(type)) return undefined;
  if (!(type.flags & ts.TypeFlags.Object) || !(symbol.flags & ts.SymbolFlags.Interface)) return undefined;
  const isReference = (type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference;
  if (!isReference) return symbol.name;
  const count = (type as ts.TypeReference).target.typeParameters?.length ?? 0;
  if (symbol.name.includes("Iter") || count > 2) return undefined;
  return style.argumentsOf(symbol.name, checker.getTypeArguments(type as ts.TypeReference).slice(0, count));
}
