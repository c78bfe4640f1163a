// Which diagnostics can be mended mechanically, and by what.
import { type Code, entryOf, type Title } from "../diagnostic/catalog.ts";
import type { Diagnostic, Offence } from "../diagnostic/diagnostic.ts";
import { exportFix } from "./export-declaration.ts";
import { type Fix, isEditable, type Mender, type Mending } from "./fix.ts";
import { immutableFix } from "./immutable.ts";
import { nearTagFix } from "./near-tag.ts";
import { declarationAt, typeNodeAt } from "./node-at.ts";
import { readonlyPropertyFix } from "./readonly-property.ts";
import { readonlyEdits, readonlyIndexes, type Wanted } from "./readonly-type.ts";
import { moveTagFix, removeTagFix } from "./tags.ts";

type Mend = (mender: Mender, diagnostic: Diagnostic, offence: Offence) => Mending | undefined;

const menders: readonly (readonly [Title, Mend])[] = [
  ["mutable-property", (mender, _, offence) => readonlyPropertyFix(mender, offence)],
  ["mutable-array", (mender, _, offence) => readonlyTypeFix(mender, offence, "array")],
  ["mutable-tuple", (mender, _, offence) => readonlyTypeFix(mender, offence, "tuple")],
  ["mutable-map", (mender, _, offence) => readonlyTypeFix(mender, offence, "map")],
  ["mutable-set", (mender, _, offence) => readonlyTypeFix(mender, offence, "set")],
  ["mutable-record", (mender, _, offence) => recordFix(mender, offence)],
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

function readonlyTypeFix(mender: Mender, offence: Offence, wanted: Wanted): Mending | undefined {
  const written = offence.written.flatMap((span) => typeNodeAt(mender, span) ?? []);
  return readonlyEdits(mender, wanted, written) ?? immutableFix(mender, offence);
}

/** The index signature of an interface stands in its declaration. */
function recordFix(mender: Mender, offence: Offence): Mending | undefined {
  const node = declarationAt(mender, offence.declaration);
  const isDeclared = node && mender.ts.isInterfaceDeclaration(node) && isEditable(mender, node);
  const edits = isDeclared ? readonlyIndexes(mender, node) : undefined;
  if (!edits) return readonlyTypeFix(mender, offence, "record");
  return { title: "Make the index signature readonly", edits };
}
