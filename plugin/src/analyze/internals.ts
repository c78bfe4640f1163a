// Questions that the public compiler API cannot answer. The answers come from internals that exist in TypeScript 5.4
// to 6.0; where one is missing, the nearest public reading takes its place.
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";

interface Internals {
  readonly getCheckFlags?: (symbol: ts.Symbol) => number;
  readonly getDeclarationModifierFlagsFromSymbol?: (symbol: ts.Symbol) => ts.ModifierFlags;
}

/** `CheckFlags.Readonly`: a mapped type or an intersection made the property readonly. */
const checkFlagReadonly = 8;

/** Whether a property cannot be assigned to. Its declarations alone do not tell: `-readonly` may have been applied. */
export function isReadonlyProperty({ ts }: Compiler, symbol: ts.Symbol): boolean {
  const { getCheckFlags, getDeclarationModifierFlagsFromSymbol } = ts as typeof ts & Internals;
  if (symbol.flags & ts.SymbolFlags.Accessor) return !(symbol.flags & ts.SymbolFlags.SetAccessor);
  if (getCheckFlags && getDeclarationModifierFlagsFromSymbol) {
    if (getCheckFlags(symbol) & checkFlagReadonly) return true;
    return (getDeclarationModifierFlagsFromSymbol(symbol) & ts.ModifierFlags.Readonly) !== 0;
  }
  const declarations = symbol.declarations ?? [];
  return declarations.some((node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly) !== 0);
}

/** `error`, `unresolved` and the like: the compiler has already reported why. */
export function isErrorType({ ts }: Compiler, type: ts.Type): boolean {
  const { intrinsicName } = type as ts.Type & { readonly intrinsicName?: string };
  return (type.flags & ts.TypeFlags.Any) !== 0 && intrinsicName !== undefined && intrinsicName !== "any";
}

/**
 * The type whose keys a mapped type runs over (`T` of `[K in keyof T]`); undefined for other types, and for
 * a mapped type over a union of keys.
 */
export function mappedOver({ ts, checker }: Compiler, type: ts.Type): ts.Type | undefined {
  if (!((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped)) return undefined;
  checker.getPropertiesOfType(type);
  const constraint = mappedNode(type)?.typeParameter.constraint;
  if (!constraint || !ts.isTypeOperatorNode(constraint)) return undefined;
  const { modifiersType } = type as ts.Type & { readonly modifiersType?: ts.Type };
  return constraint.operator === ts.SyntaxKind.KeyOfKeyword ? modifiersType : undefined;
}

/** The property of the type that a mapped type runs over from which one of its own came; `as` may have renamed it. */
export function mappedFrom(property: ts.Symbol): string | undefined {
  interface Links {
    readonly links?: { readonly syntheticOrigin?: ts.Symbol };
  }
  return (property as ts.Symbol & Links).links?.syntheticOrigin?.name;
}

/** Whether a property was put together of those that parts of an intersection have. */
export function isOfIntersection(property: ts.Symbol): boolean {
  interface Links {
    readonly links?: { readonly containingType?: ts.Type };
  }
  return (property as ts.Symbol & Links).links?.containingType?.isIntersection() === true;
}

/** The node that spells out a mapped type, `{ [K in keyof T]: … }`. */
export function mappedNode(type: ts.Type): ts.MappedTypeNode | undefined {
  return (type as ts.Type & { readonly declaration?: ts.MappedTypeNode }).declaration;
}

/** The name in the package.json that governs a file, where the compiler has looked it up. */
export function packageNameOf(file: ts.SourceFile): string | undefined {
  interface Scope {
    readonly contents?: { readonly packageJsonContent?: { readonly name?: unknown } };
  }
  const { packageJsonScope } = file as ts.SourceFile & { readonly packageJsonScope?: Scope };
  const name = packageJsonScope?.contents?.packageJsonContent?.name;
  return typeof name === "string" ? name : undefined;
}
