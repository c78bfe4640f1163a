// What the analyzer is given: the compiler module, and one program with its checker.
import type ts from "typescript";

export interface Compiler {
  readonly ts: typeof ts;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
}

/** File names leave the analyzer with forward slashes. */
export function fileNameOf(file: ts.SourceFile): string {
  return file.fileName.replaceAll("\\", "/");
}

export function declarationsOf(symbol: ts.Symbol | undefined): readonly ts.Declaration[] {
  return symbol?.declarations ?? [];
}
