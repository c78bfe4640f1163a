// Whether a type lets its holder change what the receiver is promised to be immutable.
import type ts from "typescript";
import { actorOfHandle } from "../actors/handle-type.ts";
import type { Compiler } from "../compiler.ts";
import { propertyStep } from "../entity.ts";
import { isReadonlyProperty } from "../internals.ts";
import { libraryNameOf } from "../library.ts";
import { libraryValueOf } from "../library-value.ts";
import { print } from "../print.ts";

interface SharedType {
  readonly what: string;
  readonly steps: string;
}

/** Deeper than this nobody looks; what is declared as a wire type is not entered at all. */
const depthMax = 12;

/**
 * @param type of what is handed over
 * @param promised the type of the parameter
 * @param isNew only what it has is asked about
 */
export function sharedType(
  compiler: Compiler,
  type: ts.Type,
  promised: ts.Type,
  isNew: boolean,
  depth = 0,
): SharedType | undefined {
  if (type === promised || depth > depthMax) return undefined;
  const { ts, checker } = compiler;
  const parts = type.isUnion() ? type.types : [type];
  for (const part of parts) {
    if (!(part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) continue;
    if (actorOfHandle(part) || libraryValueOf(compiler, part)) continue;
    const target = targetOf(checker, part, promised);
    if (!target || target === part) continue;
    const found = sharedPart(compiler, part, target, isNew, depth);
    if (found) return found;
  }
  return undefined;
}

/** Of what may arrive, that which the part is taken for. */
function targetOf(checker: ts.TypeChecker, part: ts.Type, promised: ts.Type): ts.Type | undefined {
  const targets = promised.isUnion() ? promised.types : [promised];
  return (
    targets.find((each) => each === part) ?? targets.find((each) => checker.isTypeAssignableTo(part, each))
  );
}

function sharedPart(
  compiler: Compiler,
  part: ts.Type,
  target: ts.Type,
  isNew: boolean,
  depth: number,
): SharedType | undefined {
  const { ts, checker } = compiler;
  const container = containerOf(compiler, part);
  if (container) {
    // Where the receiver may change it too, it is copied.
    if (containerOf(compiler, target)?.isMutable) return undefined;
    if (container.isMutable && !isNew)
      return shared(`is a mutable ${container.kind} ('${print(compiler, part)}')`);
    const own = checker.getTypeArguments(part as ts.TypeReference);
    const promised = checker.getTypeArguments(target as ts.TypeReference);
    return own
      .map((each, index) => {
        const other = promised[Math.min(index, promised.length - 1)];
        const found = other && sharedType(compiler, each, other, false, depth + 1);
        return found && { ...found, steps: `[]${found.steps}` };
      })
      .find((found) => found !== undefined);
  }
  if ((part.symbol?.flags ?? 0) & ts.SymbolFlags.Class) {
    return shared(`is an instance of class '${part.symbol.name}'`);
  }
  return sharedProperty(compiler, part, target, isNew, depth);
}

function shared(what: string): SharedType {
  return { what, steps: "" };
}

interface Container {
  readonly kind: "array" | "tuple" | "map" | "set";
  readonly isMutable: boolean;
}

function containerOf(compiler: Compiler, type: ts.Type): Container | undefined {
  const { checker } = compiler;
  if (checker.isTupleType(type)) {
    return { kind: "tuple", isMutable: !(type as ts.TupleTypeReference).target.readonly };
  }
  if (checker.isArrayType(type)) return { kind: "array", isMutable: type.symbol.name !== "ReadonlyArray" };
  switch (libraryNameOf(compiler, type.symbol)) {
    case "Map":
      return { kind: "map", isMutable: true };
    case "ReadonlyMap":
      return { kind: "map", isMutable: false };
    case "Set":
      return { kind: "set", isMutable: true };
    case "ReadonlySet":
      return { kind: "set", isMutable: false };
    default:
      return undefined;
  }
}

/** Only what the receiver sees counts: what else the object has stays behind when it travels. */
function sharedProperty(
  compiler: Compiler,
  part: ts.Type,
  target: ts.Type,
  isNew: boolean,
  depth: number,
): SharedType | undefined {
  const { checker } = compiler;
  for (const promised of checker.getPropertiesOfType(target)) {
    const own = checker.getPropertyOfType(part, promised.name);
    if (!own) continue;
    const isMutable = !isReadonlyProperty(compiler, own) && isReadonlyProperty(compiler, promised);
    if (isMutable && !isNew) return { what: "can be assigned to", steps: propertyStep(promised.name) };
    const types = [checker.getTypeOfSymbol(own), checker.getTypeOfSymbol(promised)] as const;
    const found = sharedType(compiler, ...types, false, depth + 1);
    if (found) return { ...found, steps: propertyStep(promised.name) + found.steps };
  }
  return undefined;
}
