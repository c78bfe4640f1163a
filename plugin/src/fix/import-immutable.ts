// The name by which a file can use `Immutable` of @hewn/runtime, and the edit that imports it where it does not yet.
import type ts from "typescript";
import { fileOf, lineBreakOf, type Mender } from "./fix.ts";
import { firstRank, type TextEdit } from "./text-edit.ts";

const runtime = "@hewn/runtime";
const imported = "Immutable";

export interface ImportedName {
  /** What the file calls it. */
  readonly name: string;
  /** Empty where it is imported already. */
  readonly edits: readonly TextEdit[];
}

export function importImmutable(mender: Mender, file: ts.SourceFile): ImportedName {
  const imports = runtimeImports(mender.ts, file);
  const present = imports.flatMap(({ elements }) => elements).find((each) => nameOf(each) === imported);
  if (present) return { name: present.name.text, edits: [] };
  const name = isTaken(mender.ts, file, imported) ? `Wire${imported}` : imported;
  const specifier = name === imported ? imported : `${imported} as ${name}`;
  const [first] = imports;
  const edit = first ? intoImport(file, first, specifier) : newImport(mender.ts, file, specifier);
  return { name, edits: [edit] };
}

interface NamedImport {
  readonly bindings: ts.NamedImports;
  readonly elements: readonly ts.ImportSpecifier[];
  readonly isTypeOnly: boolean;
}

function runtimeImports(compiler: typeof ts, file: ts.SourceFile): readonly NamedImport[] {
  return file.statements.flatMap((statement) => {
    if (!compiler.isImportDeclaration(statement)) return [];
    const { importClause, moduleSpecifier } = statement;
    const bindings = importClause?.namedBindings;
    if (!compiler.isStringLiteral(moduleSpecifier) || moduleSpecifier.text !== runtime) return [];
    if (!bindings || !compiler.isNamedImports(bindings)) return [];
    return [{ bindings, elements: [...bindings.elements], isTypeOnly: importClause.isTypeOnly }];
  });
}

function nameOf({ propertyName, name }: ts.ImportSpecifier): string {
  return (propertyName ?? name).text;
}

/** Whether the file uses the name for anything else: also inside a scope, where it would be hidden. */
function isTaken(compiler: typeof ts, file: ts.SourceFile, name: string): boolean {
  if (!file.text.includes(name)) return false;
  const visit = (node: ts.Node): boolean =>
    (compiler.isIdentifier(node) && node.text === name) || (compiler.forEachChild(node, visit) ?? false);
  return visit(file);
}

/** In alphabetical order, where the others are: formatters want it so. */
function intoImport(
  file: ts.SourceFile,
  { bindings, elements, isTypeOnly }: NamedImport,
  name: string,
): TextEdit {
  const text = isTypeOnly ? name : `type ${name}`;
  const place = { file: fileOf(file), length: 0, rank: 0 };
  const isSorted = elements.every(
    (each, index) => index === 0 || precedes(nameOf(elements[index - 1] ?? each), nameOf(each)),
  );
  const next = isSorted ? elements.find((each) => precedes(imported, nameOf(each))) : undefined;
  if (next) return { ...place, start: next.getStart(file), text: `${text}, ` };
  const last = elements.at(-1);
  if (last) return { ...place, start: last.end, text: `, ${text}` };
  return { ...place, start: bindings.getStart(file) + 1, text: ` ${text} ` };
}

function precedes(a: string, b: string): boolean {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one < other || (one === other && a < b);
}

function newImport(compiler: typeof ts, file: ts.SourceFile, specifier: string): TextEdit {
  const { start, isAfter } = placeOfImport(compiler, file);
  const end = lineBreakOf(file.text);
  const quote = quoteOf(compiler, file);
  const semicolon =
    file.statements.some((each) => file.text[each.end - 1] === ";") || !hasImports(compiler, file);
  const text = `import type { ${specifier} } from ${quote}${runtime}${quote}${semicolon ? ";" : ""}`;
  return {
    file: fileOf(file),
    start,
    length: 0,
    text: isAfter ? `${end}${text}` : `${text}${end}`,
    rank: firstRank,
  };
}

function hasImports(compiler: typeof ts, file: ts.SourceFile): boolean {
  return file.statements.some((each) => compiler.isImportDeclaration(each));
}

/** Behind the last import and what stands in its line; else before the first statement and its own comments. */
function placeOfImport(
  compiler: typeof ts,
  file: ts.SourceFile,
): { readonly start: number; readonly isAfter: boolean } {
  const { statements, text } = file;
  const last = statements.findLast(
    (each) => compiler.isImportDeclaration(each) || isDirective(compiler, each),
  );
  if (!last) return { start: beforeFirst(compiler, file), isAfter: false };
  const comments = compiler.getTrailingCommentRanges(text, last.end) ?? [];
  return { start: comments.at(-1)?.end ?? last.end, isAfter: true };
}

/** `"use strict"`. */
function isDirective(compiler: typeof ts, node: ts.Statement): boolean {
  return compiler.isExpressionStatement(node) && compiler.isStringLiteral(node.expression);
}

/** A comment with an empty line behind it belongs to the file, and so do directives for the compiler. */
function beforeFirst(compiler: typeof ts, { statements, text }: ts.SourceFile): number {
  const [first] = statements;
  const from = compiler.getShebang(text)?.length ?? 0;
  const comments = compiler.getLeadingCommentRanges(text, from) ?? [];
  let start = first?.getStart() ?? text.length;
  for (const comment of comments.toReversed()) {
    const isApart = /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/.test(text.slice(comment.end, start));
    if (isApart || /^\/\/\/|^\/\/ *@ts-/.test(text.slice(comment.pos, comment.end))) break;
    start = comment.pos;
  }
  return start;
}

/** The quotes of the file's first string. */
function quoteOf(compiler: typeof ts, file: ts.SourceFile): string {
  const visit = (node: ts.Node): string | undefined =>
    compiler.isStringLiteral(node) ? file.text[node.getStart(file)] : compiler.forEachChild(node, visit);
  return visit(file) ?? '"';
}
