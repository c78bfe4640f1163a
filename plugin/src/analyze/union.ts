// Unions: of literals (a choice), of objects that a discriminant tells apart, and the ones that are refused.
import type { Choice, Origin, Type, Union, Variant } from "@hewn/schema";
import type ts from "typescript";
import { chooseDiscriminant } from "../check/undiscriminated-union.ts";
import { type Compiler, declarationsOf, fileNameOf, print, printName } from "./compiler.ts";
import { type Frame, type Place, report, stepInto } from "./entity.ts";
import { exportedName, whyUnexported } from "./exports.ts";
import { namedOf } from "./named.ts";
import { orderedProperties } from "./properties.ts";
import { lowerFields } from "./struct.ts";
import { enumOfMember, isOpenPrimitive, isStructLike, literalOf, literalsOf } from "./type-kind.ts";
import { orderedArms, orderedLiterals } from "./written.ts";

export function lowerUnion(
  compiler: Compiler,
  frame: Frame,
  type: ts.UnionType,
  place: Place,
): Type | undefined {
  const literals = literalsOf(compiler, type);
  if (literals) return lowerChoice(compiler, frame, type, literals, place);
  if (type.types.some((arm) => arm.flags & compiler.ts.TypeFlags.Enum)) {
    return lowerChoice(compiler, frame, type, type.types, place);
  }
  if (type.types.every((arm) => isStructLike(compiler, arm))) {
    return lowerObjects(compiler, frame, type, place);
  }
  const open = type.types.find((arm) => isOpenPrimitive(compiler, arm));
  if (open && type.types.every((arm) => arm === open || arm.isStringLiteral())) {
    return frame.lower(frame, open, place);
  }
  if (refuseArms(compiler, frame, type, place)) return undefined;
  return report(frame, "mixed-union", place, { type: print(compiler, type) });
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

/** Lowers the literal types of which a type consists: all of one enum, or none of an enum. */
export function lowerChoice(
  compiler: Compiler,
  frame: Frame,
  whole: ts.Type,
  types: readonly ts.Type[],
  place: Place,
): Choice | undefined {
  const enums = new Set(types.map((type) => enumOfType(compiler, type)));
  const [declared] = enums;
  if (enums.size > 1) {
    return report(frame, "mixed-union", place, { type: print(compiler, whole) });
  }
  if (declared && refuseComputed(compiler, frame, declared, place)) return undefined;
  const origin = declared && enumOrigin(compiler, frame, declared, place);
  if (declared && !origin) return undefined;
  const ordered = declared ? inEnumOrder(compiler, types) : orderedLiterals(compiler, types, place.written);
  const members = ordered.flatMap((type, ordinal) => {
    const value = literalOf(compiler, type);
    return value === undefined ? [] : [{ value, ...enumMemberOf(compiler, type), ordinal }];
  });
  if (!declared || !origin) return { kind: "choice", members };
  const isPart = members.length < valuesOfEnum(compiler, declared).size;
  return { kind: "choice", members, enum: origin, ...(isPart ? { isPart } : {}) };
}

function enumOfType(compiler: Compiler, type: ts.Type): ts.Symbol | undefined {
  return type.flags & compiler.ts.TypeFlags.EnumLike ? enumOfMember(compiler, type.symbol) : undefined;
}

function enumMemberOf(compiler: Compiler, type: ts.Type): { readonly enumMember?: string } {
  const isMember = (type.symbol?.flags ?? 0) & compiler.ts.SymbolFlags.EnumMember;
  return isMember ? { enumMember: type.symbol.name } : {};
}

function valuesOfEnum({ ts, checker }: Compiler, declared: ts.Symbol): ReadonlySet<unknown> {
  const members = declarationsOf(declared).flatMap((node) =>
    ts.isEnumDeclaration(node) ? node.members : [],
  );
  return new Set(members.map((member) => checker.getConstantValue(member)));
}

function refuseComputed(compiler: Compiler, frame: Frame, declared: ts.Symbol, place: Place): boolean {
  const { ts, checker } = compiler;
  for (const declaration of declarationsOf(declared)) {
    if (!ts.isEnumDeclaration(declaration)) continue;
    const member = declaration.members.find((each) => checker.getConstantValue(each) === undefined);
    if (!member) continue;
    report(frame, "computed-enum", place, { name: declared.name, member: member.name.getText() });
    return true;
  }
  return false;
}

function enumOrigin(compiler: Compiler, frame: Frame, declared: ts.Symbol, place: Place): Origin | undefined {
  const declaration = declarationsOf(declared).find((node) => compiler.ts.isEnumDeclaration(node));
  if (!declaration) return undefined;
  const file = declaration.getSourceFile();
  const name = exportedName(compiler, file, declared);
  if (name !== undefined) return { file: fileNameOf(file), name };
  // The enum as a whole is an entity, which says this of itself.
  if (frame.entity.symbol === declared) return { file: fileNameOf(file), name: declared.name };
  return report(frame, "unexported", place, {
    name: declared.name,
    reason: whyUnexported(compiler, declaration),
  });
}

function inEnumOrder(compiler: Compiler, types: readonly ts.Type[]): readonly ts.Type[] {
  const position = (type: ts.Type): number => declarationsOf(type.symbol)[0]?.pos ?? 0;
  const byValue = new Map(types.map((type) => [literalOf(compiler, type), type]));
  return [...byValue.values()].sort((a, b) => position(a) - position(b));
}

function lowerObjects(compiler: Compiler, frame: Frame, type: ts.UnionType, place: Place): Union | undefined {
  const { ts, checker } = compiler;
  const written = writtenUnion(compiler, type) ?? place.written;
  const inOrder = orderedArms(compiler, type.types, written);
  const arms = (inOrder ?? inDeclarationOrder(compiler, type.types)).map((arm) => {
    const properties = orderedProperties(compiler, arm);
    const candidates = properties.map((property) => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const types = literalsOf(compiler, checker.getTypeOfSymbol(property));
      const values = types?.map((each) => literalOf(compiler, each)).filter((value) => value !== undefined);
      return { name: property.name, values: isOptional ? undefined : values };
    });
    return { type: arm, properties, candidates };
  });
  const discriminant = chooseDiscriminant(arms.map((arm) => arm.candidates));
  if (discriminant === undefined) {
    return report(frame, "undiscriminated-union", place, { type: print(compiler, type) });
  }
  const tags = arms.map((arm) => tagTypes(compiler, arm.properties, discriminant));
  const origin = tagEnum(compiler, frame, tags.flat(), place);
  if (origin === "refused") return undefined;
  const variants: Omit<Variant, "ordinal">[] = [];
  let isComplete = true;
  for (const [index, { type: arm, properties }] of arms.entries()) {
    const lowered = lowerArm(compiler, frame, arm, properties, discriminant, tags[index] ?? [], place);
    if (lowered) variants.push(...lowered);
    else isComplete = false;
  }
  if (!isComplete) return undefined;
  if (!inOrder) variants.sort((a, b) => (String(a.tag) < String(b.tag) ? -1 : 1));
  const numbered = variants.map((variant, ordinal) => ({ ...variant, ordinal }));
  return { kind: "union", discriminant, variants: numbered, ...(origin ? { enum: origin } : {}) };
}

/** For a union that no text spells out: an order that does not depend on what the checker saw first. */
function inDeclarationOrder(compiler: Compiler, types: readonly ts.Type[]): readonly ts.Type[] {
  const keyed = types.map((type) => {
    const [node] = declarationsOf(type.symbol);
    const place = node ? `${node.getSourceFile().fileName}:${String(node.pos).padStart(9, "0")}` : "";
    return { type, key: `${place} ${printName(compiler, type)}` };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ type }) => type);
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
  arm: ts.Type,
  properties: readonly ts.Symbol[],
  discriminant: string,
  tags: readonly ts.Type[],
  place: Place,
): readonly Omit<Variant, "ordinal">[] | undefined {
  const values = tags.flatMap((type) => {
    const tag = literalOf(compiler, type);
    return tag === undefined ? [] : [{ tag, ...enumMemberOf(compiler, type) }];
  });
  const inner = stepInto(place, `<${values.map(({ tag }) => tag).join("|")}>`, undefined);
  const isNamed = namedOf(compiler, arm) !== undefined;
  if (isNamed) frame.refer(frame, arm, inner);
  const armFrame = isNamed ? { ...frame, muted: true } : frame;
  const all = lowerFields(compiler, armFrame, properties, inner);
  const tagPosition = properties.findIndex(({ name }) => name === discriminant);
  if (!all) return undefined;
  const fields = all.filter(({ name }) => name !== discriminant).map((field, slot) => ({ ...field, slot }));
  return values.map((value) => ({ ...value, struct: { kind: "struct", fields }, tagPosition }));
}
