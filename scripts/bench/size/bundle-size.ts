// What a program weighs in a browser.
import { builtinModules } from "node:module";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes of `program`, bundled for browsers with what it imports as seen from `folder`, minified and compressed. */
export async function bundleSize(program: string, folder: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: folder, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    // Some peers import modules of Node's, for which their users add polyfills; those are not counted.
    external: [...builtinModules, "node:*"],
    write: false,
    logLevel: "error",
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
