// Unions whose arms differ in kind: `string | number`, `Point | readonly Point[]`, `"auto" | i32`. What tells arms
// apart the schema knows; here they are lowered and compared.
import { type Kinds, kindsOf, type Mixed, type Type } from "@hewn/schema";
import type ts from "typescript";
import { mixedRemedy, type ShownArm } from "../check/mixed-remedy.ts";
import { explainClash, firstClash } from "../check/mixed-union.ts";
import { lowerChoice } from "./choice.ts";
import type { Compiler } from "./compiler.ts";
import { type Frame, type Place, report } from "./entity.ts";
import { libraryNameOf } from "./library.ts";
import { type Group, groupsOf } from "./mixed-groups.ts";
import { print } from "./print.ts";
import { lowerTemplate } from "./template.ts";
import { tupleOutline } from "./tuple-outline.ts";
import { literalOf } from "./type-kind.ts";
import { lowerVariants } from "./variants.ts";
import { writtenAs } from "./written.ts";

interface LoweredArm {
  readonly type: Type;
  readonly kinds: Kinds;
  readonly group: Group;
}

/** Lowers a union that is neither one of literals nor one of objects; reports one whose arms are of one kind. */
export function lowerMixed(
  compiler: Compiler,
  frame: Frame,
  type: ts.UnionType,
  place: Place,
): Type | undefined {
  const groups = groupsOf(compiler, type, place.written);
  const [only, ...others] = groups;
  if (only && others.length === 0) return lowerGroup(compiler, frame, only, place);
  const arms: LoweredArm[] = [];
  for (const group of groups) {
    const arm = place.arm === undefined ? group.word : `${place.arm}><${group.word}`;
    const inner = { ...place, written: group.written, single: false, arm };
    const lowered = lowerGroup(compiler, frame, group, inner);
    const kinds = lowered && kindsOf(outlineOf(compiler, frame, group, lowered, inner), () => undefined);
    if (lowered && kinds) arms.push({ type: lowered, kinds, group });
  }
  if (arms.length < groups.length) return undefined;
  const clash = firstClash(arms.map(({ kinds }) => kinds));
  if (!clash) return mixedOf(arms);
  const shown = arms.map((arm) => shownArm(compiler, arm));
  const texts = [clash.first, clash.second].map((index) => shown[index]?.text ?? "");
  const remedy = mixedRemedy(clash, shown);
  const values = { type: print(compiler, type, place.written), ...explainClash(clash, texts), remedy };
  return report(frame, "mixed-union", place, values);
}

function shownArm(compiler: Compiler, { type, kinds, group }: LoweredArm): ShownArm {
  const { checker } = compiler;
  const isListed = group.is === "literals" || group.is === "enum";
  const is = isListed ? "listed" : type.kind === "record" ? "record" : "other";
  const arm: ShownArm = { kinds, text: groupText(compiler, group), is };
  const [array] = group.types;
  if (type.kind !== "array" || !array || !checker.isArrayType(array)) return arm;
  const [element] = checker.getTypeArguments(array as ts.TypeReference);
  // What is behind a reference is taken for an object: two of them may need a discriminant.
  const elementKinds = kindsOf(type.element, () => ({ kind: "struct", fields: [] }));
  return element ? { ...arm, element: { text: print(compiler, element), kinds: elementKinds } } : arm;
}

function mixedOf(arms: readonly LoweredArm[]): Mixed {
  const numbered = arms.map(({ type, kinds }, ordinal) => ({ json: kinds.json[0] ?? "null", ordinal, type }));
  return { kind: "mixed", arms: numbered };
}

function lowerGroup(compiler: Compiler, frame: Frame, group: Group, place: Place): Type | undefined {
  const { types, is } = group;
  const [type, ...others] = types;
  if (!type) return undefined;
  if (is === "boolean") return { kind: "boolean" };
  if (group.whole && (is === "enum" || is === "objects")) return frame.lower(frame, group.whole, place);
  if (is === "literals" || is === "enum") return lowerChoice(compiler, frame, types, place, types);
  if (is === "texts") return lowerTemplate(compiler, frame, types, type, place);
  if (others.length === 0) return frame.lower(frame, type, place);
  const written = writtenAs(place.written);
  return lowerVariants(compiler, frame, types, written, () => groupText(compiler, group), place);
}

/** The types of a group in the words of a message. */
function groupText(compiler: Compiler, group: Group | undefined): string {
  if (group?.is === "boolean") return "boolean";
  if (group?.whole) return print(compiler, group.whole);
  return group?.types.map((type) => print(compiler, type)).join(" | ") ?? "";
}

const nothing: Type = { kind: "null" };

/** A type of the same kinds: what a reference stands for may not have been lowered yet. */
function outlineOf(
  compiler: Compiler,
  frame: Frame,
  { types, is }: Group,
  lowered: Type,
  place: Place,
): Type {
  if (lowered.kind !== "ref") return lowered;
  if (is === "objects") return { kind: "struct", fields: [] };
  const members = types.map((type, ordinal) => ({ value: literalOf(compiler, type) ?? 0, ordinal }));
  const [type] = types;
  return is === "enum" || !type
    ? { kind: "choice", members }
    : containerOutline(compiler, frame, type, place);
}

function containerOutline({ checker, ...rest }: Compiler, frame: Frame, type: ts.Type, place: Place): Type {
  if (checker.isArrayType(type)) return { kind: "array", element: nothing };
  if (checker.isTupleType(type)) return tupleOutline({ checker, ...rest }, type as ts.TupleTypeReference);
  switch (libraryNameOf({ checker, ...rest }, type.symbol)) {
    case "ReadonlyMap":
    case "Map": {
      const [key] = checker.getTypeArguments(type as ts.TypeReference);
      const lowered = key && frame.lower({ ...frame, muted: true }, key, place);
      return { kind: "map", key: lowered ?? nothing, value: nothing };
    }
    case "ReadonlySet":
    case "Set":
      return { kind: "set", element: nothing };
    case "Uint8Array":
      return { kind: "bytes" };
    default:
      return { kind: "record", value: nothing };
  }
}
