// The programs that tests start as processes, made of the sources as they are.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const root = join(import.meta.dirname, "../..");

/** How a program can be made: each with the runtime within it, or with the one that is installed. */
export type Make = "bundle" | "minified script" | "package";

/** Where the names of packages lead: into the sources, or to what was built of them. */
function runtimeOf(make: Make): Plugin {
  return {
    name: "runtime",
    setup(building) {
      building.onResolve({ filter: /^@hewn\/runtime\// }, ({ path }) => {
        const folder = path.slice("@hewn/runtime/".length);
        if (make !== "package") return { path: join(root, "runtime/src", folder, "index.ts") };
        return { path: pathToFileURL(join(root, "runtime/dist", folder, "index.js")).href, external: true };
      });
      building.onResolve({ filter: /^#(text|try)$/ }, ({ path }) => ({
        path: join(root, `runtime/src/codec/${path === "#text" ? "text" : "try-read"}.node.ts`),
      }));
    },
  };
}

/** Answers a new folder with the programs, `x.mjs` (a script: `x.cjs`) of `x.testing.ts`, and what removes it. */
export async function buildPrograms(
  files: readonly string[],
  make: Make = "bundle",
): Promise<{ readonly folder: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "hewn-faults-"));
  const isScript = make === "minified script";
  await build({
    entryPoints: files.map((file) => ({
      in: join(import.meta.dirname, file),
      out: file.replace(".testing.ts", ""),
    })),
    bundle: true,
    platform: "node",
    format: isScript ? "cjs" : "esm",
    minify: isScript,
    target: "es2022",
    outdir: folder,
    outExtension: { ".js": isScript ? ".cjs" : ".mjs" },
    plugins: [runtimeOf(make)],
    logLevel: "warning",
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
