// Folders with packages of their own, which only one script needs: installed the first time that it runs.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program.ts";

/**
 * Installs what the folder's package.json names, unless that is done. Install scripts do not run. Not by `npm ci`: a
 * lock file cannot name the builds of a tool for other platforms where the registry that it was made with lacks them.
 */
export async function installLone(folder: string, say: (text: string) => void): Promise<void> {
  const installed = join(folder, "node_modules/.package-lock.json");
  if (
    isNewer(installed, join(folder, "package.json")) &&
    isNewer(installed, join(folder, "package-lock.json"))
  )
    return;
  say(`installing what ${join(folder, "package.json")} names, once`);
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  await runProgram("npm", ["install", "--no-save", "--ignore-scripts", ...quiet], folder);
}

/** Whether `made` exists and is at least as young as its source. */
export function isNewer(made: string, source: string): boolean {
  return existsSync(made) && statSync(made).mtimeMs >= statSync(source).mtimeMs;
}
