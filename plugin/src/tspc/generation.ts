// Runs the core over every tagged file of a program.
import type ts from "typescript";
import { isCodecPath } from "../codec-path.ts";
import type { Generated, GenerateOptions } from "../generate.ts";
import type { Core } from "./core.ts";
import { type Failure, reasonOf } from "./failure.ts";
import type { Compiler } from "./internals.ts";

export interface Generation {
  readonly codecs: readonly Generated[];
  /** Files that may bear a tag and for which the core gave no answer. */
  readonly crashes: readonly Failure[];
}

/** A cheap test that every file of a program can afford; the core decides what is a tag. */
export function mayBeTagged(file: ts.SourceFile): boolean {
  return file.text.includes("@wire") || file.text.includes("@actor");
}

/** The files of the project itself that may bear a tag: no declarations, no packages, no codecs. */
export function candidatesOf(program: ts.Program): readonly ts.SourceFile[] {
  return program
    .getSourceFiles()
    .filter(
      (file) =>
        !file.isDeclarationFile &&
        !isCodecPath(file.fileName) &&
        mayBeTagged(file) &&
        !program.isSourceFileFromExternalLibrary(file),
    );
}

export function generateAll(
  core: Core,
  compiler: Compiler,
  program: ts.Program,
  options: GenerateOptions,
): Generation {
  const codecs: Generated[] = [];
  const crashes: Failure[] = [];
  for (const file of candidatesOf(program)) {
    try {
      const generated = core(compiler, program, file, options);
      if (generated !== undefined) codecs.push(generated);
    } catch (error) {
      crashes.push({ kind: "crash", at: file.fileName, file: file.fileName, reason: reasonOf(error) });
    }
  }
  return { codecs, crashes };
}
