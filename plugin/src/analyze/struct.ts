// Object types: their fields in declared order.
import type { Absent, Field, Struct, Type } from "@hewn/schema";
import type ts from "typescript";
import { type Compiler, declarationsOf } from "./compiler.ts";
import {
  type Frame,
  isAboutMutability,
  mutability,
  type Place,
  type Problem,
  propertyStep,
  report,
  reportMutable,
  stepInto,
} from "./entity.ts";
import { isOfIntersection, isReadonlyProperty, mappedOver } from "./internals.ts";
import { print } from "./print.ts";
import { orderedProperties } from "./properties.ts";
import { isModuleObject } from "./type-kind.ts";

export function lowerStruct(compiler: Compiler, frame: Frame, type: ts.Type, place: Place): Type | undefined {
  if (isModuleObject(compiler, type)) {
    return report(frame, "unsupported", place, { type: print(compiler, type, place.written) });
  }
  const properties = orderedProperties(compiler, type);
  if (properties.length === 0 && !isMessage(compiler, type)) {
    const title = isImpossible(compiler, type) ? "valueless" : "shapeless";
    return report(frame, title, place, { type: print(compiler, type, place.written) });
  }
  return lowerFields(compiler, frame, properties, place);
}

/** An interface without properties is declared on purpose: a message without content. */
function isMessage(compiler: Compiler, type: ts.Type): boolean {
  const source = mappedOver(compiler, type);
  if (source) return isMessage(compiler, source);
  return ((type.symbol?.flags ?? 0) & compiler.ts.SymbolFlags.Interface) !== 0;
}

/** An intersection that no value satisfies has no properties, though its parts have some. */
function isImpossible({ checker }: Compiler, type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((part) => checker.getPropertiesOfType(part).length > 0);
}

/** Lowers all fields, so that every problem is found; undefined if there was one. */
export function lowerFields(
  compiler: Compiler,
  frame: Frame,
  properties: readonly ts.Symbol[],
  place: Place,
): Struct | undefined {
  const fields: Field[] = [];
  const absent: Absent[] = [];
  for (const property of properties) {
    const field = lowerField(compiler, frame, property, place, fields.length);
    if (field && "slot" in field) fields.push(field);
    else if (field) absent.push(field);
  }
  if (fields.length + absent.length < properties.length) return undefined;
  return { kind: "struct", fields, ...(absent.length > 0 ? { absent } : {}) };
}

function lowerField(
  compiler: Compiler,
  frame: Frame,
  property: ts.Symbol,
  place: Place,
  slot: number,
): Field | Absent | undefined {
  const { ts, checker } = compiler;
  const declarations = declarationsOf(property);
  const node = property.valueDeclaration ?? declarations[0];
  const written = node && ts.isPropertySignature(node) ? node.type : undefined;
  const { name } = property;
  const inner = stepInto(place, propertyStep(name), written, node ?? frame.entity.node);
  const refused = refuseProperty(compiler, frame, property, inner);
  if (refused) return undefined;
  const before = frame.entity.problems.length;
  const declared = checker.getTypeOfSymbol(property);
  const isAbsent = (declared.flags & ts.TypeFlags.Undefined) !== 0;
  const type = isAbsent ? undefined : frame.lower(frame, declared, inner);
  const isMutable = !isReadonlyProperty(compiler, property);
  if (isMutable && !isHopeless(frame.entity.problems.slice(before), inner)) {
    reportMutable(frame, "mutable-property", { ...inner, written: place.written }, { name });
  }
  const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  if (isAbsent) return { name, optional, ...mutability(isMutable) };
  return (
    type && {
      name,
      slot,
      type: optional ? orUndefined(type) : type,
      optional,
      ...mutability(isMutable),
    }
  );
}

/** What the property itself is, whatever its type. */
function refuseProperty(compiler: Compiler, frame: Frame, property: ts.Symbol, place: Place): boolean {
  const { ts } = compiler;
  const { name } = property;
  if (property.escapedName.toString().startsWith("__@")) {
    const step = { text: `[${name.replace(/^__@(.*)@\d+$/, "$1")}]`, node: place.steps.at(-1)?.node };
    report(frame, "symbol-key", { ...place, steps: [...place.steps.slice(0, -1), step] });
  } else if (name === "__proto__") report(frame, "unsafe-property", place, { name });
  else if (property.flags & ts.SymbolFlags.Method) report(frame, "method", place);
  else if (property.flags & ts.SymbolFlags.SetAccessor) report(frame, "setter", place, { name });
  else if (isHalfOptional(compiler, property)) {
    report(frame, "half-optional", place, {
      type: print(compiler, compiler.checker.getTypeOfSymbol(property)),
    });
  } else return false;
  return true;
}

/**
 * Whether one part of an intersection lets the property be absent, and not undefined, and another the reverse. Its
 * type then has the compiler's mark of what may be absent, though it is required.
 */
function isHalfOptional({ ts, checker }: Compiler, property: ts.Symbol): boolean {
  if (property.flags & ts.SymbolFlags.Optional || !isOfIntersection(property)) return false;
  const type = checker.getTypeOfSymbol(property);
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => part.flags & ts.TypeFlags.Undefined && part !== checker.getUndefinedType());
}

/** Making the property readonly would not help: what it holds cannot cross the wire in any form. */
function isHopeless(problems: readonly Problem[], place: Place): boolean {
  return problems.some(
    (problem) => problem.steps.length === place.steps.length && !isAboutMutability(problem),
  );
}

function orUndefined(type: Type): Type {
  if (type.kind === "maybe") return { ...type, undefined: true };
  if (type.kind === "null") return { kind: "maybe", type, null: true, undefined: true };
  return { kind: "maybe", type, null: false, undefined: true };
}
