// The TypeScript that reads the types: a peer of ours, loaded when the first codec is asked for, from the project
// that is being bundled if it has one. TypeScript 7 has no API to make a program with, so it cannot serve.
import { createRequire } from "node:module";
import { join } from "node:path";
import type ts from "typescript";

/** No TypeScript that can serve; the message says what to do. */
export class CompilerMissing extends Error {
  override readonly name = "CompilerMissing";
}

const wayOut =
  "install `typescript` 5 or 6 beside esbuild, or leave this plugin out and run `hewn generate` before bundling";

/** Answers the compiler if it can make programs. @throws CompilerMissing */
export function usableCompiler(candidate: unknown): typeof ts {
  if (typeof candidate !== "object" || candidate === null) {
    throw new CompilerMissing(`hewn needs TypeScript to read wire types and found none: ${wayOut}.`);
  }
  if ("createProgram" in candidate) return candidate as typeof ts;
  const version = "version" in candidate ? ` ${String(candidate.version)}` : "";
  throw new CompilerMissing(
    `TypeScript${version} has no API for plugins to read wire types with: ${wayOut}.`,
  );
}

function tryRequire(from: string, name: string): unknown {
  try {
    return createRequire(from)(name);
  } catch {
    return undefined;
  }
}

/**
 * Loads the project's TypeScript, else the one beside this plugin.
 * @throws CompilerMissing where both are absent or too new
 */
export function loadCompiler(directory: string): typeof ts {
  const places = [join(directory, "package.json"), import.meta.filename];
  const found = places.map(
    (place) => tryRequire(place, "typescript") ?? tryRequire(place, "typescript/package.json"),
  );
  const usable = found.find(
    (candidate) => typeof candidate === "object" && candidate && "createProgram" in candidate,
  );
  return usableCompiler(usable ?? found.find((candidate) => candidate !== undefined));
}
