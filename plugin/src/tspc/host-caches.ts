// What hosts of builds and watches remembered before there were codecs, brought up to date. Where a compiler keeps
// these things in another way nothing goes wrong, only a watch compiles once more than it must.
import type ts from "typescript";
import { isBuildHost, isWatchHost, optionsOf } from "./internals.ts";
import type { Overlay } from "./overlay.ts";

/** The values of the compiler's FileWatcherEventKind, which is a const enum of numbers in every version. */
const created = 0;
const deleted = 2;

interface DirectoryCache {
  addOrDeleteFile?(file: string, key: string, event: number): void;
}

interface WatchHost {
  /** Internal: the folders that a watch has listed. */
  getCachedDirectoryStructureHost?(): DirectoryCache | undefined;
}

/** Tells the host which codecs came and went, and which roots the project has with them. */
export function informHost(
  program: ts.Program,
  host: ts.CompilerHost,
  overlay: Overlay,
  rootNames: readonly string[],
): void {
  if (isWatchHost(host)) {
    replaceNames(program.getRootFileNames(), rootNames);
    informFolders(host as WatchHost, overlay);
  }
  if (isBuildHost(host)) informBuild(program, host, rootNames);
}

/** A watch compares its list of roots, which the first program shares, with those of the program it was given. */
function replaceNames(names: readonly string[], by: readonly string[]): void {
  if (!Object.isFrozen(names)) (names as string[]).splice(0, names.length, ...by);
}

function informFolders(host: WatchHost, { codecs, removed }: Overlay): void {
  const folders = host.getCachedDirectoryStructureHost?.();
  for (const [key, { file }] of codecs) folders?.addOrDeleteFile?.(file, key, created);
  for (const [key, file] of removed) folders?.addOrDeleteFile?.(file, key, deleted);
}

/**
 * A build has parsed this project's file list and shows it to every project that refers to this one: without the
 * codecs in it, those would take them for sources of their own. It also shares its failed resolutions among projects.
 */
function informBuild(program: ts.Program, host: ts.CompilerHost, rootNames: readonly string[]): void {
  const { configFilePath } = optionsOf(program);
  const parsed = configFilePath === undefined ? undefined : host.getParsedCommandLine?.(configFilePath);
  if (parsed !== undefined) replaceNames(parsed.fileNames, rootNames);
  host.getModuleResolutionCache?.()?.clear();
}
