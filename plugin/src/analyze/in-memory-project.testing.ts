// Programs over files that exist in a test's text only, with the compiler's real library and our real number names.
// Library files are parsed once for all programs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Analysis, analyze } from "./index.ts";

const root = "/project";
const repository = join(import.meta.dirname, "../../..");
const parsed = new Map<string, ts.SourceFile>();

const strictest: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
  typeRoots: [join(repository, "node_modules/@types")],
};

export interface InMemoryProject {
  readonly program: ts.Program;
  readonly host: ts.CompilerHost;
  /** What the compiler itself says: a fixture is right TypeScript, or tells about its mistakes. */
  readonly errors: () => readonly string[];
  readonly file: (name: string) => ts.SourceFile;
  readonly analyze: (name: string) => Analysis | undefined;
}

/** Makes a program of files by their names relative to the project's folder; `@hewn/runtime` is there as well. */
export function inMemoryProject(
  files: Readonly<Record<string, string>>,
  options: ts.CompilerOptions = {},
): InMemoryProject {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`${root}/${name}`, text]));
  for (const [name, text] of runtimePackage()) texts.set(`${root}/node_modules/@hewn/runtime/${name}`, text);
  texts.set(`${root}/package.json`, `{ "name": "project", "type": "module" }`);
  const isRoot = (name: string): boolean => /\.[mc]?tsx?$/.test(name) && !name.startsWith("node_modules/");
  const roots = Object.keys(files).filter(isRoot);
  const host = hostOf(texts);
  const program = ts.createProgram(
    roots.map((name) => `${root}/${name}`),
    { ...strictest, ...options },
    host,
  );
  const file = (name: string): ts.SourceFile => {
    const found = program.getSourceFile(`${root}/${name}`);
    if (!found) throw new Error(`the project has no file ${name}`);
    return found;
  };
  return {
    program,
    host,
    errors: () =>
      ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    file,
    analyze: (name) => analyze(ts, program, file(name)),
  };
}

/** The files that say what actors, handles and definitions are; what runs them is of no concern here. */
const actorFiles = [
  "abort",
  "actor-ref",
  "actor",
  "hooks",
  "logger",
  "outcome",
  "port",
  "reply",
  "spawn-options",
  "specification",
  "told",
];

function actorSources(): readonly (readonly [string, string])[] {
  const folder = join(repository, "runtime/src/actors");
  const sources = actorFiles.map((name) => {
    const text = readFileSync(join(folder, `${name}.ts`), "utf8");
    return [`actors/${name}.ts`, text.replace(/(from ".*\.)ts"/g, '$1js"')] as const;
  });
  return [
    ...sources,
    ["actors/index.ts", actorFiles.map((name) => `export * from "./${name}.js";\n`).join("")],
    ["codec/codec.ts", readFileSync(join(repository, "runtime/src/codec/codec.ts"), "utf8")],
    ["codec/reader.ts", "export interface Reader { readonly position: number }\n"],
    ["codec/writer.ts", "export interface Writer { readonly start: number }\n"],
  ];
}

/** The types that programs import from the runtime: the sources themselves, so that tests see no stale build. */
function runtimePackage(): readonly (readonly [string, string])[] {
  const source = (name: string): string => readFileSync(join(repository, "runtime/src", name), "utf8");
  return [
    [
      "package.json",
      `{ "name": "@hewn/runtime", "version": "0.0.0", "type": "module", "exports": { ".": "./index.ts", "./codec": "./codec.ts", "./actors": "./actors/index.ts" } }`,
    ],
    ["codec.ts", "export {};\n"],
    [
      "index.ts",
      `export type * from "./numbers.ts";\nexport type * from "./immutable.ts";\nexport type * from "./actors/index.ts";\nexport * from "./copy-of.js";\n`,
    ],
    ...actorSources(),
    ["copy-of.ts", source("copy-of.ts").replace('.ts"', '.js"')],
    ["numbers.ts", source("numbers.ts")],
    ["immutable.ts", source("immutable.ts")],
  ];
}

function hostOf(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const isReal = (name: string): boolean => !name.startsWith(`${root}/`);
  return {
    getSourceFile: (name, languageVersion) => {
      if (isReal(name)) return libraryFile(name, languageVersion);
      const text = texts.get(name);
      if (text === undefined) return undefined;
      if (name.includes("/node_modules/@hewn/")) return parsedOnce(name, text, languageVersion);
      return ts.createSourceFile(name, text, languageVersion, true);
    },
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    getDefaultLibLocation: () => join(repository, "node_modules/typescript/lib"),
    writeFile: () => undefined,
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => (isReal(name) ? ts.sys.fileExists(name) : texts.has(name)),
    readFile: (name) => (isReal(name) ? ts.sys.readFile(name) : texts.get(name)),
    directoryExists: (name) => isReal(name) || [...texts.keys()].some((each) => each.startsWith(`${name}/`)),
    getDirectories: () => [],
  };
}

function libraryFile(
  name: string,
  languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile | undefined {
  const known = parsed.get(name);
  if (known) return known;
  const text = ts.sys.readFile(name);
  return text === undefined ? undefined : parsedOnce(name, text, languageVersion);
}

function parsedOnce(
  name: string,
  text: string,
  languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile {
  const known = parsed.get(name);
  if (known?.text === text) return known;
  const file = ts.createSourceFile(name, text, languageVersion);
  parsed.set(name, file);
  return file;
}
