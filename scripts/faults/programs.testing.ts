// The programs that tests start as processes, made of the sources as they are.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";

const root = join(import.meta.dirname, "../..");

/** Where the names of packages lead in the sources. */
const sources: Plugin = {
  name: "sources",
  setup(building) {
    building.onResolve({ filter: /^@hewn\/runtime\// }, ({ path }) => ({
      path: join(root, "runtime/src", path.slice("@hewn/runtime/".length), "index.ts"),
    }));
    building.onResolve({ filter: /^#text$/ }, () => ({ path: join(root, "runtime/src/codec/text.node.ts") }));
  },
};

/** Answers the folder with `node-program.mjs` and `proxy-program.mjs`, and what removes it. */
export async function buildPrograms(): Promise<{ readonly folder: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "hewn-faults-"));
  const entry = (name: string) => ({ in: join(import.meta.dirname, `${name}.testing.ts`), out: name });
  await build({
    entryPoints: [entry("node-program"), entry("proxy-program")],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    plugins: [sources],
    logLevel: "warning",
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
