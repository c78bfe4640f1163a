// What hosts of builds and watches remembered before there were codecs, brought up to date. Where a compiler keeps
// these things in another way nothing goes wrong, only a watch compiles once more than it must.
import type { Compile } from "./compile.ts";
import { isBuildHost, isWatchHost, optionsOf } from "./internals.ts";

/** Tells the host which roots the project has, now that codecs came and went. */
export function informHost(compile: Compile, rootNames: readonly string[]): void {
  const { host, program } = compile;
  if (isWatchHost(host)) replaceNames(program.getRootFileNames(), rootNames);
  if (isBuildHost(host)) informBuild(compile, rootNames);
}

/** A watch compares its list of roots, which its program shares, with those of the program it was given. */
function replaceNames(names: readonly string[], by: readonly string[]): void {
  if (!Object.isFrozen(names)) (names as string[]).splice(0, names.length, ...by);
}

/**
 * A build has parsed this project's file list and shows it to every project that refers to this one: without the
 * codecs in it, those would take them for sources of their own. It also shares its failed resolutions among projects.
 */
function informBuild({ host, program }: Compile, rootNames: readonly string[]): void {
  const { configFilePath } = optionsOf(program);
  const parsed = configFilePath === undefined ? undefined : host.getParsedCommandLine?.(configFilePath);
  if (parsed !== undefined) replaceNames(parsed.fileNames, rootNames);
  host.getModuleResolutionCache?.()?.clear();
}
