// Discriminated unions: objects that the literals of one property tell apart.
import type { Origin, Tag, Union, Variant } from "@hewn/schema";
import type ts from "typescript";
import {
  type Candidate,
  chooseDiscriminant,
  type NearMiss,
  nearMiss,
} from "../check/undiscriminated-union.ts";
import { enumMemberOf, enumOfType, enumOrigin, refuseInfinite } from "./choice.ts";
import type { Compiler } from "./compiler.ts";
import { type Entity, type Frame, mutability, type Place, report, stepInto } from "./entity.ts";
import { glanceText, sortedBy } from "./glance.ts";
import { mappedOver } from "./internals.ts";
import { namedOf } from "./named.ts";
import { typeName } from "./print.ts";
import { orderedProperties } from "./properties.ts";
import { lowerFields } from "./struct.ts";
import { tagOf, tagsOf } from "./type-kind.ts";
import { orderedArms, orderedLiterals, type Written } from "./written.ts";

interface Arm {
  readonly type: ts.Type;
  readonly properties: readonly ts.Symbol[];
}

/**
 * Lowers the object types of a union.
 * @param written what may say in which order they are declared
 * @param shown the union, in the words of a message
 */
export function lowerVariants(
  compiler: Compiler,
  frame: Frame,
  types: readonly ts.Type[],
  written: Written | undefined,
  shown: () => string,
  place: Place,
): Union | undefined {
  const inOrder = orderedArms(compiler, types, written);
  const found: readonly Arm[] = (inOrder ?? types).map((arm) => ({
    type: arm,
    properties: orderedProperties(compiler, arm),
  }));
  const arms = inOrder ? found : inDeclarationOrder(compiler, found);
  const candidates = candidatesOf(compiler, arms);
  const discriminant = chooseDiscriminant(candidates);
  if (discriminant === undefined) {
    const nearly = nearlyText(compiler, arms, candidates);
    return report(frame, "undiscriminated-union", place, { type: shown(), nearly });
  }
  const tags = arms.map((arm) => tagTypes(compiler, arm.properties, discriminant));
  if (refuseInfinite(compiler, frame, tags.flat(), place)) return undefined;
  const enums = tagEnums(compiler, frame, tags.flat(), place);
  if (!enums) return undefined;
  const lowered = arms.map((arm, index) => {
    const values = (tags[index] ?? []).flatMap((tag) => variantTag(compiler, tag, enums));
    return lowerArm(compiler, frame, arm, discriminant, values, place);
  });
  if (lowered.includes(undefined)) return undefined;
  const variants = lowered.flatMap((each) => each ?? []);
  if (!inOrder) variants.sort((a, b) => compareTags(a.tag, b.tag));
  const numbered = variants.map((variant, ordinal) => ({ ...variant, ordinal }));
  return { kind: "union", discriminant, variants: numbered };
}

/** By their texts; 1 comes before "1". */
function compareTags(a: Tag, b: Tag): number {
  const [one, other] = [String(a), String(b)];
  if (one === other) return typeof a < typeof b ? -1 : 1;
  return one < other ? -1 : 1;
}

/** What the arms show of the properties that all of them have. */
function candidatesOf(compiler: Compiler, arms: readonly Arm[]): readonly (readonly Candidate[])[] {
  const { ts, checker } = compiler;
  // The types of all other properties are not asked for: in large graphs of types most of them are never needed.
  const shared = sharedNames(compiler, arms);
  return arms.map(({ properties }) =>
    properties
      .filter(({ name }) => shared.has(name))
      .map((property) => {
        const { name } = property;
        const type = checker.getTypeOfSymbol(property);
        const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
        if (isOptional) return { name, values: undefined, whenPresent: presentTags(compiler, type) };
        const types = tagsOf(compiler, type);
        const values = types?.map((each) => tagOf(compiler, each)).filter((value) => value !== undefined);
        return { name, values };
      }),
  );
}

/** The literals of a property that may be absent; undefined if it may have other values too. */
function presentTags(compiler: Compiler, type: ts.Type): readonly Tag[] | undefined {
  const { Undefined } = compiler.ts.TypeFlags;
  const parts = (type.isUnion() ? type.types : [type]).filter((part) => !(part.flags & Undefined));
  const tags = parts.map((part) => tagOf(compiler, part)).filter((tag) => tag !== undefined);
  return tags.length === parts.length ? tags : undefined;
}

/** How many arms a message names, and how long their names may be. */
const namedMax = 3;
const nameMax = 40;

/** The rest of the sentence where one property nearly tells the arms apart. */
function nearlyText(
  compiler: Compiler,
  arms: readonly Arm[],
  candidates: readonly (readonly Candidate[])[],
): string {
  const miss = nearMiss(candidates);
  if (!miss) return "";
  const shown = miss.arms.slice(0, namedMax).map((index) => armText(compiler, arms[index]!, index));
  const more = miss.arms.length - shown.length;
  const texts = more > 0 ? [...shown, `${more} more`] : shown;
  const last = texts.pop();
  const where = texts.length > 0 ? `${texts.join(", ")} and ${last}` : last;
  const what = { repeated: JSON.stringify(miss.value), open: "no literal", optional: "optional" }[miss.is];
  return `: '${miss.name}' is ${what} in ${where}${secondText(compiler, arms, miss)}`;
}

/** A property that tells just those arms apart which the nearest one does not. */
function secondText(compiler: Compiler, arms: readonly Arm[], miss: NearMiss): string {
  const alike = arms.filter((_, index) => miss.arms.includes(index));
  const second = miss.is !== "repeated" ? undefined : chooseDiscriminant(candidatesOf(compiler, alike));
  return second === undefined ? "" : `, where '${second}' differs, but one property must differ in all arms`;
}

/** An arm by its name, or by that of the type over which a mapped type runs; one without a name by its place. */
function armText(compiler: Compiler, { type }: Arm, index: number): string {
  const source = mappedOver(compiler, type);
  const name = (source && typeName(compiler, source)) ?? typeName(compiler, type);
  return name !== undefined && name.length <= nameMax ? name : `arm ${index + 1}`;
}

function sharedNames({ checker }: Compiler, [first, ...others]: readonly Arm[]): ReadonlySet<string> {
  let names = first?.properties.map(({ name }) => name) ?? [];
  for (const { type } of others) names = names.filter((name) => checker.getPropertyOfType(type, name));
  return new Set(names);
}

/** For a union that no text spells out: an order that does not depend on what the checker saw first. */
function inDeclarationOrder(compiler: Compiler, arms: readonly Arm[]): readonly Arm[] {
  return sortedBy(
    compiler,
    arms,
    ({ type }) => type,
    ({ type }) => glanceText(compiler, type),
  );
}

function tagTypes(
  compiler: Compiler,
  properties: readonly ts.Symbol[],
  discriminant: string,
): readonly ts.Type[] {
  const { ts, checker } = compiler;
  const property = properties.find(({ name }) => name === discriminant);
  const types = property ? tagsOf(compiler, checker.getTypeOfSymbol(property)) : undefined;
  const node = property?.valueDeclaration;
  return orderedLiterals(compiler, types ?? [], node && ts.isPropertySignature(node) ? node.type : undefined);
}

type Enums = ReadonlyMap<ts.Symbol | undefined, Origin>;

/** The enums whose members are tags; undefined if one cannot be imported. */
function tagEnums(
  compiler: Compiler,
  frame: Frame,
  tags: readonly ts.Type[],
  place: Place,
): Enums | undefined {
  const origins = new Map<ts.Symbol, Origin>();
  for (const declared of new Set(tags.map((tag) => enumOfType(compiler, tag)))) {
    const origin = declared && enumOrigin(compiler, frame, declared, place);
    if (declared && !origin) return undefined;
    if (declared && origin) origins.set(declared, origin);
  }
  return origins;
}

function variantTag(compiler: Compiler, type: ts.Type, enums: Enums): readonly VariantTag[] {
  const [tag, origin] = [tagOf(compiler, type), enums.get(enumOfType(compiler, type))];
  if (tag === undefined) return [];
  return [{ tag, ...enumMemberOf(compiler, type), ...(origin ? { enum: origin } : {}) }];
}

type VariantTag = Pick<Variant, "tag" | "enumMember" | "enum">;

/** The variants of one arm; one with several tags gives as many variants, which share its struct. */
function lowerArm(
  compiler: Compiler,
  frame: Frame,
  { type, properties }: Arm,
  discriminant: string,
  values: readonly VariantTag[],
  place: Place,
): readonly Omit<Variant, "ordinal">[] | undefined {
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
