// What is wrong where actors of a project are spawned and sent to: asked of a program that has the codecs as they should
// be, whether or not they are on the disk.
import { type Diagnostic, type Generated, judgeCalls } from "@hewn/plugin";
import type typescript from "typescript";
import type { Handed } from "./compiler.ts";

/**
 * @param handed any file of the project, with its program
 * @param sources the files to be looked at
 */
export function callDiagnostics(
  { ts, program }: Handed,
  sources: readonly string[],
  generated: ReadonlyMap<string, Generated>,
): readonly Diagnostic[] {
  const made = [...generated.values()].filter(({ hasCodec }) => hasCodec);
  const hasActors = made.some(({ schema }) => (schema.actors?.length ?? 0) > 0);
  if (!hasActors) return [];
  const whole = withCodecs(ts, program, new Map(made.map(({ codec, text }) => [codec, text])));
  return sources.flatMap((name) => {
    const file = whole.getSourceFile(name);
    return file ? judgeCalls(ts, whole, file) : [];
  });
}

/** The same program with codecs; files that were parsed are not parsed again. */
function withCodecs(
  ts: typeof typescript,
  program: typescript.Program,
  codecs: ReadonlyMap<string, string>,
): typescript.Program {
  const options = program.getCompilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  const library = libraryOf(program);
  if (library !== undefined) {
    host.getDefaultLibLocation = () => library;
    host.getDefaultLibFileName = (given) => `${library}/${ts.getDefaultLibFileName(given)}`;
  }
  host.fileExists = (name) => codecs.has(name) || fileExists(name);
  host.readFile = (name) => codecs.get(name) ?? readFile(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = codecs.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, target);
    return program.getSourceFile(name) ?? getSourceFile(name, target, ...rest);
  };
  return ts.createProgram({ rootNames: [...program.getRootFileNames(), ...codecs.keys()], options, host });
}

/** Where the program found the compiler's library: ts-morph has it in memory. */
function libraryOf(program: typescript.Program): string | undefined {
  const file = program.getSourceFiles().find((each) => program.isSourceFileDefaultLibrary(each));
  return file?.fileName.replace(/\/[^/]*$/, "");
}
