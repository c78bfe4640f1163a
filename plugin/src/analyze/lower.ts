// Lowers one compiler type to the schema, or reports why it cannot be. The order of the questions matters: each
// earlier one hides a later one (an intersection may be a number name, every primitive has an apparent object type,
// a library type must not be looked into).
import type { Type } from "@hewn/schema";
import type ts from "typescript";
import { lowerHandle } from "./actors/handle.ts";
import { actorOfHandle } from "./actors/handle-type.ts";
import { brandOf } from "./brand.ts";
import { lowerChoice } from "./choice.ts";
import type { Compiler } from "./compiler.ts";
import { isContainer, lowerContainer } from "./containers.ts";
import { isCopiedAlias } from "./copied-alias.ts";
import { type Frame, localNaming, type Place, report } from "./entity.ts";
import { isErrorType, mappedOver } from "./internals.ts";
import { libraryNameOf, refusalOf } from "./library.ts";
import { libraryValueOf } from "./library-value.ts";
import { namedOf } from "./named.ts";
import { print } from "./print.ts";
import { basesOf } from "./properties.ts";
import { lowerStruct } from "./struct.ts";
import { isTemplate, lowerTemplate } from "./template.ts";
import { isCallable, isOpenPrimitive } from "./type-kind.ts";
import { lowerUnion } from "./union.ts";

/** Lowers a type at its place; a named type becomes a reference to its entity. */
export function lowerType(compiler: Compiler, frame: Frame, type: ts.Type, at: Place): Type | undefined {
  const { TypeFlags } = compiler.ts;
  const place = at.copied || !isCopiedAlias(compiler, at.written) ? at : { ...at, copied: true };
  if (type.isUnion() && type.types.some((part) => part.flags & (TypeFlags.Null | TypeFlags.Undefined))) {
    return lowerMaybe(compiler, frame, type, place);
  }
  return lowerPresent(compiler, frame, type, place);
}

function lowerMaybe(compiler: Compiler, frame: Frame, type: ts.UnionType, place: Place): Type | undefined {
  const { ts, checker } = compiler;
  const hasNull = type.types.some((part) => part.flags & ts.TypeFlags.Null);
  const hasUndefined = type.types.some((part) => part.flags & ts.TypeFlags.Undefined);
  const base = checker.getNonNullableType(type);
  if (hasNull && hasUndefined && place.single) return report(frame, "null-beside-undefined", place);
  if (base.flags & ts.TypeFlags.Never)
    return { kind: "maybe", type: { kind: "null" }, null: true, undefined: true };
  const lowered = lowerPresent(compiler, frame, base, { ...place, single: false });
  return lowered && { kind: "maybe", type: lowered, null: hasNull, undefined: hasUndefined };
}

function lowerPresent(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): Type | undefined {
  const { ts } = compiler;
  const { TypeFlags } = ts;
  if (isErrorType(compiler, type)) {
    frame.entity.broken = true;
    return undefined;
  }
  if (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never | TypeFlags.VoidLike)) {
    return refuseEmpty(compiler, frame, type, place);
  }
  if (type.flags & TypeFlags.Substitution) return frame.lower(frame, substituted(type), place);
  if (type.flags & TypeFlags.ESSymbolLike) return report(frame, "symbol", place);
  if (type.flags & TypeFlags.NonPrimitive) return report(frame, "shapeless", place, { type: "object" });
  if (type.flags & (TypeFlags.Instantiable & ~TypeFlags.StringMapping & ~TypeFlags.TemplateLiteral)) {
    return report(frame, "uninstantiated-generic", place, {
      type: print(compiler, type, place.written),
      example: frame.entity.name,
    });
  }
  const actor = actorOfHandle(type);
  if (actor) return lowerHandle(compiler, frame, actor, place);
  const number = mappedNumber(compiler, type);
  if (number) return report(frame, "mapped-number", place, { number });
  if (isNamed(compiler, type)) {
    const entity = frame.refer(frame, type, place);
    return entity && { kind: "ref", id: entity.id };
  }
  return lowerShape(compiler, frame, type, place);
}

/** `NoInfer<T>` is `T` with a word for the inference of calls. */
function substituted(type: ts.Type): ts.Type {
  return (type as ts.SubstitutionType).baseType;
}

/** Functions, library types and classes say what they are where they are used; other named types have an entity. */
function isNamed(compiler: Compiler, type: ts.Type): boolean {
  if (type.isIntersection() && brandOf(compiler, type)) return false;
  if (type.flags & compiler.ts.TypeFlags.Object && isCallable(compiler, type)) return false;
  return namedOf(compiler, type) !== undefined;
}

/**
 * The number type over which a mapped type runs: to a conditional type such as `T extends object`, `i32` is an object,
 * because of the phantom property that carries its name.
 */
function mappedNumber(compiler: Compiler, type: ts.Type): string | undefined {
  if (!(type.flags & compiler.ts.TypeFlags.Object)) return undefined;
  const source = mappedOver(compiler, type);
  const brand = source?.isIntersection() ? brandOf(compiler, source) : undefined;
  return brand && "format" in brand ? brand.format : undefined;
}

function refuseEmpty(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): undefined {
  const { TypeFlags } = compiler.ts;
  if (type.flags & TypeFlags.Any) return report(frame, "any", place);
  if (type.flags & TypeFlags.Unknown) return report(frame, "unknown", place);
  return report(frame, "valueless", place, { type: print(compiler, type, place.written) });
}

/** Lowers what a type consists of; its name, if it has one, was dealt with. */
export function lowerShape(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): Type | undefined {
  if (type.flags & compiler.ts.TypeFlags.Substitution) return frame.lower(frame, substituted(type), place);
  const open = frame.open.get(type);
  if (open) {
    open.recursive = true;
    return { kind: "ref", id: open.id };
  }
  const primitive = lowerPrimitive(compiler, type);
  if (primitive) return primitive;
  const { TypeFlags } = compiler.ts;
  if (isTemplate(compiler, type)) return lowerTemplate(compiler, frame, [type], type, place);
  if (type.flags & TypeFlags.BigIntLiteral) {
    return report(frame, "bigint-literal", place, { type: print(compiler, type, place.written) });
  }
  if (type.flags & (TypeFlags.Literal | TypeFlags.Enum)) return lowerChoice(compiler, frame, [type], place);
  return withRecursion(frame, type, place, () => lowerComposite(compiler, frame, type, place));
}

function lowerPrimitive(compiler: Compiler, type: ts.Type): Type | undefined {
  const { TypeFlags } = compiler.ts;
  if (type.flags & TypeFlags.Null) return { kind: "null" };
  if (type.flags & TypeFlags.Boolean) return { kind: "boolean" };
  if (type.flags & TypeFlags.String) return { kind: "string" };
  if (type.flags & TypeFlags.Number) return { kind: "float", format: "number" };
  if (type.flags & TypeFlags.BigInt) return { kind: "bigint", format: "bigint" };
  return type.isIntersection() ? brandOf(compiler, type) : undefined;
}

/** A type without a name that contains itself is given one, so that functions can call each other. */
function withRecursion(
  frame: Frame,
  type: ts.Type,
  place: Place,
  body: () => Type | undefined,
): Type | undefined {
  const { entity } = frame;
  const local = localNaming(entity, place);
  const isWhole = entity.type === type || frame.declares === type;
  const open = { id: entity.type === type ? entity.id : local.id, name: local.name, recursive: false };
  frame.open.set(type, open);
  const lowered = body();
  frame.open.delete(type);
  if (!open.recursive || !lowered || isWhole) return lowered;
  const { id, name } = open;
  // A union that its own arms declared has its declaration from there.
  if (lowered.kind === "ref" && lowered.id === id) return lowered;
  frame.locals.set(id, { id, name, scope: "local", origin: entity.origin, type: lowered });
  return { kind: "ref", id: open.id };
}

function lowerComposite(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): Type | undefined {
  const { ts } = compiler;
  if (type.isIntersection()) return lowerIntersection(compiler, frame, type, place);
  if (type.isUnion()) return lowerUnion(compiler, frame, type, place);
  if (!(type.flags & ts.TypeFlags.Object)) {
    return report(frame, "unsupported", place, { type: print(compiler, type, place.written) });
  }
  return lowerObject(compiler, frame, type, place);
}

function lowerIntersection(
  compiler: Compiler,
  frame: Frame,
  type: ts.IntersectionType,
  place: Place,
): Type | undefined {
  const { ts } = compiler;
  const primitive = type.types.find((part) => !(part.flags & ts.TypeFlags.Object));
  if (!primitive) return lowerObject(compiler, frame, type, place);
  if (isOpenPrimitive(compiler, type)) return frame.lower(frame, primitive, place);
  return report(frame, "branded-primitive", place, { type: print(compiler, type, place.written) });
}

function lowerObject(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): Type | undefined {
  const isCrossed = type.isIntersection() && type.types.some((part) => isContainer(compiler, part));
  if (isCrossed || extendsArray(compiler, type)) {
    return report(frame, "crossed-container", place, { type: print(compiler, type, place.written) });
  }
  const container = lowerContainer(compiler, frame, type, place);
  if (container !== "other") return container;
  return refuseObject(compiler, frame, type, place) ? undefined : lowerStruct(compiler, frame, type, place);
}

/** Whether it is an interface over an array: to the compiler it has the index signature and the methods of one. */
function extendsArray(compiler: Compiler, type: ts.Type): boolean {
  const { checker } = compiler;
  if (isClass(compiler, type) || libraryNameOf(compiler, type.symbol) !== undefined) return false;
  return basesOf(compiler, type).some(
    (base) => checker.isArrayType(base) || checker.isTupleType(base) || extendsArray(compiler, base),
  );
}

/** Reports functions, classes and library types, also as a part of an intersection or as a base. */
function refuseObject(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): boolean {
  if (type.isIntersection()) return type.types.some((part) => refuseObject(compiler, frame, part, place));
  if (isCallable(compiler, type)) {
    refuseCallable(compiler, frame, type, place);
    return true;
  }
  const library = libraryNameOf(compiler, type.symbol);
  if (library !== undefined && libraryValueOf(compiler, type)) {
    report(frame, "crossed-container", place, { type: print(compiler, type, place.written) });
    return true;
  }
  if (library !== undefined) {
    const { title, remedy = "" } = refusalOf(compiler, type.symbol);
    report(frame, title, place, { name: library, type: print(compiler, type, place.written), remedy });
    return true;
  }
  if (isClass(compiler, type)) {
    report(frame, "class-instance", place, { name: type.symbol.name });
    return true;
  }
  // `Readonly<Date>` lists the methods of a Date one by one, and of a class's instance what is public; what they are
  // made of says more.
  const source = mappedOver(compiler, type);
  if (source && (libraryNameOf(compiler, source.symbol) !== undefined || isClass(compiler, source))) {
    return refuseObject(compiler, frame, source, place);
  }
  return basesOf(compiler, type).some((base) => refuseObject(compiler, frame, base, place));
}

function isClass({ ts }: Compiler, type: ts.Type): boolean {
  return ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Class) !== 0;
}

function refuseCallable(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): void {
  const { ts, checker } = compiler;
  const values = { type: print(compiler, type, place.written) };
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Construct).length > 0) {
    report(frame, "constructor", place, values);
  } else if (checker.getPropertiesOfType(type).length > 0) report(frame, "callable-object", place, values);
  else report(frame, "function", place, values);
}
