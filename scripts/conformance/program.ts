// The programs that engines are given: every case of fixtures/wire and the judge in one file.
import { join } from "node:path";
import { build } from "esbuild";
import { wireCases, wireDirectory } from "../bless/wire-fixtures.ts";

/** Which text functions are in it: Node's own, or those that every platform has. */
export type Condition = "node" | "portable";

/** Prints or shows the report as JSON, whichever the engine can. */
const show = `
const text = JSON.stringify(report);
if (typeof document === "undefined") console.log(text);
else document.body.textContent = "REPORT" + text + "TROPER";`;

function entryText(): string {
  const names = wireCases();
  const imports = names.map((name, i) => {
    const vectors = `import vectors${i} from "./${name}/vectors.json";`;
    return `import * as codec${i} from "./${name}/input.codec.ts"; import { values as values${i} } from "./${name}/values.ts"; ${vectors}`;
  });
  const cases = names.map(
    (name, i) =>
      `{ name: ${JSON.stringify(name)}, codec: codec${i}, values: values${i}, vectors: vectors${i} }`,
  );
  const judge = JSON.stringify(join(import.meta.dirname, "judge.ts"));
  return `${imports.join("\n")}\nimport { judge } from ${judge};\nconst report = judge([${cases.join(", ")}]);${show}`;
}

/** @returns the text of a script without imports */
export async function conformanceProgram(condition: Condition): Promise<string> {
  const result = await build({
    stdin: { contents: entryText(), resolveDir: wireDirectory, loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    platform: condition === "node" ? "node" : "browser",
    conditions: [condition],
    target: "es2022",
    charset: "ascii",
    logLevel: "error",
  });
  return result.outputFiles[0]?.text ?? "";
}
