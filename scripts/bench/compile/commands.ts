// The commands that are measured, each in a new process, and how long they take: wall clock, in milliseconds.
import { join } from "node:path";
import { runProgram } from "../../run-program.ts";
import type { Config, Workspace } from "./workspace.ts";

const modules = join(import.meta.dirname, "../../../node_modules");

export const hewn = join(modules, "@hewn/cli/dist/main.js");

const tspc = join(modules, "ts-patch/bin/tspc.js");

export async function runTspc(workspace: Workspace, config: Config): Promise<number> {
  return timed(workspace, [tspc, "-p", config]);
}

/** @param compiler the folder of the package `typescript` */
export async function runTsc(workspace: Workspace, config: Config, compiler = join(modules, "typescript")) {
  return timed(workspace, [join(compiler, "bin/tsc"), "-p", config]);
}

export async function runGenerate(workspace: Workspace): Promise<number> {
  return timed(workspace, [hewn, "generate", "--quiet"]);
}

async function timed({ folder }: Workspace, args: readonly string[]): Promise<number> {
  const startMs = performance.now();
  await runProgram(process.execPath, args, folder);
  return performance.now() - startMs;
}
