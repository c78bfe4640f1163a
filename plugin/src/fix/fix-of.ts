// Which diagnostics can be mended mechanically, and by what.
import type ts from "typescript";
import { type Code, entryOf, type Title } from "../diagnostic/catalog.ts";
import type { Diagnostic, Offence, Span } from "../diagnostic/diagnostic.ts";
import { exportFix } from "./export-declaration.ts";
import { type Fix, isEditable, type Mender, type Mending } from "./fix.ts";
import { immutableFix } from "./immutable.ts";
import { nearTagFix } from "./near-tag.ts";
import { declarationAt, typeNodeAt } from "./node-at.ts";
import { readonlyPropertyFix } from "./readonly-property.ts";
import { readonlyEdits, readonlyIndexes, type Wanted } from "./readonly-type.ts";
import { moveTagFix, removeTagFix } from "./tags.ts";
import { heritageOf, withHeritage } from "./type-use.ts";

type Mend = (mender: Mender, diagnostic: Diagnostic, offence: Offence) => Mending | undefined;

const menders: readonly (readonly [Title, Mend])[] = [
  ["mutable-property", (mender, _, offence) => readonlyPropertyFix(mender, offence)],
  ["mutable-array", (...given) => readonlyTypeFix(...given, "array")],
  ["mutable-tuple", (...given) => readonlyTypeFix(...given, "tuple")],
  ["mutable-map", (...given) => readonlyTypeFix(...given, "map")],
  ["mutable-set", (...given) => readonlyTypeFix(...given, "set")],
  ["mutable-record", recordFix],
  ["unexported", (mender, _, offence) => exportFix(mender, offence)],
  ["tagged-twice", (mender, _, offence) => removeTagFix(mender, offence.declaration)],
  ["misplaced-tag", (mender, { span }) => nearTagFix(mender, span) ?? moveTagFix(mender, span)],
];

const byCode: ReadonlyMap<Code, Mend> = new Map(menders.map(([title, mend]) => [entryOf(title).code, mend]));

/** The codes of which some diagnostics can be mended. */
export const mendableCodes: readonly Code[] = [...byCode.keys()].sort();

/** What mends a diagnostic of this program; undefined where that takes a decision, or files that are not to be edited. */
export function fixOf(mender: Mender, diagnostic: Diagnostic): Fix | undefined {
  const mend = byCode.get(diagnostic.code);
  const { offence = nowhere(diagnostic) } = diagnostic;
  const mending = mend?.(mender, diagnostic, offence);
  return mending && mending.edits.length > 0 ? { diagnostic, ...mending } : undefined;
}

function nowhere({ span }: Diagnostic): Offence {
  return { declaration: span, owner: span, written: [] };
}

function readonlyTypeFix(
  mender: Mender,
  diagnostic: Diagnostic,
  offence: Offence,
  wanted: Wanted,
): Mending | undefined {
  const [inner, ...outer] = offence.written.flatMap((span) => typeNodeAt(mender, span) ?? []);
  const around = [offence.owner, diagnostic.span].flatMap((span) => interfaceAround(mender, span) ?? []);
  const uses = [
    ...withHeritage(mender, outer),
    ...around.flatMap((declaration) => heritageOf(mender, declaration)),
  ];
  // Inside an argument of a generic type the property is the nearest that is known.
  for (const node of [inner, propertyType(mender, offence.declaration)]) {
    const edits = node && readonlyEdits(mender, wanted, [node, ...uses]);
    if (edits) return edits;
  }
  return immutableFix(mender, offence);
}

function propertyType(mender: Mender, span: Span): ts.TypeNode | undefined {
  const node = declarationAt(mender, span);
  return node && mender.ts.isPropertySignature(node) ? node.type : undefined;
}

/** The interface whose name, or a part of which, has this span. */
function interfaceAround(mender: Mender, span: Span): ts.Node | undefined {
  return mender.ts.findAncestor(declarationAt(mender, span), mender.ts.isInterfaceDeclaration);
}

/** The index signature of an interface stands in its declaration. */
function recordFix(mender: Mender, diagnostic: Diagnostic, offence: Offence): Mending | undefined {
  const node = declarationAt(mender, offence.declaration);
  const isDeclared = node && mender.ts.isInterfaceDeclaration(node) && isEditable(mender, node);
  const edits = isDeclared ? readonlyIndexes(mender, node) : undefined;
  if (!edits) return readonlyTypeFix(mender, diagnostic, offence, "record");
  return { title: "Make the index signature readonly", edits };
}
