// Templates against the compiler: a codec accepts a text exactly where tsc accepts it as a literal.
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { build } from "esbuild";
import fc from "fast-check";
import ts from "typescript";
import { runtimeSources, Workspace } from "../bundler/workspace.testing.ts";
import { generate } from "../generate.ts";
import { candidatesFor, innerSource, templates } from "./templates.testing.ts";

const seed = Number(process.env["HEWN_SEED"] ?? 20261123);
const count = Number(process.env["HEWN_TEMPLATES"] ?? 150);

const workspace = new Workspace();
afterAll(() => workspace[Symbol.dispose]());

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts"],
  types: [],
  strict: true,
  noEmit: true,
};

/** The numbers of the lines on which tsc finds something wrong. */
function refusedLines(name: string): ReadonlySet<number> {
  const program = ts.createProgram([workspace.path(name)], options);
  const file = program.getSourceFile(workspace.path(name));
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return new Set(found.map(({ file, start = 0 }) => file?.getLineAndCharacterOfPosition(start).line ?? -1));
}

type Codec = Readonly<Record<string, (value: unknown) => unknown>>;

async function codecOf(name: string): Promise<Codec> {
  const program = ts.createProgram([workspace.path(`${name}.ts`)], options);
  const file = program.getSourceFile(workspace.path(`${name}.ts`));
  const made = file && generate(ts, program, file);
  expect(made?.diagnostics.map(({ message }) => message)).toEqual([]);
  workspace.write({ [`${name}.codec.ts`]: made?.text ?? "" });
  const [outfile, entryPoints] = [workspace.path(`${name}.mjs`), [workspace.path(`${name}.codec.ts`)]];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    plugins: [runtimeSources],
  });
  return (await import(pathToFileURL(outfile).href)) as Codec;
}

test("a codec accepts the texts that tsc accepts, and no others", async () => {
  const samples = fc.sample(templates, { seed, numRuns: count });
  const sources = samples.map((arms) => arms.map(({ source }) => source).join(" | "));
  const declarations = sources.map((source, n) => `/** @wire */ export type T${n} = ${source};`);
  const candidates = samples.map((arms, n) => candidatesFor(arms, seed + n));
  const assignments = candidates.flatMap((texts, n) => texts.map((text) => ({ n, text })));
  const lines = assignments.map(({ n, text }, i) => `export const c${i}: T${n} = ${JSON.stringify(text)};`);
  const head = [innerSource, ...declarations];
  workspace.write({ "types.ts": `${head.join("\n")}\n`, "oracle.ts": [...head, ...lines].join("\n") });
  const refused = refusedLines("oracle.ts");
  expect([...refused].filter((line) => line < head.length)).toEqual([]);
  const codec = await codecOf("types");
  const wrong: string[] = [];
  let accepted = 0;
  for (const [i, { n, text }] of assignments.entries()) {
    const byCompiler = !refused.has(head.length + i);
    if (byCompiler) accepted += 1;
    if (codec[`isT${n}`]?.(text) !== byCompiler)
      wrong.push(`${sources[n]}: ${JSON.stringify(text)} (tsc: ${byCompiler})`);
    else if (byCompiler) {
      expect(codec[`decodeT${n}`]?.(codec[`encodeT${n}`]?.(text))).toBe(text);
      expect(codec[`parseT${n}`]?.(codec[`stringifyT${n}`]?.(text) as string)).toBe(text);
    }
  }
  expect(wrong).toEqual([]);
  expect(accepted).toBeGreaterThan(assignments.length / 10);
  expect(accepted).toBeLessThan((assignments.length * 9) / 10);
}, 120_000);
