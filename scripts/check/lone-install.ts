// The runtime as its user gets it: installed from its tarball into an empty folder, without a network.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Violation } from "./gate.ts";
import type { Packed } from "./packed.ts";
import { run } from "./tool.ts";

const runtime = "@hewn/runtime";
/**
 * Codecs, nodes, clusters with actors, their names and supervisors, and the network that they are tested on. Raise it only
 * for something that users of all of these should carry.
 */
export const unpackedBytesMax = 2_000_000;

/** Installs the runtime below `folder` and looks at it. */
export async function loneInstall(folder: string, packed: readonly Packed[]): Promise<readonly Violation[]> {
  const found = packed.find(({ name }) => name === runtime);
  const at = (message: string): Violation => ({ file: "runtime/package.json", line: 1, message });
  if (!found) return [at(`${runtime} was not packed`)];
  const home = join(folder, "lone");
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), '{ "name": "lone", "private": true }');
  const flags = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
  const install = await run("npm", ["install", ...flags, found.tarball], home);
  if (install.code !== 0) return [at(`does not install alone: ${install.stderr.trim()}`)];
  const listed = await run("npm", ["ls", "--all", "--json", "--loglevel=error"], home);
  const others = installedPackages(listed.stdout).filter((name) => name !== runtime);
  const messages = others.map((name) => `installs '${name}' as well; the runtime has no dependencies`);
  if (found.unpackedBytes >= unpackedBytesMax) {
    messages.push(`is ${found.unpackedBytes} bytes unpacked, not less than ${unpackedBytesMax}`);
  }
  return [...messages, ...(await importEverywhere(home))].map(at);
}

interface Tree {
  readonly dependencies?: Readonly<Record<string, Tree>>;
}

/** The names in an answer of `npm ls --all --json`, at every depth. */
export function installedPackages(report: string): readonly string[] {
  const names = (tree: Tree): readonly string[] =>
    Object.entries(tree.dependencies ?? {}).flatMap(([name, below]) => [name, ...names(below)]);
  return names(JSON.parse(report) as Tree);
}

/** Imports every entry of the runtime on this Node and on the host's own, which may be as old as Node 20. */
async function importEverywhere(home: string): Promise<readonly string[]> {
  const program = `
    const { exports } = (await import("${runtime}/package.json", { with: { type: "json" } })).default;
    for (const entry of Object.keys(exports)) {
      if (!entry.endsWith(".json")) await import("${runtime}" + entry.slice(1));
    }`;
  const failures: string[] = [];
  for (const node of new Set([process.execPath, ...hostNodes()])) {
    const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program];
    const { code, stderr } = await run(node, args, home);
    if (code !== 0) failures.push(`does not import on ${node}: ${stderr.trim()}`);
  }
  return failures;
}

/** Every Node on the `PATH`. */
function hostNodes(): readonly string[] {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const { PATH = "" } = process.env;
  return PATH.split(delimiter)
    .map((folder) => join(folder, name))
    .filter((path) => existsSync(path));
}
