// Why a type was refused when its own file has nothing to say: the mistake stands in a type of another file, which
// reports it there, or TypeScript itself cannot make out a type. Other fronts show both anyway; a bundler shows
// neither, because it loads the codecs it imports and checks no types.
import type ts from "typescript";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Generated } from "../generate.ts";
import { codecSpecifier } from "./codec-import.ts";

export interface SilentRefusal {
  readonly names: readonly string[];
  /** Diagnostics of the wire types of other files. */
  readonly elsewhere: readonly Diagnostic[];
  /** Errors of TypeScript in the files that the types are made of. */
  readonly compilerErrors: readonly ts.Diagnostic[];
}

/** @returns undefined where nothing was refused or the diagnostics say why */
export function silentRefusal(
  compiler: typeof ts,
  program: ts.Program,
  made: Generated,
  again: (file: ts.SourceFile) => Generated | undefined,
): SilentRefusal | undefined {
  const names = made.schema.refused;
  if (names.length === 0 || made.diagnostics.length > 0) return undefined;
  const files = made.dependencies.flatMap((name) => program.getSourceFile(name) ?? []);
  const elsewhere = files.flatMap((file) => {
    return file.fileName === made.source ? [] : (again(file)?.diagnostics ?? []);
  });
  const compilerErrors = files
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .filter(
      (error) => error.category === compiler.DiagnosticCategory.Error && !isAboutCodec(compiler, error),
    );
  return { names, elsewhere, compilerErrors };
}

/** Programs here are made without codecs, so that an import of one is no mistake. */
function isAboutCodec(compiler: typeof ts, { file, start = 0 }: ts.Diagnostic): boolean {
  const around = file?.statements.find((statement) => statement.pos <= start && start < statement.end);
  if (!around || !(compiler.isImportDeclaration(around) || compiler.isExportDeclaration(around)))
    return false;
  const specifier = around.moduleSpecifier;
  return (
    specifier !== undefined && compiler.isStringLiteral(specifier) && codecSpecifier.test(specifier.text)
  );
}
