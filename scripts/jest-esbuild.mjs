// Jest's transformer: one file of TypeScript to an ES module by esbuild, types stripped and not checked
// (`npm run check` checks them). `.ts` imports stay as they are, because Jest resolves them itself.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync, version } from "esbuild";

const self = readFileSync(fileURLToPath(import.meta.url));

export default {
  process(source, path) {
    const { code } = transformSync(source, {
      loader: path.endsWith(".tsx") ? "tsx" : "ts",
      format: "esm",
      target: "es2022",
      sourcemap: "inline",
      sourcefile: path,
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    return { code };
  },
  getCacheKey(source, path) {
    return createHash("sha256")
      .update(self)
      .update(version)
      .update(path)
      .update("\0")
      .update(source)
      .digest("hex");
  },
};
