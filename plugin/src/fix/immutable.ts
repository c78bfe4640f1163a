// Wraps a type in `Immutable<>` where the project uses it, because what declares it is not the project's to edit.
import type ts from "typescript";
import type { Offence } from "../diagnostic/diagnostic.ts";
import { isEditable, type Mender, type Mending } from "./fix.ts";
import { importImmutable } from "./import-immutable.ts";
import { declarationAt, typeNodeAt } from "./node-at.ts";
import { wrapped } from "./readonly-type.ts";
import type { TextEdit } from "./text-edit.ts";
import { argumentOf, declarationsOf, typeParameterOf } from "./type-use.ts";

/** @returns undefined where the project could edit everything that is written on the path */
export function immutableFix(mender: Mender, offence: Offence): Mending | undefined {
  const written = offence.written.flatMap((span) => typeNodeAt(mender, span) ?? []);
  const declared = declarationAt(mender, offence.declaration);
  if ([declared, ...written].every((node) => node && isEditable(mender, node))) return undefined;
  const use = useInProject(mender, written) ?? heritageOf(mender, offence);
  return use && wrap(mender, use);
}

function wrap(mender: Mender, use: ts.Node): Mending {
  const { name, edits } = importImmutable(mender, use.getSourceFile());
  const parts = mender.ts.isTypeNode(use) ? foreignParts(mender, use) : [use];
  const around: readonly TextEdit[] = parts.flatMap((part) => wrapped(part, name));
  const shown = parts.map((part) => part.getText()).join(" and ");
  return { title: `Wrap '${shortened(shown)}' in ${name}<>`, edits: [...edits, ...around] };
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** The innermost type on the path that a source of the project writes. */
function useInProject(mender: Mender, written: readonly ts.TypeNode[]): ts.TypeNode | undefined {
  for (const [index, node] of written.entries()) {
    const parameter = typeParameterOf(mender, node);
    const found = parameter ? argumentOf(mender, parameter, written.slice(index + 1))?.node : node;
    if (found && isEditable(mender, found) && !typeParameterOf(mender, found)) return found;
  }
  return undefined;
}

/** Of `Range | null` and of `Box<Range>` the names that others declare; the whole where none of them is one. */
function foreignParts(mender: Mender, node: ts.TypeNode): readonly ts.TypeNode[] {
  const { ts } = mender;
  const parts: ts.TypeNode[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isTypeReferenceNode(each) && isForeign(mender, each)) parts.push(each);
    else ts.forEachChild(each, visit);
  };
  visit(node);
  return parts.length > 0 ? parts : [node];
}

function isForeign(mender: Mender, node: ts.TypeNode): boolean {
  return declarationsOf(mender, node).some(
    (each) => !isEditable(mender, each) && !mender.program.isSourceFileDefaultLibrary(each.getSourceFile()),
  );
}

/** `Base` of `interface Mine extends Base`, where the offending property comes from there. */
function heritageOf(mender: Mender, { owner, declaration }: Offence): ts.Node | undefined {
  const { ts, checker } = mender;
  const declared = declarationAt(mender, owner);
  const property = declarationAt(mender, declaration);
  if (!declared || !ts.isInterfaceDeclaration(declared) || !property) return undefined;
  const symbol = checker.getTypeAtLocation(declared).symbol;
  const bases = (symbol?.declarations ?? [declared])
    .flatMap((each) => (ts.isInterfaceDeclaration(each) ? (each.heritageClauses ?? []) : []))
    .flatMap(({ types }) => types);
  return bases.find((base) => {
    const inherited = checker.getPropertiesOfType(checker.getTypeAtLocation(base));
    return isEditable(mender, base) && inherited.some((each) => each.declarations?.includes(property));
  });
}
