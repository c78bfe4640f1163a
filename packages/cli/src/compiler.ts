// The compiler that reads the user's project: the one inside ts-morph, so that it does not matter which
// TypeScript, if any, the project itself compiles with. Loaded on first use, because it takes a while.
import type { ts as bundled, FileSystemRefreshResult, Project } from "ts-morph";
import type typescript from "typescript";

/** The compiler's interface as ts-morph declares it. */
export type Compiler = typeof bundled;

export interface CompilerLibrary {
  readonly ts: Compiler;
  readonly Project: typeof Project;
  readonly FileSystemRefreshResult: typeof FileSystemRefreshResult;
}

/** How `@hewn/plugin` names the same objects: by the declarations of the `typescript` package. */
export interface Handed {
  readonly ts: typeof typescript;
  readonly program: typescript.Program;
  readonly file: typescript.SourceFile;
}

export async function loadCompiler(): Promise<CompilerLibrary> {
  const { ts, Project, FileSystemRefreshResult } = await import("ts-morph");
  return { ts, Project, FileSystemRefreshResult };
}

/**
 * ts-morph ships the declarations of the very compiler it bundles; they are equal to those of the `typescript`
 * package but enums are nominal, so one cast stands between the two, here and nowhere else.
 */
export function handOver(ts: Compiler, program: bundled.Program, file: bundled.SourceFile): Handed {
  return {
    ts: ts as unknown as typeof typescript,
    program: program as unknown as typescript.Program,
    file: file as unknown as typescript.SourceFile,
  };
}
