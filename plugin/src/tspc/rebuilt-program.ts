// Further programs over the files, the options and the references of tsc's own.
import type ts from "typescript";
import { resolveCodecs } from "./codec-resolution.ts";
import type { Compile } from "./compile.ts";
import { createProgramOf } from "./internals.ts";
import { type Overlay, overlayHost } from "./overlay.ts";

/**
 * Builds the program anew over the overlay. Parsed files are handed on; the old program is not passed as such,
 * because a watch host would then be told to release its files.
 */
export function rebuildProgram(compile: Compile, overlay: Overlay, rootNames: readonly string[]): ts.Program {
  const { compiler, program } = compile;
  const over = overlayHost(compile, overlay);
  resolveCodecs(compile, over, overlay);
  const projectReferences = program.getProjectReferences();
  return createProgramOf(compiler)({
    rootNames,
    options: program.getCompilerOptions(),
    host: over,
    configFileParsingDiagnostics: program.getConfigFileParsingDiagnostics(),
    ...(projectReferences && { projectReferences }),
  });
}
