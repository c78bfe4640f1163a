// Objects of the language's own library that travel as what they hold, whatever their declarations look like.
import { type Type, typedArrayNames } from "@hewn/schema";
import type ts from "typescript";
import { type Compiler, declarationsOf } from "./compiler.ts";
import { mappedOver } from "./internals.ts";

export interface LibraryValue {
  readonly lowered: Type;
  /** The library's type itself: `T` of `Readonly<T>`. */
  readonly type: ts.Type;
}

/** A date or typed array; undefined for every other type. */
export function libraryValueOf(compiler: Compiler, type: ts.Type): LibraryValue | undefined {
  const source = readonlySource(compiler, type);
  const name = languageNameOf(compiler, source.symbol);
  if (name === "Date") return { lowered: { kind: "date" }, type: source };
  const array = typedArrayNames.find((each) => each === name);
  return array && { lowered: { kind: "typedArray", array }, type: source };
}

/**
 * The name of an interface that the default library declares for everybody to see, such as `Date`. A user's own
 * type of that name is another one; what a user adds to it by `declare global` is still it.
 */
function languageNameOf({ ts, program }: Compiler, symbol: ts.Symbol | undefined): string | undefined {
  const isGlobal = declarationsOf(symbol).some((node) => {
    const isTopLevel = ts.isInterfaceDeclaration(node) && ts.isSourceFile(node.parent);
    return isTopLevel && program.isSourceFileDefaultLibrary(node.parent);
  });
  return isGlobal ? symbol?.name : undefined;
}

/** `T` of `Readonly<T>` and the like: mapped types that take nothing away, add nothing and change nothing. */
function readonlySource(compiler: Compiler, type: ts.Type): ts.Type {
  const { checker } = compiler;
  let source = type;
  for (let next = mappedOver(compiler, type); next; next = mappedOver(compiler, next)) source = next;
  if (source === type || languageNameOf(compiler, source.symbol) === undefined) return type;
  const isSame = checker.isTypeAssignableTo(type, source) && checker.isTypeAssignableTo(source, type);
  return isSame ? source : type;
}
