// What a rest parameter consists of. The array of it is made by each call, so it may be declared mutable.
import type { Type } from "@hewn/schema";
import type ts from "typescript";
import type { Compiler } from "../compiler.ts";
import { type Frame, type Place, report } from "../entity.ts";
import { print } from "../print.ts";

/** `T` of `...items: T[]`; a rest of tuples would be an overload. */
export function restElement(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): Type | undefined {
  const { ts, checker } = compiler;
  const [element] = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (!element) return report(frame, "unsupported", place, { type: print(compiler, type, place.written) });
  return frame.lower(frame, element, { ...place, written: elementNode(ts, place.written) });
}

/** `T` as it is written: of `T[]`, `readonly T[]`, `Array<T>` and `ReadonlyArray<T>`. */
function elementNode(compiler: typeof ts, written: ts.TypeNode | undefined): ts.TypeNode | undefined {
  if (!written) return undefined;
  if (compiler.isArrayTypeNode(written)) return written.elementType;
  if (compiler.isTypeOperatorNode(written)) return elementNode(compiler, written.type);
  return compiler.isTypeReferenceNode(written) ? written.typeArguments?.[0] : undefined;
}
