// Runs the core over every tagged file of a program.
import type ts from "typescript";
import { isCodecPath } from "../codec-path.ts";
import type { Generated, GenerateOptions, generate } from "../generate.ts";
import type { Compile } from "./compile.ts";
import { type Failure, reasonOf } from "./failure.ts";

/** The core as the transformer sees it, so that it can be given another one. */
export type Core = typeof generate;

export interface Generation {
  readonly codecs: readonly Generated[];
  /** Files that may bear a tag and for which the core gave no answer. */
  readonly crashes: readonly Failure[];
}

/** A cheap test that every file of a program can afford; the core decides what is a tag, and what is almost one. */
export function mayBeTagged(text: string): boolean {
  return /@(?:wire|actor)/i.test(text);
}

export function generateAll(core: Core, compile: Compile, options: GenerateOptions): Generation {
  const codecs: Generated[] = [];
  const crashes: Failure[] = [];
  for (const file of candidatesOf(compile.program)) {
    try {
      const generated = core(compile.compiler, compile.program, file, options);
      if (generated !== undefined) codecs.push(generated);
    } catch (error) {
      crashes.push({ kind: "crash", at: file.fileName, file: file.fileName, reason: reasonOf(error) });
    }
  }
  return { codecs, crashes };
}

/** The files of the project itself that may bear a tag: no packages, no codecs, no declarations of other projects. */
function candidatesOf(program: ts.Program): readonly ts.SourceFile[] {
  const roots = new Set(program.getRootFileNames());
  return program
    .getSourceFiles()
    .filter((file) => (!file.isDeclarationFile || roots.has(file.fileName)) && isCandidate(program, file));
}

/** The same question for one file, whatever its kind. */
export function isCandidate(program: ts.Program, file: ts.SourceFile): boolean {
  return (
    !isCodecPath(file.fileName) && mayBeTagged(file.text) && !program.isSourceFileFromExternalLibrary(file)
  );
}
