// A bundle of codecs, generated on the way as a user's build does it, and imported.
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { runtimeSources, type Workspace } from "../bundler/workspace.testing.ts";
import { hewn } from "../esbuild.ts";

/** What a module of the workspace exports, bundled with the runtime's sources. */
export async function importedBundle(workspace: Workspace, entry: string): Promise<unknown> {
  const outfile = workspace.path("main.mjs");
  await build({
    entryPoints: [workspace.path(entry)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    plugins: [hewn({ typescript: ts }), runtimeSources],
    logLevel: "silent",
  });
  return import(pathToFileURL(outfile).href);
}
