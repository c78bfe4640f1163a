// The second program: the first one's files, its options and its references, with the codecs in it.
import type ts from "typescript";
import { resolveCodecs } from "./codec-resolution.ts";
import { informHost } from "./host-caches.ts";
import { type Compiler, createProgramOf } from "./internals.ts";
import { type Overlay, overlayHost } from "./overlay.ts";

/**
 * Builds the program anew over the overlay. Parsed files are handed on; the first program is not passed as the old
 * one, because a watch host would then be told to release its files.
 */
export function rebuildProgram(
  compiler: Compiler,
  program: ts.Program,
  host: ts.CompilerHost,
  overlay: Overlay,
  rootNames: readonly string[],
): ts.Program {
  informHost(program, host, rootNames);
  const over = overlayHost(compiler, host, program, overlay);
  resolveCodecs(compiler, host, over, overlay);
  const projectReferences = program.getProjectReferences();
  return createProgramOf(compiler)({
    rootNames,
    options: program.getCompilerOptions(),
    host: over,
    configFileParsingDiagnostics: program.getConfigFileParsingDiagnostics(),
    ...(projectReferences && { projectReferences }),
  });
}
