// Random modules on disk, their codecs generated, type-checked under every strict flag, bundled and imported: what a
// user's project goes through, for many types at once.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { runtimeSources, type Workspace } from "../bundler/workspace.testing.ts";
import { generate } from "../generate.ts";
import { moduleText } from "./module-text.testing.ts";
import type { RandomModule } from "./random-modules.testing.ts";

const repository = join(import.meta.dirname, "../../..");

/** Every flag that a user's project may have on. */
const everyStrictFlag: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts"],
  types: [],
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  declaration: true,
  isolatedDeclarations: true,
  paths: {
    "@hewn/runtime": [join(repository, "runtime/src/index.ts")],
    "@hewn/runtime/codec": [join(repository, "runtime/src/codec/index.ts")],
  },
};

export interface CompiledModules {
  /** What hewn had to say; empty for sound types. */
  readonly refusals: readonly string[];
  /** What tsc had to say of sources and codecs. */
  readonly errors: readonly string[];
  /** The exports of each codec, by module index; none where there were refusals. */
  readonly codecs: readonly Readonly<Record<string, unknown>>[];
}

export async function compileModules(
  workspace: Workspace,
  modules: readonly RandomModule[],
): Promise<CompiledModules> {
  const names = modules.map(({ index }) => `module${index}`);
  workspace.write(
    Object.fromEntries(modules.map((module) => [`src/module${module.index}.ts`, moduleText(module)])),
  );
  const sources = names.map((name) => workspace.path(`src/${name}.ts`));
  // The sources declare enums, which are not erasable; what is generated must be.
  const program = ts.createProgram(sources, everyStrictFlag);
  const made = sources.flatMap((source) => {
    const file = program.getSourceFile(source);
    return (file && generate(ts, program, file)) ?? [];
  });
  const refusals = made.flatMap(({ diagnostics, schema }) => {
    return [
      ...diagnostics.map(({ message }) => message),
      ...schema.refused.map((name) => `refused: ${name}`),
    ];
  });
  workspace.write(
    Object.fromEntries(made.map(({ codec, text }) => [`src/${codec.split("/").at(-1)}`, text])),
  );
  const codecs = made.map(({ codec }) => codec);
  const errors = [...errorsOf(sources, {}), ...errorsOf(codecs, { erasableSyntaxOnly: true })];
  return { refusals, errors, codecs: refusals.length > 0 ? [] : await importCodecs(workspace, names) };
}

/** What tsc says of these files, and not of those that they import. */
function errorsOf(files: readonly string[], more: ts.CompilerOptions): string[] {
  const program = ts.createProgram(files, { ...everyStrictFlag, ...more });
  const checked = files.flatMap((name) => program.getSourceFile(name) ?? []);
  const found = checked.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
    ...program.getDeclarationDiagnostics(file),
  ]);
  return [...program.getOptionsDiagnostics(), ...found].map((error) => {
    const { line } = error.file?.getLineAndCharacterOfPosition(error.start ?? 0) ?? { line: -1 };
    const text = ts.flattenDiagnosticMessageText(error.messageText, "\n");
    return `${error.file?.fileName.split("/").at(-1)}:${line + 1} TS${error.code} ${text}`;
  });
}

/** One bundle, so that all codecs share one runtime and its error classes. */
async function importCodecs(workspace: Workspace, names: readonly string[]) {
  const lines = names.map((name) => `export * as ${name} from "./${name}.codec.js";`);
  workspace.write({ "src/all.ts": [...lines, 'export * as runtime from "@hewn/runtime/codec";'].join("\n") });
  const outfile = workspace.path("all.mjs");
  const entryPoints = [workspace.path("src/all.ts")];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    plugins: [runtimeSources],
    logLevel: "silent",
  });
  const all: Readonly<Record<string, Readonly<Record<string, unknown>>>> = await import(
    pathToFileURL(outfile).href
  );
  return [...names, "runtime"].map((name) => all[name] ?? {});
}
