// Literals, unions of literals and enums: a choice of values that both sides know.
import type { Choice, Origin } from "@hewn/schema";
import type ts from "typescript";
import { type Compiler, declarationsOf, fileNameOf } from "./compiler.ts";
import { type Entity, type Frame, type Place, report } from "./entity.ts";
import { exportedName, foreignEnum, whyUnexported } from "./exports.ts";
import { enumImport, isInstalled } from "./packages/enum-import.ts";
import { enumOfMember, literalOf } from "./type-kind.ts";
import { orderedLiterals } from "./written.ts";

/**
 * Lowers the literal types of which a type consists: all of one enum, or none of an enum.
 * @param inOrder the types in declared order, where the place does not tell it
 */
export function lowerChoice(
  compiler: Compiler,
  frame: Frame,
  types: readonly ts.Type[],
  place: Place,
  inOrder?: readonly ts.Type[],
): Choice | undefined {
  const declared = types[0] && enumOfType(compiler, types[0]);
  if (refuseInfinite(compiler, frame, types, place)) return undefined;
  if (declared && refuseComputed(compiler, frame, declared, place)) return undefined;
  const origin = declared && enumOrigin(compiler, frame, declared, place);
  if (declared && !origin) return undefined;
  const ordered = declared
    ? inEnumOrder(compiler, types)
    : (inOrder ?? orderedLiterals(compiler, types, place.written));
  const members = ordered.flatMap((type, ordinal) => {
    const value = literalOf(compiler, type);
    return value === undefined ? [] : [{ value, ...enumMemberOf(compiler, type), ordinal }];
  });
  if (!declared || !origin) return { kind: "choice", members };
  const isPart = members.length < valuesOfEnum(compiler, declared).size;
  return { kind: "choice", members, enum: origin, ...(isPart ? { isPart } : {}) };
}

/** The enum of which a literal type is a member. */
export function enumOfType(compiler: Compiler, type: ts.Type): ts.Symbol | undefined {
  return type.flags & compiler.ts.TypeFlags.EnumLike ? enumOfMember(compiler, type.symbol) : undefined;
}

export function enumMemberOf(compiler: Compiler, type: ts.Type): { readonly enumMember?: string } {
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
    const { name } = declared;
    const remedy = foreignEnum(declaration, name) ?? "Give the member a constant value.";
    report(frame, "computed-enum", place, { name, member: member.name.getText(), remedy });
    return true;
  }
  return false;
}

/** Reports a literal that is no finite number, such as `1e999` or an enum's `0 / 0`: JSON has no such number. */
export function refuseInfinite(
  compiler: Compiler,
  frame: Frame,
  types: readonly ts.Type[],
  place: Place,
): boolean {
  for (const type of types) {
    const value = literalOf(compiler, type);
    if (typeof value !== "number" || Number.isFinite(value)) continue;
    const { enumMember } = enumMemberOf(compiler, type);
    report(frame, "infinite-literal", place, { value: String(value), literal: enumMember ?? String(value) });
    return true;
  }
  return false;
}

/** Where an enum can be imported from; reports one that cannot. */
export function enumOrigin(
  compiler: Compiler,
  frame: Frame,
  declared: ts.Symbol,
  place: Place,
): Origin | undefined {
  const declaration = declarationsOf(declared).find((node) => compiler.ts.isEnumDeclaration(node));
  if (!declaration) return undefined;
  const file = declaration.getSourceFile();
  if (isInstalled(compiler, file)) return installedOrigin(compiler, frame, declared, declaration, place);
  const name = exportedName(compiler, file, declared);
  if (name !== undefined) return { file: fileNameOf(file), name };
  // The enum as a whole is an entity, which says this of itself.
  if (frame.entity.symbol === declared) return { file: fileNameOf(file), name: declared.name };
  return report(frame, "unexported", place, {
    name: declared.name,
    ...whyUnexported(compiler, declaration, declared.name),
  });
}

function installedOrigin(
  compiler: Compiler,
  frame: Frame,
  declared: ts.Symbol,
  declaration: ts.Node,
  place: Place,
): Origin | undefined {
  const { name } = declared;
  const file = declaration.getSourceFile();
  const found = enumImport(compiler, file, declared, importerOf(compiler, frame.entity));
  // The enum as a whole is an entity, of which it was said where nothing exports it.
  const isSaid = frame.entity.symbol === declared && exportedName(compiler, file, declared) === undefined;
  if (found || isSaid) return found ?? { file: fileNameOf(file), name };
  const { remedy } = whyUnexported(compiler, declaration, name);
  const reason = "is exported by no module that its package lets others import";
  return report(frame, "unexported", place, { name, reason, remedy });
}

/** The nearest file of the project on the way to a type. */
function importerOf({ program }: Compiler, entity: Entity): string {
  const fileOf = ({ node }: Entity): ts.SourceFile => node.getSourceFile();
  const isOwn = (file: ts.SourceFile): boolean =>
    !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file);
  let each = entity;
  while (each.parent && !isOwn(fileOf(each))) each = each.parent;
  return fileNameOf(fileOf(each));
}

function inEnumOrder(compiler: Compiler, types: readonly ts.Type[]): readonly ts.Type[] {
  const position = (type: ts.Type): number => declarationsOf(type.symbol)[0]?.pos ?? 0;
  const byValue = new Map(types.map((type) => [literalOf(compiler, type), type]));
  return [...byValue.values()].sort((a, b) => position(a) - position(b));
}
