// What the analyzer is given: the compiler module, one program with its checker, and the files around it.
import type ts from "typescript";

export interface Compiler {
  readonly ts: typeof ts;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** The files around the program; without them the module format of a file is what the program says, or unknown. */
  readonly files: ts.ModuleResolutionHost | undefined;
}

/** File names leave the analyzer with forward slashes. */
export function fileNameOf(file: ts.SourceFile): string {
  return file.fileName.replaceAll("\\", "/");
}

export function declarationsOf(symbol: ts.Symbol | undefined): readonly ts.Declaration[] {
  return symbol?.declarations ?? [];
}
