// What is to be said of the places where actors of a project are spawned and sent to: asked of a program that has the
// codecs as they should be, whether or not they are on the disk.
import {
  type ActorCalls,
  actorCalls,
  type Diagnostic,
  type Generated,
  judgeCalls,
  programWithCodecs,
} from "@hewn/plugin";
import type typescript from "typescript";
import type { Handed } from "./compiler.ts";

type GeneratedFiles = ReadonlyMap<string, Generated>;

/** Files of a project that no project before it has. */
export interface Callers {
  /** Any file of the project, with its program. */
  readonly handed: Handed;
  readonly sources: readonly string[];
}

/** What is wrong at calls in these files. */
export function callDiagnostics(callers: Callers, generated: GeneratedFiles): readonly Diagnostic[] {
  const whole = wholeProgram(callers, generated);
  if (!whole) return [];
  return filesOf(callers, whole).flatMap((file) => judgeCalls(callers.handed.ts, whole, file));
}

/** Who calls whom in these files. */
export function callsBetween(callers: Callers, generated: GeneratedFiles): ActorCalls {
  const whole = wholeProgram(callers, generated);
  if (!whole) return { actors: [], calls: [] };
  return actorCalls(callers.handed.ts, whole, filesOf(callers, whole));
}

function filesOf({ sources }: Callers, program: typescript.Program): readonly typescript.SourceFile[] {
  return sources.flatMap((name) => program.getSourceFile(name) ?? []);
}

/** Undefined where there is no actor, so that nothing can be called. */
function wholeProgram(
  { handed: { ts, program } }: Callers,
  generated: GeneratedFiles,
): typescript.Program | undefined {
  const made = [...generated.values()].filter(({ hasCodec }) => hasCodec);
  const hasActors = made.some(({ schema }) => (schema.actors?.length ?? 0) > 0);
  if (!hasActors) return undefined;
  const codecs = new Map(made.map(({ codec, text }) => [codec, text]));
  return programWithCodecs(ts, program, codecs, hostOf(ts, program));
}

/** The library is where the program found it: ts-morph has it in memory. */
function hostOf(ts: typeof typescript, program: typescript.Program): typescript.CompilerHost {
  const host = ts.createCompilerHost(program.getCompilerOptions());
  const file = program.getSourceFiles().find((each) => program.isSourceFileDefaultLibrary(each));
  const library = file?.fileName.replace(/\/[^/]*$/, "");
  if (library !== undefined) {
    host.getDefaultLibLocation = () => library;
    host.getDefaultLibFileName = (given) => `${library}/${ts.getDefaultLibFileName(given)}`;
  }
  return host;
}
