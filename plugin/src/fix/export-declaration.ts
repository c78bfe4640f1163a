// Exports a type that the codec file must name.
import type ts from "typescript";
import type { Offence } from "../diagnostic/diagnostic.ts";
import { fileOf, isEditable, lineBreakOf, type Mender, type Mending } from "./fix.ts";
import { declarationAt } from "./node-at.ts";
import { opening } from "./text-edit.ts";

type Exportable = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration;

export function exportFix(mender: Mender, { declaration }: Offence): Mending | undefined {
  const node = declarationAt(mender, declaration);
  if (!node || !isExportable(mender, node) || !isEditable(mender, node)) return undefined;
  const file = node.getSourceFile();
  if (node.parent !== file || !mayExport(mender, file)) return undefined;
  const title = `Export '${node.name.text}'`;
  const { SyntaxKind } = mender.ts;
  if (node.modifiers?.some(({ kind }) => kind === SyntaxKind.DefaultKeyword)) {
    const text = `${lineBreakOf(file.text)}export type { ${node.name.text} };`;
    return { title, edits: [{ file: fileOf(node), start: node.end, length: 0, text, rank: 0 }] };
  }
  const others = mergedWith(mender, node).map((each) =>
    opening(fileOf(each), each.getStart(), each.end, "export "),
  );
  return { title, edits: others };
}

function isExportable({ ts }: Mender, node: ts.Node): node is Exportable {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node);
}

/** All declarations of a merged type are exported or none is. */
function mergedWith(mender: Mender, node: Exportable): readonly ts.Declaration[] {
  const { ts, checker } = mender;
  const declarations = checker.getSymbolAtLocation(node.name)?.declarations ?? [node];
  return declarations.filter(
    (each) =>
      each.getSourceFile() === node.getSourceFile() &&
      (isExportable(mender, each) || ts.isClassDeclaration(each) || ts.isFunctionDeclaration(each)) &&
      !(ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Export),
  );
}

/** `export =` stands alone; an export makes a script a module, and what it declares is no longer seen everywhere. */
function mayExport({ ts, program }: Mender, file: ts.SourceFile): boolean {
  if (file.statements.some((each) => ts.isExportAssignment(each) && each.isExportEquals)) return false;
  if (ts.isExternalModule(file)) return true;
  const names = file.statements.flatMap((each) => declaredNames(ts, each));
  const others = program.getSourceFiles().filter((each) => each !== file && !each.isDeclarationFile);
  return others.every((each) => names.every((name) => !wordsOf(each.text).has(name)));
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}\p{N}_$]+/gu));
}

function declaredNames(compiler: typeof ts, statement: ts.Statement): readonly string[] {
  if (compiler.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const name = compiler.getNameOfDeclaration(statement as unknown as ts.Declaration);
  return name && compiler.isIdentifier(name) ? [name.text] : [];
}
