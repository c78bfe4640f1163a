// Unions: of literals (a choice), of objects that a discriminant tells apart, and of types that differ in kind.
import type { Type } from "@hewn/schema";
import type ts from "typescript";
import { enumOfType, lowerChoice } from "./choice.ts";
import type { Compiler } from "./compiler.ts";
import type { Frame, Place } from "./entity.ts";
import { lowerMixed } from "./mixed.ts";
import { print } from "./print.ts";
import { refsOf } from "./refs.ts";
import { areTexts, lowerTemplate } from "./template.ts";
import { isStructLike, literalsOf } from "./type-kind.ts";
import { lowerVariants } from "./variants.ts";
import { writtenAs, writtenUnion } from "./written.ts";

/** How deep unions without a name are spelled out in one another. */
const inlineUnionsMax = 2;

export function lowerUnion(
  compiler: Compiler,
  frame: Frame,
  type: ts.UnionType,
  place: Place,
): Type | undefined {
  const enums = new Set(type.types.map((arm) => enumOfType(compiler, arm)));
  const isOfOneEnum = enums.size === 1 && !enums.has(undefined);
  if (isOfOneEnum || (enums.size === 1 && literalsOf(compiler, type))) {
    return lowerChoice(compiler, frame, type.types, place);
  }
  if (areTexts(compiler, type.types)) return lowerTemplate(compiler, frame, type.types, type, place);
  return lowerArms(compiler, frame, type, place);
}

/**
 * Lowers a union of objects. One without a name is spelled out where it is used, but not inside the arms of another:
 * syntax trees have unions of dozens of nodes, each with unions in it, and spelling those out would not end.
 */
function lowerArms(compiler: Compiler, frame: Frame, type: ts.UnionType, place: Place): Type | undefined {
  const { entity } = frame;
  const isWhole = entity.type === type || frame.declares === type;
  const objects = type.types.filter((arm) => isStructLike(compiler, arm)).length;
  if (!isWhole && objects > 1 && (frame.isArm || frame.unions >= inlineUnionsMax)) {
    return frame.declare(frame, type, place);
  }
  const inner = objects > 1 ? { ...frame, unions: frame.unions + 1 } : frame;
  const lowered =
    objects === type.types.length
      ? lowerVariants(
          compiler,
          inner,
          type.types,
          writtenUnion(compiler, type) ?? writtenAs(place.written),
          () => print(compiler, type, place.written),
          place,
        )
      : lowerMixed(compiler, inner, type, place);
  const declared = entity.armUnions.get(type);
  // One that its own arms refer to has been declared by them.
  const isRecursive = !isWhole && lowered && declared !== undefined && refsOf(lowered).includes(declared);
  return isRecursive ? { kind: "ref", id: declared } : lowered;
}
