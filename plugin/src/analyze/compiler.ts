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

/** The type as a programmer would write it: by its name, if it has one; what is long is cut by the compiler. */
export function printName({ ts, checker }: Compiler, type: ts.Type): string {
  return checker.typeToString(type, undefined, ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope);
}

const shownMax = 100;

/** The type as it is shown in a message: what an alias stands for, cut where it is long. */
export function print({ ts, checker }: Compiler, type: ts.Type): string {
  const { UseAliasDefinedOutsideCurrentScope, InTypeAlias } = ts.TypeFormatFlags;
  const flags = UseAliasDefinedOutsideCurrentScope | InTypeAlias;
  const text = checker.typeToString(type, undefined, flags).replace(/, \{ with: \{[^}]*\} \}/g, "");
  return text.length > shownMax ? `${text.slice(0, shownMax - 1)}…` : text;
}
