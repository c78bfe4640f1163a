// What every part of one compile works with.
import { dirname } from "node:path";
import type ts from "typescript";
import { type Compiler, optionsOf } from "./internals.ts";

/** File names as keys: absolute, with forward slashes, and in the case that the file system tells apart. */
export type PathKey = (file: string) => string;

export interface Compile {
  /** The compiler as tspc has patched it. */
  readonly compiler: Compiler;
  readonly host: ts.CompilerHost;
  /** The program that tsc made, without the codecs that this compile will write. */
  readonly program: ts.Program;
  readonly keyOf: PathKey;
}

export function pathKeyOf(host: ts.CompilerHost): PathKey {
  const here = host.getCurrentDirectory().replaceAll("\\", "/");
  return (file) => {
    const slashed = file.replaceAll("\\", "/");
    const absolute = /^(?:[a-zA-Z]:)?\//.test(slashed) ? slashed : `${here}/${slashed.replace(/^\.\//, "")}`;
    return host.getCanonicalFileName(absolute);
  };
}

/** A project's lock lies in the directory of its tsconfig or above it. */
export function lockDirectory({ program, host }: Compile): string {
  const config = optionsOf(program).configFilePath;
  return config === undefined ? host.getCurrentDirectory() : dirname(config);
}
