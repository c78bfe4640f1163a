// A build asks no plugin whether a project is up to date, and it looks at sources and at tsconfig.json alone: not at
// wire.lock, nor at what packages ship beside their declarations. So `hewn-tspc -b` looks at these first, and touches
// the tsconfig.json of a project whose codecs were generated from others.
import { readFileSync, utimesSync } from "node:fs";
import { dirname } from "node:path";
import type ts from "typescript";
import { findLockText } from "../lock-text.ts";
import { digest, digestOf, recall } from "./remembered.ts";

type Compiler = typeof ts;

/** Whether tsc would take these arguments for a build. */
export function isBuild([first = ""]: readonly string[]): boolean {
  return /^--?b(?:uild)?$/i.test(first);
}

/**
 * Makes every project of a build that is stale in what tsc does not look at out of date for tsc.
 * @param args those of the build, without `-b`
 */
export function touchStale(compiler: Compiler, args: readonly string[]): void {
  const options = new Set(args.map((argument) => argument.toLowerCase().replace(/^--?/, "-")));
  if (["-clean", "-dry", "-d"].some((option) => options.has(option))) return;
  const { projects } = parseBuild(compiler, args);
  const seen = new Set<string>();
  for (const project of projects) visit(compiler, compiler.sys.resolvePath(project), seen);
}

/** `parseBuildCommand` is what tsc itself calls; its typings leave it out. */
function parseBuild(compiler: Compiler, args: readonly string[]): { readonly projects: readonly string[] } {
  const { parseBuildCommand } = compiler as unknown as {
    readonly parseBuildCommand: (args: readonly string[]) => { readonly projects: readonly string[] };
  };
  return parseBuildCommand(args);
}

function visit(compiler: Compiler, path: string, seen: Set<string>): void {
  const config = compiler.resolveProjectReferencePath({ path });
  if (seen.has(config)) return;
  seen.add(config);
  const host = { ...compiler.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
  const parsed = compiler.getParsedCommandLineOfConfigFile(config, {}, host);
  if (parsed === undefined) return;
  for (const reference of parsed.projectReferences ?? []) visit(compiler, reference.path, seen);
  if (isGenerated(parsed.options) && isStale(config)) touch(config);
}

/** Whether the transformer runs in the project at all. */
function isGenerated({ plugins }: ts.CompilerOptions): boolean {
  if (!Array.isArray(plugins)) return false;
  return plugins.some((plugin: unknown) => {
    const { transform } = Object(plugin) as { readonly transform?: unknown };
    return typeof transform === "string" && transform.includes("@hewn/plugin/");
  });
}

function isStale(config: string): boolean {
  const lock = findLockText(dirname(config));
  const remembered = recall(config);
  if (remembered === undefined) return lock !== "";
  const shipped = Object.entries(remembered.shipped ?? {});
  return (
    remembered.lock !== digest(lock) || shipped.some(([file, known]) => digestOf(textOf(file)) !== known)
  );
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function touch(file: string): void {
  const now = new Date();
  utimesSync(file, now, now);
}
