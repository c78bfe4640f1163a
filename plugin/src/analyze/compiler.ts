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

/** The type as a programmer would write it. */
export function print({ ts, checker }: Compiler, type: ts.Type, length = 100): string {
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
  const text = checker.typeToString(type, undefined, flags).replace(/\s+/g, " ");
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
