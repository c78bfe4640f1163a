// The second program: the first one's files, its options and its references, with the codecs in it.
import type ts from "typescript";
import { resolveCodecsAgain } from "./codec-resolution.ts";
import { type Compiler, createProgramOf, isBuildHost, optionsOf } from "./internals.ts";
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
  const over = overlayHost(compiler, host, program, overlay);
  resolveCodecsAgain(compiler, host, over);
  if (isBuildHost(host)) refreshBuild(program, host, rootNames);
  const projectReferences = program.getProjectReferences();
  return createProgramOf(compiler)({
    rootNames,
    options: program.getCompilerOptions(),
    host: over,
    configFileParsingDiagnostics: program.getConfigFileParsingDiagnostics(),
    ...(projectReferences && { projectReferences }),
  });
}

/**
 * A build has parsed this project's file list before there were codecs and shows it to every project that refers
 * to this one: without the codecs in it, those would take them for sources of their own. It also shares its cache
 * of failed resolutions among projects.
 */
function refreshBuild(program: ts.Program, host: ts.CompilerHost, rootNames: readonly string[]): void {
  const { configFilePath } = optionsOf(program);
  const parsed = configFilePath === undefined ? undefined : host.getParsedCommandLine?.(configFilePath);
  parsed?.fileNames.splice(0, Number.POSITIVE_INFINITY, ...rootNames);
  host.getModuleResolutionCache?.()?.clear();
}
