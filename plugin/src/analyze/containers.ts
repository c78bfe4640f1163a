// Arrays, tuples, maps, sets, records and byte arrays.
import type { Type } from "@hewn/schema";
import type ts from "typescript";
import { explainIndex } from "../check/index-signature.ts";
import { type MutableContainer, readonlyForm } from "../check/readonly-form.ts";
import { brandOf } from "./brand.ts";
import type { Compiler } from "./compiler.ts";
import { type Frame, mutability, type Place, report, reportMutable, stepInto } from "./entity.ts";
import { libraryNameOf } from "./library.ts";
import { libraryValueOf } from "./library-value.ts";
import { print } from "./print.ts";
import { orderedProperties } from "./properties.ts";
import { lowerFields } from "./struct.ts";
import { isCallable, isModuleObject, literalsOf } from "./type-kind.ts";
import { writtenPart } from "./written.ts";

const libraryContainers = ["ReadonlyMap", "Map", "ReadonlySet", "Set", "Uint8Array"];

/** An array, tuple, map, set, byte array, typed array or date. */
export function isContainer(compiler: Compiler, type: ts.Type): boolean {
  const { checker } = compiler;
  if (checker.isTupleType(type) || checker.isArrayType(type)) return true;
  if (libraryContainers.includes(libraryNameOf(compiler, type.symbol) ?? "")) return true;
  return libraryValueOf(compiler, type) !== undefined;
}

/** Lowers a container; "other" if the type is none, undefined if it was refused. */
export function lowerContainer(
  compiler: Compiler,
  frame: Frame,
  type: ts.Type,
  place: Place,
): Type | undefined | "other" {
  const { checker } = compiler;
  if (checker.isTupleType(type)) return lowerTuple(compiler, frame, type as ts.TupleTypeReference, place);
  if (checker.isArrayType(type)) return lowerArray(compiler, frame, type as ts.TypeReference, place);
  switch (libraryNameOf(compiler, type.symbol)) {
    case "ReadonlyMap":
    case "Map":
      return lowerMap(compiler, frame, type as ts.TypeReference, place);
    case "ReadonlySet":
    case "Set":
      return lowerSet(compiler, frame, type as ts.TypeReference, place);
    case "Uint8Array":
      return lowerMemory(compiler, frame, type as ts.TypeReference, { kind: "bytes" }, place);
  }
  const value = libraryValueOf(compiler, type);
  if (!value) return lowerRecord(compiler, frame, type, place);
  return lowerMemory(compiler, frame, value.type as ts.TypeReference, value.lowered, place);
}

/** Decoded bytes and typed arrays have memory of their own: an ArrayBuffer, which several threads cannot share. */
function lowerMemory(
  compiler: Compiler,
  frame: Frame,
  type: ts.TypeReference,
  lowered: Type,
  place: Place,
): Type | undefined {
  // A date has no memory to speak of, and before TypeScript 5.7 the other types have no parameter.
  const [memory] = compiler.checker.getTypeArguments(type);
  const kinds = memory?.isUnion() ? memory.types : memory ? [memory] : [];
  const isOwn = kinds.some((each) => libraryNameOf(compiler, each.symbol) === "ArrayBuffer");
  if (!memory || isOwn) return lowered;
  return report(frame, "local-resource", place, {
    name: print(compiler, type, place.written),
    remedy: `Declare '${type.symbol.name}': what arrives is a copy in memory of its own, which nobody shares.`,
  });
}

function refuseMutable(
  compiler: Compiler,
  frame: Frame,
  container: MutableContainer,
  type: ts.Type,
  place: Place,
): void {
  if (place.copied) return;
  const text = print(compiler, type, place.written);
  const readonly = readonlyForm(container, text);
  reportMutable(frame, `mutable-${container}`, place, { type: text, readonly });
}

function lowerArray(
  compiler: Compiler,
  frame: Frame,
  type: ts.TypeReference,
  place: Place,
): Type | undefined {
  const isMutable = type.symbol.name !== "ReadonlyArray";
  if (isMutable) refuseMutable(compiler, frame, "array", type, place);
  const [element] = compiler.checker.getTypeArguments(type);
  const lowered = element && lowerElement(compiler, frame, element, place, "[]", 0);
  return lowered && { kind: "array", element: lowered, ...mutability(isMutable) };
}

function lowerElement(
  compiler: Compiler,
  frame: Frame,
  element: ts.Type,
  place: Place,
  step: string,
  index: number,
): Type | undefined {
  return frame.lower(frame, element, stepInto(place, step, writtenPart(compiler, place.written, index)));
}

function lowerTuple(
  compiler: Compiler,
  frame: Frame,
  type: ts.TupleTypeReference,
  place: Place,
): Type | undefined {
  const { ts, checker } = compiler;
  const { target } = type;
  if (!target.readonly) refuseMutable(compiler, frame, "tuple", type, place);
  const lowered = checker.getTypeArguments(type).map((element, index) => {
    const flags = target.elementFlags[index] ?? 0;
    if (flags & ts.ElementFlags.Variable) return lowerRest(compiler, frame, element, place, index);
    const own = lowerElement(compiler, frame, element, place, `[${index}]`, index);
    return flags & ts.ElementFlags.Optional && own ? orAbsent(frame, own, place) : own;
  });
  const parts = lowered.filter((part) => part !== undefined);
  if (parts.length < lowered.length) return undefined;
  const leading = target.elementFlags.findIndex((flags) => flags & ts.ElementFlags.Variable);
  const [rest, ...trailing] = leading < 0 ? [] : parts.slice(leading);
  const elements = leading < 0 ? parts : parts.slice(0, leading);
  return {
    kind: "tuple",
    elements,
    required: target.elementFlags.filter(
      (flags, index) => index < elements.length && flags & ts.ElementFlags.Required,
    ).length,
    ...(rest ? { rest } : {}),
    ...(trailing.length > 0 ? { trailing } : {}),
    ...mutability(!target.readonly),
  };
}

/** What a rest consists of: `T` of `...T[]`. */
function lowerRest(
  compiler: Compiler,
  frame: Frame,
  element: ts.Type,
  place: Place,
  index: number,
): Type | undefined {
  const written = writtenPart(compiler, restOf(compiler, writtenPart(compiler, place.written, index)), 0);
  return frame.lower(frame, element, stepInto(place, "[...]", written));
}

/** `T[]` of `...T[]`, also of a rest with a name. */
function restOf({ ts }: Compiler, node: ts.TypeNode | undefined): ts.TypeNode | undefined {
  if (node && ts.isNamedTupleMember(node)) return node.dotDotDotToken && node.type;
  return node && ts.isRestTypeNode(node) ? node.type : undefined;
}

/** An optional tuple element may be undefined, whether or not the compiler's options make it say so. */
function orAbsent(frame: Frame, type: Type, place: Place): Type | undefined {
  if (type.kind === "null") return report(frame, "null-beside-undefined", place);
  if (type.kind !== "maybe") return { kind: "maybe", type, null: false, undefined: true };
  return type.null ? report(frame, "null-beside-undefined", place) : type;
}

function lowerMap(compiler: Compiler, frame: Frame, type: ts.TypeReference, place: Place): Type | undefined {
  const { checker } = compiler;
  const isMutable = type.symbol.name !== "ReadonlyMap";
  if (isMutable) refuseMutable(compiler, frame, "map", type, place);
  const [keyType, valueType] = checker.getTypeArguments(type);
  if (!keyType || !valueType) return undefined;
  const key = lowerKey(compiler, frame, keyType, place);
  const value = lowerElement(compiler, frame, valueType, place, "<value>", 1);
  return key && value && { kind: "map", key, value, ...mutability(isMutable) };
}

function lowerKey(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): Type | undefined {
  const { ts, checker } = compiler;
  const base = checker.getNonNullableType(type);
  const parts = base.isUnion() && !literalsOf(compiler, base) ? base.types : [base];
  const isObject = parts.some(
    (part) => part.flags & ts.TypeFlags.Object || (part.isIntersection() && !brandOf(compiler, part)),
  );
  if (!isObject) return lowerElement(compiler, frame, type, place, "<key>", 0);
  return report(frame, "map-key", stepInto(place, "<key>", undefined), {
    type: print(compiler, type, place.written),
  });
}

function lowerSet(compiler: Compiler, frame: Frame, type: ts.TypeReference, place: Place): Type | undefined {
  const isMutable = type.symbol.name !== "ReadonlySet";
  if (isMutable) refuseMutable(compiler, frame, "set", type, place);
  const [element] = compiler.checker.getTypeArguments(type);
  const lowered = element && lowerElement(compiler, frame, element, place, "[]", 0);
  return lowered && { kind: "set", element: lowered, ...mutability(isMutable) };
}

/** An object type with an index signature. Interfaces of the library have some too and are left to their own rule. */
function lowerRecord(
  compiler: Compiler,
  frame: Frame,
  type: ts.Type,
  place: Place,
): Type | undefined | "other" {
  const { ts, checker } = compiler;
  if (isModuleObject(compiler, type) || libraryNameOf(compiler, type.symbol) !== undefined) return "other";
  const infos = checker.getIndexInfosOfType(type);
  const [info] = infos;
  if (!info) return "other";
  const isOverString = infos.length === 1 && (info.keyType.flags & ts.TypeFlags.String) !== 0;
  const named = checker.getPropertiesOfType(type);
  if (!isOverString || named.length > 0) {
    const values = explainIndex(isOverString, named[0]?.name);
    report(frame, "index-signature", place, { type: print(compiler, type, place.written), ...values });
    return searchParts(compiler, frame, type, infos, place);
  }
  const isMutable = !info.isReadonly;
  if (isMutable) refuseMutable(compiler, frame, "record", type, place);
  const written = info.declaration?.type ?? writtenPart(compiler, place.written, 1);
  const value = frame.lower(frame, info.type, stepInto(place, "<value>", written));
  return value && { kind: "record", value, ...mutability(isMutable) };
}

/** What is wrong besides with a type that is refused for its index signature. */
function searchParts(
  compiler: Compiler,
  frame: Frame,
  type: ts.Type,
  infos: readonly ts.IndexInfo[],
  place: Place,
): undefined {
  const isPlain = !isCallable(compiler, type) && !((type.symbol?.flags ?? 0) & compiler.ts.SymbolFlags.Class);
  if (!isPlain) return;
  lowerFields(compiler, frame, orderedProperties(compiler, type), place);
  for (const { declaration, type: value } of infos) {
    frame.lower(frame, value, stepInto(place, "<value>", declaration?.type));
  }
}
