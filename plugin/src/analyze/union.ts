// Unions: of literals (a choice), of objects that a discriminant tells apart, and the ones that are refused.
import type { Origin, Type, Union, Variant } from "@hewn/schema";
import type ts from "typescript";
import { chooseDiscriminant } from "../check/undiscriminated-union.ts";
import { enumMemberOf, enumOfType, enumOrigin, lowerChoice, refuseInfinite } from "./choice.ts";
import { type Compiler, declarationsOf } from "./compiler.ts";
import { type Entity, type Frame, mutability, type Place, report, stepInto } from "./entity.ts";
import { declaredAt, namesText, sortedBy } from "./glance.ts";
import { namedOf } from "./named.ts";
import { print } from "./print.ts";
import { orderedProperties } from "./properties.ts";
import { refsOf } from "./refs.ts";
import { lowerFields } from "./struct.ts";
import { areTexts, isTemplate, lowerTemplate } from "./template.ts";
import { isOpenPrimitive, isStructLike, literalOf, literalsOf } from "./type-kind.ts";
import { orderedArms, orderedLiterals } from "./written.ts";

/** How deep unions without a name are spelled out in one another. */
const inlineUnionsMax = 2;

export function lowerUnion(
  compiler: Compiler,
  frame: Frame,
  type: ts.UnionType,
  place: Place,
): Type | undefined {
  const literals = literalsOf(compiler, type);
  if (literals) return lowerChoice(compiler, frame, type, literals, place);
  if (areTexts(compiler, type.types)) return lowerTemplate(compiler, frame, type.types, type, place);
  if (type.types.some((arm) => arm.flags & compiler.ts.TypeFlags.Enum)) {
    return lowerChoice(compiler, frame, type, type.types, place);
  }
  if (type.types.every((arm) => isStructLike(compiler, arm))) {
    return lowerObjects(compiler, frame, type, place);
  }
  const open = type.types.find((arm) => isOpenPrimitive(compiler, arm));
  if (open && type.types.every((arm) => arm === open || isCovered(compiler, arm, open))) {
    return frame.lower(frame, open, place);
  }
  if (refuseArms(compiler, frame, type, place)) return undefined;
  return report(frame, "mixed-union", place, { type: print(compiler, type, place.written) });
}

/** `string & {}` accepts every string literal, `number & {}` every number literal. */
function isCovered(compiler: Compiler, literal: ts.Type, open: ts.Type): boolean {
  const { ts } = compiler;
  const holds = (flag: ts.TypeFlags): boolean =>
    open.isIntersection() && open.types.some((part) => part.flags & flag);
  if (literal.isStringLiteral() || isTemplate(compiler, literal)) return holds(ts.TypeFlags.String);
  return literal.isNumberLiteral() && holds(ts.TypeFlags.Number);
}

/** Arms that cannot cross the wire in any union say so themselves. */
function refuseArms(compiler: Compiler, frame: Frame, type: ts.UnionType, place: Place): boolean {
  const { problems } = frame.entity;
  const before = problems.length;
  for (const arm of type.types) {
    if (!isStructLike(compiler, arm) && !arm.isIntersection()) frame.lower(frame, arm, place);
  }
  return problems.length > before;
}

/**
 * Lowers a union of objects. One without a name is spelled out where it is used, but not inside the arms of another:
 * syntax trees have unions of dozens of nodes, each with unions in it, and spelling those out would not end.
 */
function lowerObjects(compiler: Compiler, frame: Frame, type: ts.UnionType, place: Place): Type | undefined {
  const { entity } = frame;
  const isWhole = entity.type === type || frame.declares === type;
  if (!isWhole && (frame.isArm || frame.unions >= inlineUnionsMax)) return frame.declare(frame, type, place);
  const lowered = lowerVariants(compiler, { ...frame, unions: frame.unions + 1 }, type, place);
  const declared = entity.armUnions.get(type);
  // One that its own arms refer to has been declared by them.
  const isRecursive = !isWhole && lowered && declared !== undefined && refsOf(lowered).includes(declared);
  return isRecursive ? { kind: "ref", id: declared } : lowered;
}

interface Arm {
  readonly type: ts.Type;
  readonly properties: readonly ts.Symbol[];
}

function lowerVariants(
  compiler: Compiler,
  frame: Frame,
  type: ts.UnionType,
  place: Place,
): Union | undefined {
  const inOrder = orderedArms(compiler, type.types, writtenUnion(compiler, type) ?? place.written);
  const found: readonly Arm[] = (inOrder ?? type.types).map((arm) => ({
    type: arm,
    properties: orderedProperties(compiler, arm),
  }));
  const arms = inOrder ? found : inDeclarationOrder(compiler, found);
  const discriminant = discriminantOf(compiler, arms);
  if (discriminant === undefined) {
    return report(frame, "undiscriminated-union", place, { type: print(compiler, type, place.written) });
  }
  const tags = arms.map((arm) => tagTypes(compiler, arm.properties, discriminant));
  if (refuseInfinite(compiler, frame, tags.flat(), place)) return undefined;
  const origin = tagEnum(compiler, frame, tags.flat(), place);
  if (origin === "refused") return undefined;
  const lowered = arms.map((arm, index) =>
    lowerArm(compiler, frame, arm, discriminant, tags[index] ?? [], place),
  );
  if (lowered.includes(undefined)) return undefined;
  const variants = lowered.flatMap((each) => each ?? []);
  if (!inOrder) variants.sort((a, b) => (String(a.tag) < String(b.tag) ? -1 : 1));
  const numbered = variants.map((variant, ordinal) => ({ ...variant, ordinal }));
  return { kind: "union", discriminant, variants: numbered, ...(origin ? { enum: origin } : {}) };
}

function discriminantOf(compiler: Compiler, arms: readonly Arm[]): string | undefined {
  const { ts, checker } = compiler;
  // The types of all other properties are not asked for: in large graphs of types most of them are never needed.
  const shared = sharedNames(arms);
  const candidates = arms.map(({ properties }) =>
    properties
      .filter(({ name }) => shared.has(name))
      .map((property) => {
        const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
        const types = isOptional ? undefined : literalsOf(compiler, checker.getTypeOfSymbol(property));
        const values = types?.map((each) => literalOf(compiler, each)).filter((value) => value !== undefined);
        return { name: property.name, values };
      }),
  );
  return chooseDiscriminant(candidates);
}

function sharedNames(arms: readonly Arm[]): ReadonlySet<string> {
  const [first, ...others] = arms.map(({ properties }) => new Set(properties.map(({ name }) => name)));
  return new Set([...(first ?? [])].filter((name) => others.every((names) => names.has(name))));
}

/** For a union that no text spells out: an order that does not depend on what the checker saw first. */
function inDeclarationOrder(compiler: Compiler, arms: readonly Arm[]): readonly Arm[] {
  const keyOf = ({ type }: Arm): string => `${declaredAt(compiler, type)} ${namesText(compiler, type)}`;
  return sortedBy(compiler, arms, ({ type }) => type, keyOf);
}

/** The union as its alias writes it. */
function writtenUnion({ ts }: Compiler, type: ts.Type): ts.TypeNode | undefined {
  const alias = declarationsOf(type.aliasSymbol).find((node) => ts.isTypeAliasDeclaration(node));
  return alias?.type;
}

function tagTypes(
  compiler: Compiler,
  properties: readonly ts.Symbol[],
  discriminant: string,
): readonly ts.Type[] {
  const { ts, checker } = compiler;
  const property = properties.find(({ name }) => name === discriminant);
  const types = property ? literalsOf(compiler, checker.getTypeOfSymbol(property)) : undefined;
  const node = property?.valueDeclaration;
  return orderedLiterals(compiler, types ?? [], node && ts.isPropertySignature(node) ? node.type : undefined);
}

function tagEnum(
  compiler: Compiler,
  frame: Frame,
  tags: readonly ts.Type[],
  place: Place,
): Origin | undefined | "refused" {
  const enums = new Set(tags.map((tag) => enumOfType(compiler, tag)));
  const [declared] = enums;
  if (enums.size > 1) {
    const text = tags.map((tag) => print(compiler, tag)).join(" | ");
    report(frame, "mixed-union", place, { type: text });
    return "refused";
  }
  return declared ? (enumOrigin(compiler, frame, declared, place) ?? "refused") : undefined;
}

/** The variants of one arm; one with several tags gives as many variants, which share its struct. */
function lowerArm(
  compiler: Compiler,
  frame: Frame,
  { type, properties }: Arm,
  discriminant: string,
  tags: readonly ts.Type[],
  place: Place,
): readonly Omit<Variant, "ordinal">[] | undefined {
  const values = tags.flatMap((each) => {
    const tag = literalOf(compiler, each);
    return tag === undefined ? [] : [{ tag, ...enumMemberOf(compiler, each) }];
  });
  const inner = stepInto(place, `<${values.map(({ tag }) => tag).join("|")}>`, undefined);
  const entity = namedOf(compiler, type) && frame.refer(frame, type, inner);
  // What is wrong in a named arm is found in its entity; what it holds reads the same in every union.
  const all = entity
    ? lowerFields(compiler, armFrame(frame, entity), properties, { ...inner, steps: [] })
    : lowerFields(compiler, frame, properties, inner);
  if (!all) return undefined;
  const tagPosition = all.fields.findIndex(({ name }) => name === discriminant);
  const fields = all.fields
    .filter(({ name }) => name !== discriminant)
    .map((field, slot) => ({ ...field, slot }));
  const isMutable = all.fields[tagPosition]?.mutable === true;
  return values.map((value) => ({
    ...value,
    struct: { ...all, fields },
    tagPosition,
    ...mutability(isMutable),
  }));
}

function armFrame(frame: Frame, entity: Entity): Frame {
  return { ...frame, entity, open: new Map(), muted: true, isArm: true, declares: undefined };
}
