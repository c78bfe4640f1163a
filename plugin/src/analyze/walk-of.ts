// The walk of a program: types are lowered once for all files of it.
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";
import { Walk } from "./walk.ts";

const walks = new WeakMap<ts.Program, Walk>();

export function walkOf(
  compiler: typeof ts,
  program: ts.Program,
  files: ts.ModuleResolutionHost | undefined,
): Walk {
  let walk = walks.get(program);
  if (!walk) {
    const given: Compiler = { ts: compiler, program, checker: program.getTypeChecker(), files };
    walk = new Walk(given);
    walks.set(program, walk);
  }
  return walk;
}

/** Has the types of a program lowered anew. */
export function forgetWalk(program: ts.Program): void {
  walks.delete(program);
}
