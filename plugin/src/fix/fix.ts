// What mends one diagnostic, and what every part that makes fixes is given.
import type ts from "typescript";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { TextEdit } from "./text-edit.ts";

export interface Fix {
  readonly diagnostic: Diagnostic;
  /** What it does, as an imperative: "Make 'tags' readonly". */
  readonly title: string;
  /** At least one; they belong together. */
  readonly edits: readonly TextEdit[];
}

/** What a fix says and does, before it is known what it is for. */
export type Mending = Omit<Fix, "diagnostic">;

export interface Mender {
  readonly ts: typeof ts;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** Whether a file belongs to the one who asks; absolute, forward slashes. */
  readonly canEdit: (file: string) => boolean;
}

/** Whether a node stands in a source of the project: no declaration file, no package, no codec of ours. */
export function isEditable({ program, canEdit }: Mender, node: ts.Node): boolean {
  const file = node.getSourceFile();
  const isSource = /\.[cm]?tsx?$/.test(file.fileName) && !file.isDeclarationFile;
  const isForeign = program.isSourceFileFromExternalLibrary(file) || file.fileName.includes("/node_modules/");
  return isSource && !isForeign && canEdit(fileOf(node));
}

/** The name of the file of a node, as spans and edits have it. */
export function fileOf(node: ts.Node): string {
  return node.getSourceFile().fileName.replaceAll("\\", "/");
}

/** The line break that a text uses; that of Unix where it has none. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}
