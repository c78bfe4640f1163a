#!/usr/bin/env node
// `hewn-tspc`: tspc with the same arguments, after a look at the compiler that it would patch and at what a build does
// not look at. Where tspc cannot run, it says so in one line.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type ts from "typescript";
import { isBuild, touchStale } from "./stale-builds.ts";
import { refusalOf } from "./supported-compiler.ts";

const missing =
  'hewn: tspc is part of ts-patch, which is not installed: "npm install --save-dev ts-patch typescript@6".';

/** The main file of the project's tspc, or why there is none that can run. */
function findTspc(directory: string): { readonly file: string } | { readonly refusal: string } {
  const project = createRequire(join(directory, "package.json"));
  let file: string;
  try {
    file = project.resolve("ts-patch/compiler/tsc");
  } catch {
    return { refusal: missing };
  }
  const refusal = refusalOf(compilerVersion(file), patchVersion(file));
  return refusal === undefined ? { file } : { refusal };
}

/** Of the compiler that ts-patch finds from where it is. */
function compilerVersion(tspc: string): string {
  try {
    return (createRequire(tspc)("typescript/package.json") as { readonly version: string }).version;
  } catch {
    return "none";
  }
}

/** Of ts-patch itself; undefined where its package.json is not where it has always been. */
function patchVersion(tspc: string): string | undefined {
  try {
    const manifest = readFileSync(join(dirname(tspc), "../package.json"), "utf8");
    return (JSON.parse(manifest) as { readonly version?: string }).version;
  } catch {
    return undefined;
  }
}

const found = findTspc(process.cwd());
const args = process.argv.slice(2);
if ("file" in found) {
  if (isBuild(args)) touchStale(createRequire(found.file)("typescript") as typeof ts, args.slice(1));
  createRequire(import.meta.url)(found.file);
} else {
  console.error(found.refusal);
  process.exitCode = 1;
}
