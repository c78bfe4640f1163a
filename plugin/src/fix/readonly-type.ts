// Makes arrays, tuples, maps, sets and records readonly where they are written.
import type ts from "typescript";
import { fileOf, isEditable, type Mender } from "./fix.ts";
import { importImmutable } from "./import-immutable.ts";
import { closing, opening, replacement, type TextEdit } from "./text-edit.ts";
import { argumentOf, declarationsOf, isAround, typeParameterOf } from "./type-use.ts";

/** What a type has to be to be meant, when a union or an alias has several types in it. */
export type Wanted = "array" | "tuple" | "map" | "set" | "record";

/** The edits, and what they do in words; undefined where no source of the project says what the type is. */
export interface ReadonlyEdits {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

const readonlyNames: Readonly<Record<string, string>> = {
  Array: "ReadonlyArray",
  Map: "ReadonlyMap",
  Set: "ReadonlySet",
};

/**
 * @param written from the offending type outwards: a type parameter stands for what a later one gives as an argument
 */
export function readonlyEdits(
  mender: Mender,
  wanted: Wanted,
  written: readonly ts.TypeNode[],
): ReadonlyEdits | undefined {
  const [inner, ...outer] = written;
  if (!inner) return undefined;
  const parts = partsOf(mender, inner, outer, new Set());
  const direct = parts.filter((part) => isWanted(mender, part, wanted));
  // What stands deeper in the argument of a type parameter is written where the argument is.
  const found = direct.length > 0 ? direct : parts.flatMap((part) => innerParts(mender, part, wanted));
  const edits = found.map((part) => editsOf(mender, part));
  if (edits.length === 0 || edits.includes(undefined)) return undefined;
  const aliases = found.filter((part) => isForeignAlias(mender, part)).map((part) => part.getText());
  const title = aliases.length > 0 ? `Wrap '${aliases.join("' and '")}' in Immutable<>` : titleOf(wanted);
  return { title, edits: edits.flatMap((each) => each ?? []) };
}

/** The types that are meant anywhere inside a written type: all of them, because all of them are refused. */
function innerParts(mender: Mender, node: ts.TypeNode, wanted: Wanted): readonly ts.TypeNode[] {
  const { ts } = mender;
  const parts: ts.TypeNode[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isTypeNode(each) && isWanted(mender, each, wanted)) parts.push(each);
    ts.forEachChild(each, visit);
  };
  ts.forEachChild(node, visit);
  return parts;
}

function titleOf(wanted: Wanted): string {
  if (wanted === "map") return "Use ReadonlyMap";
  return wanted === "set" ? "Use ReadonlySet" : `Make the ${wanted} readonly`;
}

/** The types of which a written type consists at the top: through parentheses, unions, aliases and parameters. */
function partsOf(
  mender: Mender,
  node: ts.TypeNode,
  outer: readonly ts.TypeNode[],
  seen: Set<ts.Node>,
): readonly ts.TypeNode[] {
  const { ts } = mender;
  if (seen.has(node)) return [];
  seen.add(node);
  const into = (each: ts.TypeNode): readonly ts.TypeNode[] => partsOf(mender, each, outer, seen);
  if (isAround(ts, node)) return into(node.type);
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(into);
  const parameter = typeParameterOf(mender, node);
  if (parameter) {
    const found = argumentOf(mender, parameter, outer);
    return found ? partsOf(mender, found.node, found.outer, seen) : [];
  }
  const alias = declarationsOf(mender, node).find((each) => ts.isTypeAliasDeclaration(each));
  const isOpen = alias && isEditable(mender, alias);
  return isOpen ? partsOf(mender, alias.type, [node, ...outer], seen) : [node];
}

function isWanted(mender: Mender, node: ts.TypeNode, wanted: Wanted): boolean {
  const { ts, checker } = mender;
  const { parent } = node;
  const isReadonly = ts.isTypeOperatorNode(parent) && parent.operator === ts.SyntaxKind.ReadonlyKeyword;
  if (isReadonly || (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword)) {
    return false;
  }
  if (isAround(ts, node) || ts.isRestTypeNode(parent)) return false;
  const type = checker.getTypeFromTypeNode(node);
  // Of `Maybe<string[]>` the project writes the array.
  const isPlain = ts.isTypeReferenceNode(node) && !node.typeArguments && isForeignAlias(mender, node);
  const parts = type.isUnion() && isPlain ? type.types : [type];
  return parts.some((part) => isMutable(mender, part, wanted));
}

function isMutable({ checker }: Mender, type: ts.Type, wanted: Wanted): boolean {
  switch (wanted) {
    case "array":
      return checker.isArrayType(type) && type.symbol.name === "Array";
    case "tuple":
      return checker.isTupleType(type) && !(type as ts.TupleTypeReference).target.readonly;
    case "map":
      return type.symbol?.name === "Map";
    case "set":
      return type.symbol?.name === "Set";
    case "record":
      return checker.getIndexInfosOfType(type).some(({ isReadonly }) => !isReadonly);
  }
}

function editsOf(mender: Mender, node: ts.TypeNode): readonly TextEdit[] | undefined {
  const { ts } = mender;
  if (!isEditable(mender, node)) return undefined;
  if (ts.isArrayTypeNode(node) || ts.isTupleTypeNode(node)) return readonlyOperator(mender, node);
  if (ts.isTypeLiteralNode(node)) return readonlyIndexes(mender, node);
  if (ts.isMappedTypeNode(node)) return node.readonlyToken ? undefined : readonlyMapped(node);
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
    const name = readonlyNames[node.typeName.text];
    if (name !== undefined && isOfLibrary(mender, node)) {
      const start = node.typeName.getStart();
      return [replacement(fileOf(node), start, node.typeName.end, name)];
    }
  }
  if (isForeignAlias(mender, node)) {
    const { name, edits } = importImmutable(mender, node.getSourceFile());
    return [...edits, ...wrapped(node, name)];
  }
  const symbol = mender.checker.getTypeFromTypeNode(node).symbol?.name;
  return symbol === "Map" || symbol === "Set" ? undefined : wrapped(node, "Readonly");
}

/** Whether an alias that others declare stands for the type: what is in it is made immutable where it is used. */
function isForeignAlias(mender: Mender, node: ts.TypeNode): boolean {
  const { ts, program } = mender;
  return declarationsOf(mender, node).some(
    (each) =>
      ts.isTypeAliasDeclaration(each) &&
      !isEditable(mender, each) &&
      !program.isSourceFileDefaultLibrary(each.getSourceFile()),
  );
}

/** Whether a reference leads straight to the library, and not through an alias of the same name. */
function isOfLibrary(mender: Mender, node: ts.TypeReferenceNode): boolean {
  return declarationsOf(mender, node).some((each) =>
    mender.program.isSourceFileDefaultLibrary(each.getSourceFile()),
  );
}

/** `readonly` binds less tightly than `[]` and than the `?` of a tuple's element. */
function readonlyOperator({ ts }: Mender, node: ts.TypeNode): readonly TextEdit[] {
  const file = fileOf(node);
  const [start, { end, parent }] = [node.getStart(), node];
  const isInside = ts.isArrayTypeNode(parent) || ts.isOptionalTypeNode(parent);
  const needsBrackets = isInside || (ts.isIndexedAccessTypeNode(parent) && parent.objectType === node);
  if (!needsBrackets) return [opening(file, start, end, "readonly ")];
  return [opening(file, start, end, "(readonly "), closing(file, start, end, ")")];
}

/** `readonly` before each index signature of an object type. */
export function readonlyIndexes(
  { ts }: Mender,
  node: ts.TypeLiteralNode | ts.InterfaceDeclaration,
): readonly TextEdit[] | undefined {
  const edits = node.members
    .filter((member) => ts.isIndexSignatureDeclaration(member))
    .filter(({ modifiers }) => !modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword))
    .map((member) => opening(fileOf(node), member.getStart(), member.end, "readonly "));
  return edits.length > 0 ? edits : undefined;
}

/** `{ [K in …]: … }` to `{ readonly [K in …]: … }`. */
export function readonlyMapped(node: ts.MappedTypeNode): readonly TextEdit[] {
  const file = node.getSourceFile();
  const bracket = file.text.lastIndexOf("[", node.typeParameter.getStart(file));
  return [opening(fileOf(node), bracket, node.end, "readonly ")];
}

/** `T` to `Name<T>`. */
export function wrapped(node: ts.Node, name: string): readonly TextEdit[] {
  const file = fileOf(node);
  const start = node.getStart();
  return [opening(file, start, node.end, `${name}<`), closing(file, start, node.end, ">")];
}
