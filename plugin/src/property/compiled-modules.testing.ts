// Random modules on disk, their codecs generated, type-checked under every strict flag, bundled and imported: what a
// user's project goes through, for many types at once.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Format } from "@hewn/schema";
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

export interface GeneratedModules {
  /** What hewn had to say; empty for sound types. */
  readonly refusals: readonly string[];
  /** What tsc had to say of sources and codecs. */
  readonly errors: readonly string[];
  /** A module that exports the codecs of each module by name, and the runtime as `runtime`; none after refusals. */
  readonly bundle: string | undefined;
}

export interface CompiledModules extends GeneratedModules {
  /** The exports of each codec, by module index, and the runtime's at the end; none where there were refusals. */
  readonly codecs: readonly Readonly<Record<string, unknown>>[];
}

/** The name of a module in the bundle. */
export function bundledName({ index }: RandomModule): string {
  return `module${index}`;
}

/** @param format what all tags of the modules ask for; both formats without it */
export async function compileModules(
  workspace: Workspace,
  modules: readonly RandomModule[],
  format?: Format,
): Promise<CompiledModules> {
  const generated = await generateModules(workspace, modules, "node", format);
  if (generated.bundle === undefined) return { ...generated, codecs: [] };
  const all: Readonly<Record<string, Readonly<Record<string, unknown>>>> = await import(
    pathToFileURL(generated.bundle).href
  );
  return { ...generated, codecs: [...modules.map(bundledName), "runtime"].map((name) => all[name] ?? {}) };
}

/** @param platform decides how the runtime turns text into bytes: with Node's buffers or with what browsers have */
export async function generateModules(
  workspace: Workspace,
  modules: readonly RandomModule[],
  platform: "node" | "browser" = "node",
  format?: Format,
): Promise<GeneratedModules> {
  const tag = format ? `/** @wire ${format}` : "/** @wire";
  const textOf = (module: RandomModule) => moduleText(module, fileOf).replaceAll("/** @wire", tag);
  const fileOf = (index: number) => modules.find((module) => module.index === index)?.file ?? "";
  workspace.write(Object.fromEntries(modules.map((module) => [`src/${module.file}.ts`, textOf(module)])));
  const sources = modules.map(({ file }) => workspace.path(`src/${file}.ts`));
  // The sources declare enums, which are not erasable; what is generated must be.
  const program = programOf(sources, {});
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
    Object.fromEntries(made.map(({ codec, text }) => [codec.slice(workspace.folder.length + 1), text])),
  );
  const codecs = made.map(({ codec }) => codec);
  const checked = programOf(codecs, { erasableSyntaxOnly: true });
  const errors = [...errorsOf(program, sources), ...errorsOf(checked, codecs)];
  const bundle = refusals.length > 0 ? undefined : await bundleCodecs(workspace, modules, platform);
  return { refusals, errors, bundle };
}

/** The repository's own files and the library, parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function programOf(files: readonly string[], more: ts.CompilerOptions): ts.Program {
  const options = { ...everyStrictFlag, ...more };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) => {
    if (!name.startsWith(repository)) return getSourceFile(name, ...rest);
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, ...rest));
    return parsed.get(name);
  };
  return ts.createProgram(files, options, host);
}

/** What tsc says of these files, and not of those that they import. */
function errorsOf(program: ts.Program, files: readonly string[]): string[] {
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
async function bundleCodecs(
  workspace: Workspace,
  modules: readonly RandomModule[],
  platform: "node" | "browser",
): Promise<string> {
  const lines = modules
    .filter(({ declarations }) => declarations.some(({ tagged }) => tagged))
    .map((module) => {
      return `export * as ${bundledName(module)} from ${JSON.stringify(`./${module.file}.codec.js`)};`;
    });
  workspace.write({ "src/all.ts": [...lines, 'export * as runtime from "@hewn/runtime/codec";'].join("\n") });
  const outfile = workspace.path("all.mjs");
  await build({
    entryPoints: [workspace.path("src/all.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform,
    plugins: [runtimeSources],
    logLevel: "silent",
  });
  return outfile;
}
