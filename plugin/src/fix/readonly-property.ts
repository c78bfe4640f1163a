// Makes the properties readonly that can be assigned to.
import type ts from "typescript";
import type { Offence } from "../diagnostic/diagnostic.ts";
import { fileOf, isEditable, type Mender, type Mending } from "./fix.ts";
import { immutableFix } from "./immutable.ts";
import { declarationAt, typeNodeAt } from "./node-at.ts";
import { readonlyMapped, wrapped } from "./readonly-type.ts";
import { opening } from "./text-edit.ts";

export function readonlyPropertyFix(mender: Mender, offence: Offence): Mending | undefined {
  const property = declarationAt(mender, offence.declaration);
  return (property && declaredFix(mender, property)) ?? aroundFix(mender, offence);
}

function declaredFix(mender: Mender, property: ts.Declaration): Mending | undefined {
  const { ts } = mender;
  if (!ts.isPropertySignature(property) || !isEditable(mender, property)) return undefined;
  if (property.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword)) return undefined;
  const { name } = property;
  const edit = opening(fileOf(property), name.getStart(), property.end, "readonly ");
  return { title: `Make '${name.getText()}' readonly`, edits: [edit] };
}

/** Where no declaration says that the property can be assigned to, the type around it does: a mapped type. */
function aroundFix(mender: Mender, offence: Offence): Mending | undefined {
  const { ts, program, checker } = mender;
  const [span] = offence.written;
  const node = span && typeNodeAt(mender, span);
  if (!node || !isEditable(mender, node)) return immutableFix(mender, offence);
  if (ts.isMappedTypeNode(node)) {
    if (node.readonlyToken) return undefined;
    return { title: "Make the properties readonly", edits: readonlyMapped(node) };
  }
  const symbol = ts.isTypeReferenceNode(node) ? checker.getSymbolAtLocation(node.typeName) : undefined;
  const isUtility = symbol?.declarations?.some((each) =>
    program.isSourceFileDefaultLibrary(each.getSourceFile()),
  );
  if (!isUtility) return immutableFix(mender, offence);
  return { title: `Wrap '${node.getText()}' in Readonly<>`, edits: wrapped(node, "Readonly") };
}
