// A bundle of codecs, generated on the way as a user's build does it, and imported.
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { runtimeSources, type Workspace } from "../bundler/workspace.testing.ts";
import { hewn } from "../esbuild.ts";

/** Where a module of the workspace is, as a URL, bundled with the runtime's sources. */
export async function bundleUrl(workspace: Workspace, entry: string): Promise<string> {
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
  return pathToFileURL(outfile).href;
}

/** What a module of the workspace exports, bundled with the runtime's sources. */
export async function importedBundle(workspace: Workspace, entry: string): Promise<unknown> {
  return import(await bundleUrl(workspace, entry));
}
