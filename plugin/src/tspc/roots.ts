// The root files of a program after codecs were written and removed: those that the next run will find by itself,
// in the same order. Anything else is a needless second compile in a watch and never up to date in a build.
import { posix } from "node:path";
import type { Compile } from "./compile.ts";
import { optionsOf } from "./internals.ts";
import type { Overlay } from "./overlay.ts";

/**
 * The roots of the program without the removed codecs and with those generated ones that its tsconfig includes.
 * Codecs outside of the tsconfig's `include` belong to the program only where something imports them.
 */
export function rootsAfter(compile: Compile, { codecs, removed }: Overlay): readonly string[] {
  const { program, keyOf } = compile;
  const before = program.getRootFileNames().filter((file) => !removed.has(keyOf(file)));
  const known = new Set(before.map(keyOf));
  const included = includedFiles(compile).filter((file) => {
    const key = keyOf(file);
    return known.has(key) || codecs.has(key);
  });
  const matched = new Set(included.map(keyOf));
  return [...included, ...before.filter((file) => !matched.has(keyOf(file)))];
}

/** What the tsconfig of the program matches on the disk now; nothing for a program without one. */
function includedFiles({ compiler, program }: Compile): readonly string[] {
  const options = optionsOf(program);
  const { configFile, configFilePath } = options;
  if (configFile === undefined || configFilePath === undefined) return [];
  const folder = posix.dirname(configFilePath);
  const { sys } = compiler;
  return compiler.parseJsonSourceFileConfigFileContent(configFile, sys, folder, options, configFilePath)
    .fileNames;
}
