// The engines that generated code must run on, and where each of them is found.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Condition } from "./program.ts";

/** Packages of engines and compilers, see its package.json. */
export const enginesFolder = join(import.meta.dirname, "../engines");

const modules = join(enginesFolder, "node_modules");

export interface Engine {
  readonly name: string;
  /** The executable, or undefined where it is not to be had. */
  readonly executable: string | undefined;
  readonly conditions: readonly Condition[];
  /** Runs TypeScript as it is. */
  readonly stripsTypes: boolean;
  readonly isBrowser: boolean;
}

export function engines(): readonly Engine[] {
  return [
    ...["20", "22", "24", "26"].map((major) => ({
      name: `Node ${major}`,
      executable: existing(join(modules, `node-${major}/bin/node`)),
      conditions: ["node", "portable"] as const,
      stripsTypes: major !== "20",
      isBrowser: false,
    })),
    {
      name: "Bun",
      executable: existing(join(modules, "@oven/bun-linux-x64/bin/bun")) ?? onPath("bun"),
      conditions: ["node", "portable"],
      stripsTypes: true,
      isBrowser: false,
    },
    {
      name: "Deno",
      executable: existing(join(modules, "@deno/linux-x64-glibc/deno")) ?? onPath("deno"),
      conditions: ["node", "portable"],
      stripsTypes: false,
      isBrowser: false,
    },
    {
      name: "Chromium",
      executable: ["chromium-headless-shell", "chromium", "google-chrome"]
        .map(onPath)
        .find((path) => path !== undefined),
      conditions: ["portable"],
      stripsTypes: false,
      isBrowser: true,
    },
  ];
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

function onPath(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
